// Beside the month-end grid: a line's own forecast, a straight line and last year's profile follow while one types.
// The same reckoning as the portal's (pounds and pence, half a penny away from nought); nothing of it is saved.
(() => {
  "use strict";
  const table = document.querySelector("[data-month]");
  const form = table?.closest("form[data-money]");
  if (!form) return;
  const month = BigInt(table.dataset.month);

  function divided(amount, by) {
    const isBelow = (amount < 0n) !== (by < 0n);
    const [top, bottom] = [amount < 0n ? -amount : amount, by < 0n ? -by : by];
    const whole = (top * 2n + bottom) / (2n * bottom);
    return isBelow ? -whole : whole;
  }
  // Where last year turned from one sign to the other, its share says nothing of this year.
  function byLastYear(actual, { thenToDate, thenOutturn }) {
    if (actual === null || !thenToDate || !thenOutturn) return null;
    const [toDate, outturn] = [BigInt(thenToDate), BigInt(thenOutturn)];
    if (toDate === 0n || outturn === 0n || (toDate < 0n) !== (outturn < 0n)) return null;
    return divided(actual * outturn, toDate);
  }
  const less = (one, other) => (one === null || other === null ? null : one - other);

  form.addEventListener("money:typed", ({ detail }) => {
    const row = table.querySelector(`[data-beside="${detail.line}"]`);
    if (!row) return;
    const { ytd_actual: actual, forecast_outturn: own } = detail.said;
    const straight = actual === null ? null : divided(actual * 12n, month);
    const last = byLastYear(actual, row.dataset);
    const ways = { actual, own, straight, from_straight: less(own, straight), last_year: last, from_last_year: less(own, last) };
    for (const [name, amount] of Object.entries(ways)) row.querySelector(`[data-way="${name}"]`).textContent = amount === null ? "–" : detail.printed(amount);
  });
})();
