"""The API: who may read, who may write, by the rules of the pages."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from icp.common.models import DemoClock
from programmes import selectors
from programmes.models import LeadershipRole, Period, PlaceRole, Rag, Return, Status
from tests.factories import (
    NOW,
    PASSWORD,
    TODAY,
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlanItemFactory,
    ProgrammeFactory,
    StatusFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LISTS = ["places", "programmes", "plan-items", "statuses", "periods", "returns", "reports"]


@pytest.fixture
def place():
    DemoClock.objects.create(today=TODAY)
    programme = ProgrammeFactory(code="IT")
    return programme.place


@pytest.fixture
def programme(place):
    return place.programmes.get(code="IT")


@pytest.fixture
def period(place):
    return PeriodFactory(place=place)


@pytest.fixture
def lead(programme):
    return LeadershipFactory(programme=programme).post.holder


@pytest.fixture
def office(place):
    return MembershipFactory(place=place, role=PlaceRole.OFFICE).user


@pytest.fixture
def board_member(place):
    return BoardMemberFactory(board=BoardFactory(place=place)).user


def client_of(user=None):
    client = APIClient()
    if user:
        client.force_authenticate(user)
    return client


def assert_one_shape(answer):
    """A sentence, and sentences by name: the one shape of every error."""
    said = answer.json()
    assert isinstance(said["detail"], str)
    for name, sentences in said["errors"].items():
        assert isinstance(name, str)
        assert sentences
        assert all(isinstance(sentence, str) for sentence in sentences)


@pytest.mark.parametrize("name", LISTS)
def test_signed_out_is_refused_everywhere(place, name):
    answer = client_of().get(f"/api/v1/{name}/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Token")
    assert client_of().get(f"/api/v1/{name}/1/").status_code == 401


def test_the_schema_is_for_those_who_sign_in(place):
    assert client_of().get("/api/schema/").status_code == 401


@pytest.mark.parametrize("name", LISTS)
def test_another_places_people_see_nothing(place, period, programme, name):
    StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    Return.objects.create(programme=programme, period=period)
    stranger = MembershipFactory().user
    answer = client_of(stranger).get(f"/api/v1/{name}/").json()
    assert answer["count"] == (1 if name == "places" else 0)
    for row in (
        client_of(MembershipFactory(place=place).user).get(f"/api/v1/{name}/").json()["results"]
    ):
        assert client_of(stranger).get(f"/api/v1/{name}/{row['id']}/").status_code == 404


def test_a_board_member_reads_rows_and_writes_none(board_member, programme, period):
    item = PlanItemFactory(programme=programme, plan_id="11")
    client = client_of(board_member)
    row = client.get("/api/v1/plan-items/").json()["results"][0]
    assert row["reference"] == "IT 11"
    answer = client.post("/api/v1/statuses/", {"item": item.pk, "rag": "red"}, format="json")
    assert answer.status_code == 403
    assert not Status.objects.exists()


def test_a_lead_writes_own_rows_only(lead, programme, period, place):
    theirs = PlanItemFactory(programme=ProgrammeFactory(place=place))
    refused = client_of(lead).post("/api/v1/statuses/", {"item": theirs.pk, "rag": "red"})
    assert refused.status_code == 403
    own = PlanItemFactory(programme=programme)
    made = client_of(lead).post(
        "/api/v1/statuses/",
        {"item": own.pk, "rag": "red", "forecast_finish": "31 March 2020"},
        format="json",
    )
    assert made.status_code == 201, made.content
    status = Status.objects.get(item=own)
    assert (status.rag, status.forecast_finish, status.updated_by) == (
        Rag.RED,
        date(2020, 3, 31),
        lead,
    )
    assert made.headers["ETag"] == f'"{status.pk}-1"'


def test_a_change_needs_the_tag_last_read_and_a_stale_one_changes_nothing(lead, programme, period):
    status = StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    client, address = client_of(lead), f"/api/v1/statuses/{status.pk}/"
    tag = client.get(address).headers["ETag"]
    assert client.patch(address, {"rag": "amber"}).status_code == 428
    assert client.patch(address, {"rag": "amber"}, headers={"If-Match": tag}).status_code == 200
    stale = client.patch(address, {"rag": "red"}, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert stale.json()["current"]["rag"] == "amber"
    for nonsense in ('"1"', '"-"', f'"{status.pk}-99999999999999999999"', "²"):
        answer = client.patch(address, {"rag": "red"}, HTTP_IF_MATCH=nonsense)
        assert answer.status_code == 412, nonsense
    status.refresh_from_db()
    assert status.rag == Rag.AMBER


def test_a_star_matches_whatever_status_exists_and_none_that_does_not(lead, programme, period):
    # RFC 9110, section 13.1.1.
    status = StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    client, address = client_of(lead), f"/api/v1/statuses/{status.pk}/"
    changed = client.patch(address, {"rag": "amber"}, headers={"If-Match": "*"})
    assert (changed.status_code, changed.json()["rag"]) == (200, "amber")
    bare = PlanItemFactory(programme=programme)
    for tag in ("*", '"1-1"'):
        refused = client.post(
            "/api/v1/statuses/", {"item": bare.pk, "rag": "red"}, headers={"If-Match": tag}
        )
        assert refused.status_code == 412, tag
        assert set(refused.json()) == {"detail", "errors"}
    assert not Status.objects.filter(item=bare).exists()


def test_one_of_several_tags_is_enough(lead, programme, period):
    status = StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    client, address = client_of(lead), f"/api/v1/statuses/{status.pk}/"
    tags = f'"{status.pk}-9", W/"{status.pk}-1"'
    assert client.patch(address, {"rag": "amber"}, headers={"If-Match": tags}).status_code == 200


DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("method", "address"),
    [("post", "/api/v1/token/"), ("post", "/api/v1/statuses/"), ("patch", "/api/v1/statuses/{}/")],
)
def test_json_nested_without_end_is_refused_in_words(lead, programme, period, method, address):
    status = StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    for body in (DEEP, DEEP.replace("[", '{"a":[').replace("]", "]}")):
        answer = getattr(client_of(lead), method)(
            address.format(status.pk), body, content_type="application/json"
        )
        assert answer.status_code == 400
        assert answer.json() == {"detail": "The JSON sent is nested too deep.", "errors": {}}


def test_signed_out_the_same_is_answered_to_nested_json():
    answer = APIClient().post("/api/v1/token/", DEEP, content_type="application/json")
    assert answer.status_code == 400
    assert set(answer.json()) == {"detail", "errors"}


@pytest.mark.parametrize(
    ("address", "body", "status", "words"),
    [
        ("/api/v1/statuses/?as_at=%00", None, 400, "holds a character"),
        ("/api/v1/no\x00thing/", None, 400, "holds a character"),
        ("/api/v1/token/", b'{"email": "' + b"x" * 6_000_000 + b'"}', 413, "larger than 5 MB"),
    ],
)
def test_what_cannot_even_be_read_is_refused_in_the_apis_own_shape(address, body, status, words):
    client = APIClient()
    ask = (
        client.get(address)
        if body is None
        else client.generic("POST", address, body, "application/json")
    )
    assert ask.status_code == status
    assert ask.headers["Content-Type"] == "application/json"
    assert words in ask.json()["detail"]
    assert ask.json()["errors"] == {}


def test_a_partial_change_leaves_the_rest(lead, programme, period):
    status = StatusFactory(
        item=PlanItemFactory(programme=programme), period=period, reason="Kept.", rag="red"
    )
    client, address = client_of(lead), f"/api/v1/statuses/{status.pk}/"
    tag = client.get(address).headers["ETag"]
    answer = client.patch(
        address, {"percent_complete": 40}, headers={"If-Match": tag}, format="json"
    )
    assert answer.status_code == 200
    assert (answer.json()["reason"], answer.json()["percent_complete"]) == ("Kept.", 40)


def test_what_is_asked_of_a_board_changes_without_naming_the_board_again(
    lead, programme, period, place
):
    board = BoardFactory(place=place, short_name="AOG")
    status = StatusFactory(
        item=PlanItemFactory(programme=programme),
        period=period,
        decision_from=board,
        decision_needed="First",
    )

    def change(status, **sent):
        tag = {"If-Match": f'"{status.pk}-{status.version}"'}
        address = f"/api/v1/statuses/{status.pk}/"
        return client_of(lead).patch(address, sent, headers=tag, format="json")

    assert change(status, decision_needed="Second").json()["decision_needed"] == "Second"
    status.refresh_from_db()
    assert status.decision_from == board
    refused = change(status, decision_from=None)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["decision_from"])
    other = StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    unsent = change(other, decision_needed="Spend")
    assert (unsent.status_code, list(unsent.json()["errors"])) == (400, ["decision_from"])
    assert_one_shape(unsent)


def test_a_closed_return_is_corrected_in_the_open_period(lead, programme, period, place):
    item = PlanItemFactory(programme=programme)
    sent = {"item": item.pk, "rag": "amber", "correction_note": "It was amber."}
    refused = client_of(lead).post("/api/v1/statuses/", sent, format="json")
    assert list(refused.json()["errors"]) == ["correction_note"]
    january = PeriodFactory(place=place, january=True)
    wrong = StatusFactory(item=item, period=january, rag="red")
    Period.objects.filter(pk=january.pk).update(state="closed", closed_at=NOW, closed_by=lead)
    made = client_of(lead).post("/api/v1/statuses/", sent, format="json")
    assert made.status_code == 201, made.content
    assert (made.json()["corrects"], made.json()["correction_note"]) == (wrong.pk, "It was amber.")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rag", "purple"),
        ("percent_complete", 101),
        ("percent_complete", "many"),
        ("forecast_finish", "31/02/2020"),
        ("forecast_finish", "0001-01-01"),
        ("reason", "x" * 4001),
        ("reason", "a\x00b"),
        ("decision_from", "No such board"),
    ],
)
def test_a_bad_value_is_named_and_nothing_is_saved(lead, programme, period, field, value):
    item = PlanItemFactory(programme=programme)
    answer = client_of(lead).post(
        "/api/v1/statuses/", {"item": item.pk, field: value}, format="json"
    )
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]
    assert_one_shape(answer)
    assert not Status.objects.exists()


BAD = {
    "rag": "purple",
    "percent_complete": 101,
    "forecast_finish": "31/02/2020",
    "decision_needed": "Spend",
    "correction_note": "It was amber.",
    "colour": "blue",
}


def test_all_that_is_wrong_is_said_at_once(lead, programme, period):
    item = PlanItemFactory(programme=programme)
    answer = client_of(lead).post("/api/v1/statuses/", {"item": item.pk, **BAD}, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == (BAD.keys() - {"decision_needed"}) | {"decision_from"}
    assert_one_shape(answer)
    assert not Status.objects.exists()


def test_without_a_row_the_rest_is_looked_at_too(lead, programme, period):
    answer = client_of(lead).post("/api/v1/statuses/", BAD, format="json")
    wrong = {"item", "rag", "percent_complete", "forecast_finish", "colour"}
    assert (answer.status_code, set(answer.json()["errors"])) == (400, wrong)
    Period.objects.all().delete()
    item = PlanItemFactory(programme=programme)
    unopened = client_of(lead).post("/api/v1/statuses/", {"item": item.pk, "rag": "purple"})
    assert (unopened.status_code, set(unopened.json()["errors"])) == (400, {"item", "rag"})


def test_a_field_that_is_wrong_hides_nobodys_save_and_no_closed_return(lead, programme, period):
    status = StatusFactory(item=PlanItemFactory(programme=programme), period=period)
    client, address = client_of(lead), f"/api/v1/statuses/{status.pk}/"
    untagged = client.patch(address, {"rag": "purple"})
    stale = client.patch(address, {"rag": "purple"}, headers={"If-Match": '"1-0"'})
    current = {"If-Match": f'"{status.pk}-{status.version}"'}
    wrong = client.patch(address, {"rag": "purple"}, headers=current)
    taken = client.post("/api/v1/statuses/", {"item": status.item_id, "rag": "purple"})
    Return.objects.create(
        programme=programme, period=period, state="submitted", submitted_by=lead, submitted_at=NOW
    )
    handed_in = client.patch(address, {"rag": "purple"}, headers=current)
    answers = (untagged, stale, wrong, taken, handed_in)
    assert [answer.status_code for answer in answers] == [428, 412, 400, 412, 409]
    for answer in answers:
        assert list(answer.json()["errors"]) == ["rag"]
        assert_one_shape(answer)


def test_a_412_tells_a_program_what_is_stored_and_how_to_go_on(lead, programme, period):
    item = PlanItemFactory(programme=programme, plan_id="11")
    status = StatusFactory(item=item, period=period, updated_by=lead)
    client, address = client_of(lead), f"/api/v1/statuses/{status.pk}/"
    stale = client.patch(address, {"rag": "red"}, headers={"If-Match": '"0-0"'})
    assert stale.json()["detail"] == (
        f"If-Match does not name what is stored of IT 11 now, saved by {lead}. That is in “current”, "
        "and its ETag with this answer: send the change again with that one if it still stands."
    )
    tag = stale.headers["ETag"]
    assert client.patch(address, {"rag": "red"}, headers={"If-Match": tag}).status_code == 200
    taken = client.post("/api/v1/statuses/", {"item": item.pk, "rag": "green"})
    assert taken.json()["detail"] == (
        f"IT 11 has a status of February 2020 already, saved by {lead}. It is in “current”: "
        "change it by PATCH, with its ETag in If-Match."
    )
    assert (taken.status_code, taken.headers["ETag"]) == (412, f'"{status.pk}-2"')
    assert taken.json()["current"]["rag"] == "red"


def test_who_may_only_read_learns_that_before_what_is_wrong(board_member, programme, period):
    item = PlanItemFactory(programme=programme)
    answer = client_of(board_member).post("/api/v1/statuses/", {"item": item.pk, "rag": "purple"})
    assert (answer.status_code, answer.json()["errors"]) == (403, {})


def test_what_is_corrected_may_be_older_than_the_month_before(lead, programme, period, place):
    item = PlanItemFactory(programme=programme)
    december = PeriodFactory(
        place=place,
        key="2019-12",
        name="December 2019",
        starts_on=date(2019, 12, 1),
        ends_on=date(2019, 12, 31),
        due_on=date(2020, 1, 3),
    )
    wrong = StatusFactory(item=item, period=december, rag="red")
    for closed in (december, PeriodFactory(place=place, january=True)):
        Period.objects.filter(pk=closed.pk).update(state="closed", closed_at=NOW, closed_by=lead)
    sent = {"item": item.pk, "rag": "amber", "correction_note": "It was amber."}
    made = client_of(lead).post("/api/v1/statuses/", sent, format="json")
    assert (made.status_code, made.json()["corrects"]) == (201, wrong.pk)


def test_a_return_of_a_period_that_was_closed_meanwhile_is_not_started(
    lead, programme, period, place, monkeypatch
):
    """Between the question which period is reported and the answer the office closes it."""
    closed = PeriodFactory(place=place, january=True)
    Period.objects.filter(pk=closed.pk).update(state="closed", closed_at=NOW, closed_by=lead)
    monkeypatch.setattr(selectors, "period_to_report", lambda *, place: closed)
    refused = client_of(lead).post("/api/v1/returns/", {"place": place.slug, "programme": "IT"})
    assert refused.status_code == 409
    assert "January 2020 is closed" in refused.json()["detail"]


def test_a_return_goes_through_its_states(lead, programme, period, office, place):
    sro = LeadershipFactory(programme=programme, role=LeadershipRole.SRO).post.holder
    item = PlanItemFactory(programme=programme, plan_id="11")
    started = client_of(lead).post("/api/v1/returns/", {"place": place.slug, "programme": "IT"})
    address = f"/api/v1/returns/{started.json()['id']}/"
    client_of(lead).post("/api/v1/statuses/", {"item": item.pk, "rag": "red"})
    refused = client_of(lead).post(f"{address}submit/")
    assert refused.status_code == 422
    assert set(refused.json()["missing"]) == {"IT 11"}
    status = Status.objects.get()
    client_of(lead).patch(
        f"/api/v1/statuses/{status.pk}/",
        {"reason": "Supplier late.", "get_to_green": "New supplier in March."},
        headers={"If-Match": f'"{status.pk}-1"'},
    )
    first = client_of(lead).post(f"{address}submit/").json()
    assert first["state"] == "submitted"
    read = {"submitted_at": first["submitted_at"]}
    assert client_of(lead).post(f"{address}sign-off/", read).status_code == 403
    question = {"question": "Which supplier?", **read}
    assert client_of(sro).post(f"{address}send-back/", question).json()["state"] == "sent back"
    again = client_of(lead).post(f"{address}submit/").json()
    assert client_of(sro).post(f"{address}sign-off/", read).status_code == 409
    assert list(client_of(sro).post(f"{address}sign-off/").json()["errors"]) == ["submitted_at"]
    read = {"submitted_at": again["submitted_at"]}
    assert client_of(sro).post(f"{address}sign-off/", read).json()["state"] == "signed off"
    late = client_of(lead).patch(
        f"/api/v1/statuses/{status.pk}/",
        {"rag": "green"},
        headers={"If-Match": f'"{status.pk}-2"'},
    )
    assert late.status_code == 409
    assert client_of(lead).post(f"{address}recall/").json()["state"] == "in hand"


def test_filters_find_what_people_ask_for(office, programme, period):
    late = PlanItemFactory(programme=programme, finish=date(2020, 1, 31))
    undated = PlanItemFactory(programme=programme, start=None, finish=None)
    red = PlanItemFactory(programme=programme, finish=date(2020, 6, 30))
    StatusFactory(item=red, period=period, rag="red")
    heading = PlanItemFactory(programme=programme, kind="summary", finish=date(2020, 1, 10))

    def found(query):
        answer = client_of(office).get(f"/api/v1/plan-items/?{query}")
        assert answer.status_code == 200, answer.content
        return {row["id"] for row in answer.json()["results"]}

    assert found("overdue=true") == {late.pk}
    assert heading.pk in found("overdue=false")
    assert found("undated=true") == {undated.pk}
    assert found("rag=red") == {red.pk}
    assert found("due_from=2020-06-01&due_to=2020-06-30") == {red.pk}
    assert found("programme=IT&kind=summary") == {heading.pk}
    assert found("due_to=2020-01-31") == {late.pk}
    assert found("programme=XX") == set()


@pytest.mark.parametrize(
    "query",
    ["due_from=soon", "rag=purple", "changed_since=x", "kind=epic"],
)
def test_a_filter_that_makes_no_sense_says_so(office, query):
    answer = client_of(office).get(f"/api/v1/plan-items/?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json()["errors"]


def test_a_range_that_ends_before_it_begins_is_refused_at_its_end(office):
    answer = client_of(office).get("/api/v1/plan-items/?due_from=2020-03-01&due_to=2020-02-01")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["due_to"])
    assert_one_shape(answer)


@pytest.mark.parametrize("name", LISTS)
def test_a_parameter_that_a_list_does_not_take_is_named(office, name):
    answer = client_of(office).get(f"/api/v1/{name}/?colour=blue&format=csv")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["colour", "format"]
    assert "page_size" in answer.json()["errors"]["colour"][0]
    assert_one_shape(answer)


def test_a_period_is_no_filter_where_rows_belong_to_none(office):
    answer = client_of(office).get("/api/v1/plan-items/?period=2020-01")
    assert list(answer.json()["errors"]) == ["period"]
    assert client_of(office).get("/api/v1/statuses/?period=2020-01").status_code == 200


def test_one_thing_takes_no_parameter(office, place):
    answer = client_of(office).get(f"/api/v1/places/{place.pk}/?page=1")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["page"])


def test_a_field_that_a_body_does_not_take_is_named_and_nothing_is_saved(lead, programme, period):
    item = PlanItemFactory(programme=programme)
    client = client_of(lead)
    sent = {"item": item.pk, "rag": "green", "period": "2020-01", "owner": "Me"}
    answer = client.post("/api/v1/statuses/", sent, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"period", "owner"}
    assert_one_shape(answer)
    assert not Status.objects.exists()
    status = StatusFactory(item=item, period=period)
    tag = {"If-Match": f'"{status.pk}-{status.version}"'}
    changed = client.patch(
        f"/api/v1/statuses/{status.pk}/", {"colour": "red"}, headers=tag, format="json"
    )
    assert list(changed.json()["errors"]) == ["colour"]


@pytest.mark.parametrize("action", ["nil", "recall", "sign-off", "submit"])
def test_an_action_names_what_it_does_not_take(office, programme, period, action):
    found = Return.objects.create(programme=programme, period=period)
    address = f"/api/v1/returns/{found.pk}/{action}/"
    answer = client_of(office).post(
        address,
        {
            "period": "2020-01",
            **({"submitted_at": "2020-02-14T10:00Z"} if "sign" in action else {}),
        },
        format="json",
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["period"])


def test_every_error_has_one_shape(office, lead, board_member, programme, period):
    item = PlanItemFactory(programme=programme)
    found = Return.objects.create(programme=programme, period=period)
    status = StatusFactory(item=item, period=period)
    address = f"/api/v1/statuses/{status.pk}/"
    answers = {
        400: client_of(lead).post("/api/v1/statuses/", [1], format="json"),
        401: client_of().get("/api/v1/places/"),
        403: client_of(board_member).post(f"/api/v1/returns/{found.pk}/nil/"),
        404: client_of(office).get("/api/v1/places/0/"),
        405: client_of(office).delete("/api/v1/places/1/"),
        409: client_of(office).post(
            f"/api/v1/returns/{found.pk}/sign-off/", {"submitted_at": "2020-02-14T10:00Z"}
        ),
        412: client_of(lead).patch(address, {"rag": "red"}, headers={"If-Match": "old"}),
        428: client_of(lead).patch(address, {"rag": "red"}),
    }
    for code, answer in answers.items():
        assert answer.status_code == code, answer.content
        assert_one_shape(answer)
    unreadable = client_of(lead).post(
        "/api/v1/statuses/", data="{", content_type="application/json"
    )
    assert unreadable.status_code == 400
    assert_one_shape(unreadable)


@pytest.mark.parametrize("method", ["get", "post", "delete"])
@pytest.mark.parametrize("path", ["nothing/", "places/abc/", "reports/1/pdf/", "returns/1/burn/"])
def test_an_address_that_does_not_exist_answers_in_json(office, place, method, path):
    answer = getattr(client_of(office), method)(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert f"/api/v1/{path}" in answer.json()["detail"]
    assert_one_shape(answer)
    signed_out = getattr(client_of(), method)(f"/api/v1/{path}")
    assert signed_out.status_code == 401
    assert_one_shape(signed_out)


def test_elsewhere_what_does_not_exist_is_a_page(client, db):
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "<html" in answer.content.decode()


def test_nul_characters_and_pages_that_are_not_there(office):
    assert client_of(office).get("/api/v1/plan-items/?programme=%00").status_code == 400
    assert client_of(office).get("/api/v1/plan-items/?page=99").status_code == 404
    assert client_of(office).get("/api/v1/plan-items/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("name", ["programmes", "plan-items", "statuses", "periods", "returns"])
def test_a_longer_list_takes_no_more_queries(office, place, period, name):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client_of(office).get(f"/api/v1/{name}/").status_code == 200
        return len(queries)

    def grow():
        programme = ProgrammeFactory(place=place)
        LeadershipFactory(programme=programme)
        parent = PlanItemFactory(programme=programme, kind="summary")
        StatusFactory(item=PlanItemFactory(programme=programme, parent=parent), period=period)
        Return.objects.create(programme=programme, period=period)

    grow()
    few = count()
    for _ in range(5):
        grow()
    assert count() == few
    assert few <= 25


def test_a_token_is_traded_for_a_password_and_can_be_given_up(office):
    wrong = client_of().post("/api/v1/token/", {"email": office.email, "password": "guess"})
    assert wrong.status_code == 401
    right = client_of().post("/api/v1/token/", {"email": office.email, "password": PASSWORD})
    assert right.status_code == 200, right.content
    client = APIClient(headers={"Authorization": f"Token {right.json()['token']}"})
    assert client.get("/api/v1/places/").json()["count"] == 1
    assert client.delete("/api/v1/token/").status_code == 204
    assert client.get("/api/v1/places/").status_code == 401


def test_a_closed_account_has_no_token(office):
    office.is_active = False
    office.save()
    answer = client_of().post("/api/v1/token/", {"email": office.email, "password": PASSWORD})
    assert answer.status_code == 401


def test_the_documentation_page_names_every_operation(client, office):
    client.force_login(office)
    page = client.get("/api/docs/").content.decode()
    for name in LISTS:
        assert f"/api/v1/{name}/" in page


def test_a_person_without_a_role_sees_empty_lists():
    nobody = UserFactory()
    for name in LISTS:
        assert client_of(nobody).get(f"/api/v1/{name}/").json()["count"] == 0
