"""Time the money: one cell saved against the bare save, and the report of a month of 40 partners over 36 months.

python -m bench.money 1       prints figures as JSON
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from statistics import median

import django

from bench.figures import Figure

LIMIT, QUERIES, REPORT = 3, 25, 5
TURNS, WARM_UP, REPORTS = 60, 5, 3
PARTNERS, MONTHS = 40, 36
LEAD = "ccg-finance-lead@cityandhackney.example"


def main(times: int) -> list[Figure]:
    """A cell of the demonstration's open month; then a place of forty partners, made and left in the bench's base."""
    return [*_cells(f"{times} x"), *_reports()]


def _cells(at: str) -> list[Figure]:
    from bench.browser import Browser
    from bench.saves import LEAD as ROWS_LEAD
    from bench.saves import bare

    browsers = {"bare": Browser(ROWS_LEAD), "cell": Browser(LEAD)}
    saves = {"bare": bare(), "cell": _cell()}
    seconds: dict[str, list[float]] = {name: [] for name in saves}
    queries = 0
    for turn in range(WARM_UP + TURNS):
        for name, save in saves.items():
            address, fields, headers = next(save)
            answer = browsers[name].post(address, fields, headers, counted=turn == WARM_UP - 1)
            assert answer.status in (200, 302), f"{name} answered {answer.status}."
            if turn >= WARM_UP:
                seconds[name].append(answer.seconds)
            elif name == "cell":
                queries = answer.queries or queries
    ours, bare_save = median(seconds["cell"]), median(seconds["bare"])
    note = f"{ours * 1000:.1f} ms against {bare_save * 1000:.1f} ms"
    return [
        Figure("one cell of a month, saved", at, ours / bare_save, "x the bare save", LIMIT, note),
        Figure("queries of one cell, saved", at, queries, "", QUERIES),
    ]


def _cell() -> Iterator[tuple[str, dict[str, str | list[str]], dict[str, str]]]:
    """One line as the page's script sends it, with another actual each time."""
    from django.urls import reverse

    from boards.demo.loading import SLUG
    from finance.models import BudgetLine, FinanceMonth, Position

    found = FinanceMonth.objects.exclude(state="closed").select_related("place")
    month = found.get(place__slug=SLUG)
    line = BudgetLine.objects.filter(organisation__short_name="CCG").order_by("pk").first()
    assert line is not None
    words = {"place": month.place.slug, "year": month.year_slug, "month_number": month.number}
    address = (
        reverse("month-end", kwargs=words | {"partner": line.organisation_id}) + "?unit=pounds"
    )
    prefix, turn = f"l{line.pk}", 0
    while True:
        turn += 1
        stored = Position.objects.filter(line=line, month=month).first()
        yield (
            address,
            {
                "do": "save",
                "row": str(line.pk),
                f"{prefix}-version": str(stored.version if stored else 0),
                f"{prefix}-annual_budget": "1000",
                f"{prefix}-ytd_budget": "800",
                f"{prefix}-ytd_actual": str(turn),
                f"{prefix}-forecast_outturn": "1000",
                f"{prefix}-comment": "",
            },
            {"X-Cells": "1"},
        )


def _reports() -> list[Figure]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from finance.exporters.content import report_content
    from finance.exporters.report_pdf import report_pdf
    from finance.exporters.workbook import workbook

    month = _forty_partners()
    at = f"{PARTNERS} partners, {MONTHS} months"
    taken = []
    with CaptureQueriesContext(connection) as captured:
        content = report_content(month=month)
    for _ in range(REPORTS):
        began = time.perf_counter()
        content = report_content(month=month)
        made = report_pdf(content, checksum="0" * 64), workbook(content)
        taken.append(time.perf_counter() - began)
    note = f"PDF of {len(made[0]) // 1000:,} kB, Excel of {len(made[1]) // 1000:,} kB"
    return [
        Figure("queries of a month's consolidated report", at, len(captured), "", QUERIES),
        Figure("finance report with PDF and Excel", at, median(taken), "s", REPORT, note),
    ]


def _forty_partners():
    """A place of forty partners with nine lines each, over three years; its last month."""
    from finance.models import BudgetLine, FinanceMonth, Position, Submission
    from finance.rules.years import FinanceMonthKey
    from finance.services import open_month
    from icp.accounts.models import User
    from icp.common import clock
    from programmes.models import Organisation, Place, Programme, System

    system = System.objects.order_by("pk").first()
    assert system is not None
    place, made = Place.objects.get_or_create(
        slug="forty-partners", defaults={"system": system, "name": "Forty partners"}
    )
    key = FinanceMonthKey(2019, 1)
    if made:
        streams = [
            Programme.objects.create(
                place=place, code=f"W{n}", name=f"Workstream {n}", kind="programme", order=n
            )
            for n in range(4)
        ]
        partners = Organisation.objects.bulk_create(
            Organisation(place=place, name=f"Partner {n}", short_name=f"P{n}")
            for n in range(PARTNERS)
        )
        by, lead = User.objects.order_by("pk")[:2]
        at = clock.now()
        for year in range(2019, 2019 + MONTHS // 12):
            lines = BudgetLine.objects.bulk_create(
                BudgetLine(
                    organisation=partner,
                    year=year,
                    fund=fund,
                    workstream=stream,
                    opening_budget=1000,
                )
                for partner in partners
                for fund in ("pooled", "aligned")
                for stream in streams
            )
            for _ in range(12):
                month = open_month(place=place, key=key)
                Position.objects.bulk_create(
                    Position(
                        line=line,
                        month=month,
                        annual_budget=Decimal(1000),
                        ytd_budget=Decimal(500),
                        ytd_actual=Decimal(line.pk % 700),
                        forecast_outturn=Decimal(900 + line.pk % 200),
                        entered_at=at,
                    )
                    for line in lines
                )
                Submission.objects.bulk_create(
                    Submission(
                        month=month,
                        organisation=partner,
                        state="accepted",
                        submitted_by=lead,
                        submitted_at=at,
                        accepted_by=by,
                        accepted_at=at,
                    )
                    for partner in partners
                )
                month.state, month.closed_by, month.closed_at = "closed", by, at
                month.save()
                key = key.after
    found = FinanceMonth.objects.filter(place=place).newest_first().select_related("place").first()
    assert found is not None
    assert found.month.ends_on > date(2020, 1, 1)
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps([asdict(figure) for figure in main(int(sys.argv[1]))]))
