"""Who owns a row: said by a lead or the office, never over somebody else's choice unseen."""

import pytest
from django.urls import reverse

from icp.audit.selectors import history_of
from icp.common.models import DemoClock
from programmes.errors import CannotSave
from programmes.services.owner import set_owner
from tests.factories import (
    NOW,
    TODAY,
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PlanItemFactory,
    PostFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    DemoClock.objects.create(today=TODAY)
    return PlanItemFactory(programme=ProgrammeFactory(code="IT"), plan_id="11")


@pytest.fixture
def place(row):
    return row.programme.place


def page_of(row, name="item"):
    parts = {"place": row.programme.place.slug, "code": "IT", "plan_id": row.plan_id}
    return reverse(name, kwargs=parts)


def give(client, row, post, seen=None):
    chosen = {"owner": post.pk if post else "", "seen": seen.pk if seen else 0}
    return client.post(page_of(row, "item-owner"), chosen)


def test_a_lead_gives_a_row_to_a_post_and_takes_it_away_again(client, row, place):
    post = PostFactory(place=place, title="Data Officer")
    client.force_login(LeadershipFactory(programme=row.programme).post.holder)
    assert "The post that owns this row" in client.get(page_of(row)).content.decode()
    assert give(client, row, post).headers["Location"] == page_of(row)
    row.refresh_from_db()
    assert row.owner == post
    assert give(client, row, None, seen=post).status_code == 302
    row.refresh_from_db()
    assert row.owner is None
    changes = history_of(f"programmes.planitem:{row.pk}").filter(event="update")
    assert [(change.way, change.changes) for change in changes] == [
        ("page", {"owner_id": [post.pk, None]}),
        ("page", {"owner_id": [None, post.pk]}),
    ]


def test_the_office_may_and_others_may_not(client, row, place):
    post = PostFactory(place=place)
    client.force_login(MembershipFactory(place=place).user)
    assert give(client, row, post).status_code == 302
    other_lead = LeadershipFactory(programme=ProgrammeFactory(place=place)).post.holder
    member = BoardMemberFactory(board=BoardFactory(place=place)).user
    for person in (other_lead, member):
        client.force_login(person)
        assert give(client, row, None, seen=post).status_code == 403
        assert "The post that owns this row" not in client.get(page_of(row)).content.decode()
    row.refresh_from_db()
    assert row.owner == post


def test_a_second_person_sees_both_choices_and_nothing_is_lost(client, row, place):
    mine, theirs = PostFactory(place=place, title="Mine"), PostFactory(place=place, title="Theirs")
    client.force_login(MembershipFactory(place=place).user)
    give(client, row, theirs)
    answer = give(client, row, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What is saved now: <strong>Theirs</strong>" in page
    assert f'<option value="{mine.pk}" selected' in page
    row.refresh_from_db()
    assert row.owner == theirs
    # Having seen both, the second person may choose theirs after all.
    assert give(client, row, mine, seen=theirs).status_code == 302
    row.refresh_from_db()
    assert row.owner == mine


def test_a_post_of_another_place_is_refused_in_words(client, row, place):
    client.force_login(MembershipFactory(place=place).user)
    elsewhere = PostFactory()
    answer = give(client, row, elsewhere)
    assert answer.status_code == 422
    assert "Choose a post of this place." in answer.content.decode()
    with pytest.raises(CannotSave, match="of this place"):
        set_owner(item=row, owner=elsewhere, seen=None, by=UserFactory())


def test_a_removed_row_takes_no_owner(row, place):
    row.removed_at = NOW
    row.save()
    with pytest.raises(CannotSave, match="was removed"):
        set_owner(item=row, owner=PostFactory(place=place), seen=None, by=UserFactory())


def test_lists_say_who_owns_a_row(client, row, place):
    row.owner = PostFactory(place=place, title="Data Officer")
    row.save()
    client.force_login(MembershipFactory(place=place).user)
    address = reverse("rows", kwargs={"place": place.slug})
    assert "Owner: Data Officer" in client.get(address).content.decode()
