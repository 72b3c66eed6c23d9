"""A register that is brought in: what is refused, what stays as it is, and that bringing it twice changes nothing."""

import pytest

from icp.common.tabular import Limits, TableError
from risks import services
from risks.models import Risk, RiskUpload
from risks.services.bringing import bring_in, preview
from tests.factories import NOW, TODAY
from tests.integration.risks.conftest import raised

LIMITS = Limits(size=100_000, rows=1000, seconds=30)


@pytest.fixture
def risk(world):
    return raised(world, printed_current="20")


@pytest.fixture
def upload(world):
    def kept(text):
        return RiskUpload.objects.create(
            place=world.place,
            filename="register.csv",
            data=text.encode(),
            uploaded_by=world.office,
            uploaded_at=NOW,
        )

    return kept


def looked_at(upload):
    return preview(upload=upload, limits=LIMITS)


def brought(world, upload):
    return bring_in(upload=upload, take=(), by=world.office, at=NOW, today=TODAY, limits=LIMITS)


def test_a_reference_of_another_register_is_refused_and_never_numbered_anew(world, upload):
    found = looked_at(upload("ref,register,title\nEST50,IT,A\nIT7,IT,B\n"))
    [error] = found.errors
    assert (error.column, error.value) == ("ref", "EST50")
    assert "no reference of the register IT" in error.problem
    brought(world, upload("ref,register,title\nIT7,IT,B\n"))
    assert Risk.objects.get().ref == "IT7"


@pytest.mark.parametrize("column", ["id", "version"])
def test_what_a_risk_is_known_by_is_named_where_it_cannot_be_read(risk, upload, column):
    for wrong in ("12a", "-1", "0", "9" * 30):
        found = looked_at(upload(f"ref,title,{column}\nIT1,Other,{wrong}\n"))
        assert [one.column for one in found.errors] == [column]


@pytest.mark.parametrize("year", ["1999/00", "0000/01", "2019/99", "2100/01"])
def test_a_quarter_of_no_financial_year_is_named_by_its_heading(world, upload, year):
    with pytest.raises(TableError, match=f"residual_q1 {year} in row 1"):
        looked_at(upload(f"title,residual_q1 {year}\nA,12\n"))


def test_a_risk_transferred_since_the_download_is_known_by_its_id(world, risk, upload):
    services.transfer_risk(
        risk=risk, programme=world.other, because="Theirs.", by=world.office, today=TODAY
    )
    found = looked_at(upload(f"id,ref,title\n{risk.pk},IT1,Servers fail\n"))
    assert not found.errors
    assert [one.risk for one in found.changed] == [risk]
    other = looked_at(upload(f"id,ref,title\n{risk.pk},IT2,Servers fail\n"))
    assert [one.column for one in other.errors] == ["ref"]


def test_a_closed_risk_is_as_it_is_unless_its_row_changes_it(world, risk, upload):
    services.close_risk(risk=risk, because="Past.", by=world.office, at=NOW, today=TODAY)
    same = looked_at(upload("ref,title\nIT1,A server fails\n"))
    assert (same.unchanged, same.errors) == (1, [])
    other = looked_at(upload("ref,title\nIT1,Servers fail\n"))
    assert [one.problem for one in other.errors] == ["it is closed"]


def test_what_a_source_goes_on_printing_stays_beside_another_score(world, risk, upload):
    text = "ref,title,likelihood,impact,current\nIT1,A server fails,3,4,20\n"
    brought(world, upload(text))
    risk.refresh_from_db()
    assert (risk.current, risk.printed_current) == (12, "20")
    assert looked_at(upload(text)).unchanged == 1


def test_likelihood_and_impact_of_an_inherent_score_come_and_go_by_file(world, risk, upload):
    brought(
        world, upload("ref,title,inherent_likelihood,inherent_impact\nIT1,A server fails,4,5\n")
    )
    file = b"".join(world.client(world.office).get("/places/testshire/risks.csv")).decode(
        "utf-8-sig"
    )
    assert looked_at(upload(file)).unchanged == 1
    contradicts = "ref,title,inherent_likelihood,inherent_impact,inherent\nIT1,A,3,5,12\n"
    assert [one.column for one in looked_at(upload(contradicts)).errors] == ["inherent"]
    brought(world, upload(contradicts.replace("IT1,A,3", "IT1,A,4")))
    risk.refresh_from_db()
    assert (risk.inherent, risk.inherent_likelihood, risk.inherent_impact) == (12, None, None)
