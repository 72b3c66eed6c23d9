"""Month 10 of the demonstration, out of the portal as it was published."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from boards.demo.money import DATA

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(demo_place):
    said = StringIO()
    words = [
        "--place",
        "city-and-hackney",
        "--year",
        "2019/20",
        "--month",
        "10",
        "--format",
        "json",
    ]
    call_command("export_finance", *words, stdout=said)
    return json.loads(said.getvalue())


def published():
    with (Path(DATA) / "finance_positions_m10.csv").open(encoding="utf-8-sig") as opened:
        return list(csv.DictReader(opened))


def found(rows, section, label):
    return next(one for one in rows if (one["section"], one["label"]) == (section, label))


def test_every_published_prior_variance_is_that_of_the_stamped_month_nine(exported):
    total = sum(
        Decimal(row["prior_month_forecast_variance"])
        for row in published()
        if row["fund"] != "in collaboration"
    )
    fund = found(exported["consolidated"], "fund", "Integrated Commissioning Fund")
    assert Decimal(fund["prior_month_variance"]) == total * 1000


def test_the_views_by_workstream_and_by_partner_equal_the_fund_to_the_penny(exported):
    fund = found(exported["consolidated"], "fund", "Integrated Commissioning Fund")
    grand = found(exported["workstreams"], "all", "Grand total")
    partners = found(exported["organisations"], "organisation", "Integrated Commissioning Fund")
    for name in ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn"):
        exact = sum(Decimal(r[name]) for r in published() if r["fund"] != "in collaboration") * 1000
        assert Decimal(fund[name]) == Decimal(grand[name]) == Decimal(partners[name]) == exact


def test_a_partner_without_a_split_is_said_to_have_none_and_the_fund_has_no_total(exported):
    pooled = [row for row in exported["consolidated"] if row["section"] == "pooled"]
    assert [row["label"] for row in pooled] == [
        "CCG",
        "LBH: split not available",
        "CoLC",
        "Pooled: CCG and CoLC",
    ]
    assert pooled[1]["ytd_actual"] is None
    assert pooled[1]["forecast_variance"] is None
    assert pooled[1]["annual_budget"] == "32328000.00"
    assert pooled[3]["annual_budget"] == "28357000.00"


def test_an_opportunity_at_nought_percent_with_a_weighted_601_is_kept_and_flagged(exported):
    flagged = {(r["organisation"], r["side"], r["ref"]) for r in exported["risks"] if r["flags"]}
    assert ("CCG", "opportunity", "3") in flagged
    assert ("CCG", "risk", "1") not in flagged
    outer = next(r for r in exported["risks"] if r["side"] == "opportunity" and r["ref"] == "3")
    assert outer["weighted"] == "-601000.00"


def test_what_is_to_be_confirmed_is_null_and_not_nought(exported):
    waiting = [r for r in exported["risks"] if r["side"] == "mitigation" and r["ref"] == "1"]
    assert [r["weighted"] for r in waiting] == [None]
    colc = next(r for r in exported["savings"] if r["organisation"] == "CoLC")
    assert colc["plan_full_year"] is None


def test_the_published_report_prints_in_every_form_and_its_workbook_foots(demo_place, client):
    from io import BytesIO

    from openpyxl import load_workbook

    from finance.exporters.report_pdf import report_pdf
    from finance.exporters.workbook import workbook
    from finance.models import FinanceReport

    report = FinanceReport.objects.get()
    assert report.is_published
    assert bytes(report.pdf).startswith(b"%PDF")
    assert report_pdf(
        report.content, checksum=report.checksum, created=report.published_at
    ) == bytes(report.pdf)
    made = workbook(report.content)
    formulas = load_workbook(BytesIO(made))["Consolidated"]
    values = load_workbook(BytesIO(made), data_only=True)["Consolidated"]
    told = [row for row in formulas.iter_rows(min_row=5) if str(row[2].value).startswith("=SUM")]
    assert len(told) == 5
    for row in told:
        parts = row[2].value.removeprefix("=SUM(").removesuffix(")").split(",")
        assert values[row[2].coordinate].value == sum(values[part].value for part in parts)


def test_a_board_member_reads_the_published_report_and_nothing_before(demo_place, client):
    from django.urls import reverse

    from icp.accounts.models import User

    client.force_login(User.objects.get(name="ICB Member"))
    words = {"place": "city-and-hackney", "year": "2019-20", "month_number": 10}
    page = client.get(reverse("money-report", kwargs=words))
    assert page.status_code == 200
    said = page.content.decode()
    assert "LBH: split not available" in said
    assert "(4,091)" in said
    assert client.get(reverse("money-month", kwargs=words)).status_code == 403
    for made in ("pdf", "xlsx", "csv", "json"):
        assert (
            client.get(reverse("money-report-file", kwargs=words | {"made": made})).status_code
            == 200
        )


def test_the_movements_are_drafted_from_the_figures(demo_place):
    from finance.models import Commentary

    said = Commentary.objects.get(organisation__short_name="LBH")
    assert said.is_draft
    assert said.text == (
        "Adverse by £4.1m at the year’s end, £81k worse than at month 9; driven by Planned Care (£173k worse)."
    )


def test_the_report_is_written_by_the_command_in_every_form(demo_place, tmp_path):
    from finance.models import FinanceReport

    where = ["--place", "city-and-hackney", "--year", "2019/20"]
    for made, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfview,section")):
        file = tmp_path / f"report.{made}"
        call_command("export_finance", *where, "--month", "10", "--format", made, "--output", file)
        assert file.read_bytes().startswith(start)
    assert (tmp_path / "report.pdf").read_bytes() == bytes(FinanceReport.objects.get().pdf)
    draft = tmp_path / "draft.pdf"
    call_command("export_finance", *where, "--month", "11", "--format", "pdf", "--output", draft)
    assert draft.read_bytes().startswith(b"%PDF")
    with pytest.raises(CommandError, match="--output"):
        call_command("export_finance", *where, "--month", "10", "--format", "xlsx")
