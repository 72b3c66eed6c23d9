"""An administrator invites a lead in the browser; the lead comes in by the link and opens their update."""

import re
from datetime import date

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from icp.accounts.models import User
from programmes.models import LeadershipRole, PlaceRole
from tests.factories import (
    BoardFactory,
    BoardMemberFactory,
    LeadershipFactory,
    MembershipFactory,
    PeriodFactory,
    PlaceFactory,
    PostFactory,
    ProgrammeFactory,
    UserFactory,
)
from tests.functional.axe import assert_accessible, assert_fits
from tests.integration.accounts.conftest import is_signed_in
from tests.integration.accounts.conftest import sign_in as sign_in_by_the_page

PHRASE = "a-long-and-uncommon-phrase"


@pytest.fixture
def place(transactional_db, stands_at, settings, live_server):
    """A place with an administrator, a lead's vacant post and a board, in February 2020."""
    stands_at(date(2020, 2, 14))
    settings.PUBLIC_ADDRESS = live_server.url
    place = PlaceFactory(name="Testshire", slug="testshire")
    PeriodFactory(place=place)
    programme = ProgrammeFactory(place=place, code="IT", name="IT Enabler")
    vacant = PostFactory(place=place, title="IT Enabler Lead", holder=None)
    LeadershipFactory(programme=programme, post=vacant)
    long_title = "Director of Communityhealthandcarepartnerships & Children’s Services"
    holder = UserFactory(name=long_title, email=f"{'long' * 12}@{'wide' * 10}.example.org")
    held = PostFactory(place=place, title=long_title, holder=holder)
    LeadershipFactory(programme=programme, post=held, role=LeadershipRole.SRO)
    BoardMemberFactory(board=BoardFactory(place=place, slug="aog"), user=holder)
    return place


@pytest.fixture
def administrator(place):
    user = UserFactory(name="Place Administrator")
    MembershipFactory(place=place, user=user, role=PlaceRole.ADMINISTRATOR)
    return user


def check(page: Page) -> None:
    assert_accessible(page)
    assert_fits(page)


def link_in_the_last_mail() -> str:
    return re.search(r"https?://\S+/accounts/invitation/\S+/", mail.outbox[-1].body)[0]


def test_from_the_invitation_to_the_leads_first_update(
    place, administrator, sign_in, browser, live_server
):
    page = sign_in(administrator)
    page.goto(live_server.url)
    page.get_by_role("link", name="People", exact=True).click()
    check(page)
    page.get_by_role("button", name="Invite somebody").click()
    check(page)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("alert")).to_contain_text("E-mail address is missing.")
    check(page)
    page.get_by_label("E-mail address").fill("it.lead@example.org")
    page.get_by_label("Name", exact=True).fill("IT Enabler Lead")
    page.get_by_label("Post").select_option(label="IT Enabler Lead – Lead of IT Enabler")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("An invitation to it.lead@example.org is on its way.")).to_be_visible()
    expect(page.get_by_role("heading", name="Invited, and not here yet")).to_be_visible()
    check(page)

    link = link_in_the_last_mail()
    theirs = browser.new_context().new_page()
    theirs.goto(link)
    expect(theirs.get_by_text("Place Administrator invites you")).to_be_visible()
    check(theirs)
    theirs.get_by_label("Password", exact=True).fill("short")
    theirs.get_by_label("Password again").fill("short")
    theirs.get_by_role("button", name="Save and sign in").click()
    expect(theirs.get_by_role("alert")).to_contain_text("too short")
    check(theirs)
    theirs.get_by_label("Password", exact=True).fill(PHRASE)
    theirs.get_by_label("Password again").fill(PHRASE)
    theirs.get_by_role("button", name="Save and sign in").click()
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("IT Enabler")
    assert theirs.url.endswith("/places/testshire/update/IT/")
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name="This invitation does not work")).to_be_visible()
    check(theirs)
    theirs.context.close()

    page.reload()
    expect(page.get_by_text("Active", exact=True)).to_be_visible()


def test_an_administrator_gives_takes_and_lets_somebody_leave_by_keyboard(
    place, administrator, sign_in, live_server
):
    person = User.objects.get(name__startswith="Director of")
    page = sign_in(administrator)
    page.goto(live_server.url + reverse("person", kwargs={"place": "testshire", "pk": person.pk}))
    check(page)
    page.get_by_label("Role over the whole place").focus()
    page.keyboard.type("Gov")
    page.get_by_role("button", name="Give").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("now holds: Governance manager.")).to_be_visible()
    page.get_by_role("button", name="Take away Governance manager").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take it away")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Take it away").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("no longer holds: Governance manager.")).to_be_visible()
    page.get_by_role("link", name="leaves Testshire").click()
    check(page)
    page.get_by_role("button", name="Take everything away").click()
    expect(page.get_by_text("holds nothing in Testshire any more. Vacant now:")).to_be_visible()
    page.get_by_text("Filter the people").click()
    page.get_by_label("State").select_option("Has left")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Director of")).to_be_visible()
    check(page)
    page.get_by_role("link", name="Director of").click()
    expect(page.get_by_text("Nothing any more, so they see nothing of Testshire.")).to_be_visible()
    check(page)


def test_the_last_administrator_is_told_why_they_stay(place, administrator, sign_in, live_server):
    page = sign_in(administrator)
    kwargs = {"place": "testshire", "pk": administrator.pk}
    page.goto(live_server.url + reverse("person", kwargs=kwargs))
    page.get_by_role("button", name="Take away Administrator").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_role("alert")).to_contain_text("is the last administrator of Testshire")
    check(page)


def test_an_invitation_works_without_javascript(place, administrator, browser, live_server):
    call_command("invite", "plain@example.org", place="testshire", name="Plain", roles=["auditor"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(link_in_the_last_mail())
    page.get_by_label("Password", exact=True).fill(PHRASE)
    page.get_by_label("Password again").fill(PHRASE)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("heading", name="Testshire")).to_be_visible()
    context.close()


def test_every_word_about_an_invitation_fits(place, administrator, sign_in, live_server):
    call_command("invite", "plain@example.org", place="testshire", name="Plain", roles=["auditor"])
    person = User.objects.get(email="plain@example.org")
    page = sign_in(administrator)
    page.goto(live_server.url + reverse("person", kwargs={"place": "testshire", "pk": person.pk}))
    page.get_by_role("button", name="Withdraw the link").click()
    expect(page.get_by_role("heading", name="The invitation was withdrawn")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Invite again").click()
    expect(page.get_by_role("heading", name="Invited, and not here yet")).to_be_visible()


def test_somebody_whose_tablet_is_lost_is_signed_out_everywhere(
    place, administrator, sign_in, live_server
):
    holder = User.objects.get(name__startswith="Director of Community")
    _, tablet = sign_in_by_the_page(holder)
    page = sign_in(administrator)
    person = reverse("person", kwargs={"place": place.slug, "pk": holder.pk})
    page.goto(f"{live_server.url}{person}")
    page.get_by_role("link", name="Where they are signed in").click()
    check(page)
    page.get_by_role("button", name="Sign them out everywhere").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why they are to be signed out.")
    check(page)
    page.get_by_label("Why").fill("Tablet lost on a train")
    page.get_by_role("button", name="Sign them out everywhere").click()
    expect(page.get_by_text("is signed out of 1 browser and told by e-mail.")).to_be_visible()
    assert not is_signed_in(tablet)
