"""A month closes with corrections of the month before: every form of its exception report tells them."""

import csv
import io
from datetime import date

import pypdf
import pytest
from django.test import Client, TestCase

from boards import services as reports
from boards.models import Report
from boards.rules.content import build
from boards.rules.exceptions import CORRECTED
from boards.selectors.facts import gather
from programmes import services
from programmes.models import Period, PlanItem, Status
from tests.factories import (
    NOW,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlanItemFactory,
    ProgrammeFactory,
    StatusFactory,
    UserFactory,
)

RED = {"rag": "red", "reason": "Late kit", "get_to_green": "Order again"}


@pytest.fixture
def february(db):
    """February, closed and its exception report published: IT 11 is red, IT 12 green, and both correct January."""
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    lead = LeadershipFactory(programme=programme).post.holder
    january = PeriodFactory(place=programme.place, january=True)
    items = {
        n: PlanItemFactory(programme=programme, plan_id=n, finish=date(2020, 6, 30))
        for n in ("11", "12")
    }
    first = {
        "11": StatusFactory(item=items["11"], period=january, rag="green"),
        "12": StatusFactory(item=items["12"], period=january, **RED),
    }
    Period.objects.filter(pk=january.pk).update(state="closed", closed_at=NOW, closed_by=lead)
    period = PeriodFactory(place=programme.place)
    for number, said in (
        ("11", RED | {"correction_note": "The kit was late in January already."}),
        ("12", {"rag": "green", "correction_note": "January’s red was meant for IT 11."}),
    ):
        services.record_status(
            item=items[number],
            period=period,
            by=lead,
            at=NOW,
            expected_version=0,
            values=said | {"corrects": Status.objects.get(pk=first[number].pk)},
        )
    today = date(2020, 3, 2)
    services.submit_return(programme=programme, period=period, by=lead, at=NOW, today=today)
    with TestCase.captureOnCommitCallbacks(execute=True):
        services.close_period(period=period, by=UserFactory(), at=NOW, today=today)
    report = Report.objects.get(period=period, kind="exceptions")
    reports.approve_report(report=report, by=lead, at=NOW)
    reports.publish_report(report=report, by=lead, at=NOW)
    return period


@pytest.fixture
def read(february):
    """What a member of the place downloads of that report, by the end of its address."""
    client = Client()
    client.force_login(
        MembershipFactory(place=february.place, role="auditor").user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )

    def read(end):
        address = f"/places/{february.place.slug}/reports/{february.key}/exceptions"
        answer = client.get(address + end)
        assert answer.status_code == 200
        return answer

    return read


def sentences_of(words):
    plain = " ".join(words.split())
    return {
        one
        for one in (
            "Corrects January 2020: The kit was late in January already.",
            "Corrects January 2020: January’s red was meant for IT 11.",
            "Reported red in January 2020; now green.",
        )
        if one in plain
    }


def test_the_page_tells_each_correction_and_of_which_month(read):
    page = read("/").content.decode()
    assert len(sentences_of(page.replace("<strong>", "").replace("</strong>", ""))) == 3
    assert "Corrections of rows not listed above" in page


def test_the_pdf_tells_them(read):
    pages = pypdf.PdfReader(io.BytesIO(read(".pdf").content)).pages
    assert len(sentences_of(" ".join(page.extract_text() for page in pages))) == 3


def test_the_table_has_a_column_for_the_words_and_one_for_the_month(read):
    table = b"".join(read(".csv").streaming_content).decode("utf-8-sig")
    told = {
        (row["section"], row["plan_id"], row["corrects"], row["correction"])
        for row in csv.DictReader(io.StringIO(table))
    }
    assert told == {
        ("Red and amber", "11", "January 2020", "The kit was late in January already."),
        (
            "Corrections of rows not listed above",
            "12",
            "January 2020",
            "January’s red was meant for IT 11.",
        ),
    }


def test_the_json_keeps_them_with_their_rows(read):
    content = read(".json").json()
    assert content["layout"] == 4
    told = {
        row["plan_id"]: (row["corrects"], row["correction"])
        for section in content["sections"]
        for row in section["rows"]
    }
    assert told["11"] == ("January 2020", "The kit was late in January already.")
    assert told["12"] == ("January 2020", "January’s red was meant for IT 11.")


def test_a_correction_of_a_row_that_is_removed_before_the_close_is_told(db):
    programme = ProgrammeFactory(code="IT", name="IT Enabler")
    january = PeriodFactory(place=programme.place, january=True)
    february = PeriodFactory(place=programme.place)
    stays, goes = (PlanItemFactory(programme=programme, plan_id=n) for n in ("11", "12"))
    for item in (stays, goes):
        was = StatusFactory(item=item, period=january, **RED)
        StatusFactory(
            item=item, period=february, rag="green", corrects=was, correction_note="Not so."
        )
    PlanItem.objects.filter(pk=goes.pk).update(removed_at=NOW, removed_because="Done elsewhere.")
    content = build("exceptions", gather(period=february))
    (corrected,) = (s for s in content["sections"] if s["heading"] == CORRECTED)
    assert [(row["plan_id"], row["correction"], row["because"]) for row in corrected["rows"]] == [
        ("11", "Not so.", "Reported red in January 2020; now green"),
        ("12", "Not so.", "Reported red in January 2020; now green; no longer in the plan"),
    ]
