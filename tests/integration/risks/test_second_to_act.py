"""Two people at one risk: what is done with it is done with the risk that was shown, or not at all."""

import pytest

from risks import services
from risks.models import Escalation, Mitigation, Risk
from tests.integration.risks.conftest import raised, when

BASE = "/places/testshire/risks/"


@pytest.fixture
def risk(world):
    return raised(world)


def renamed_by_the_office(world, risk):
    return services.change_risk(
        risk=risk,
        values={"title": "Two servers fail"},
        seen=risk.version,
        **when(world.office),
    )


def deeds(world, risk):
    """What each deed is sent."""
    other = raised(world, title="The same in other words")
    ground = Escalation.objects.get(risk=risk, ended_at=None)
    return {
        "close": {},
        "merge": {"into": other.ref},
        "transfer": {"register": "whole"},
        "issue": {},
        "remove": {},
        "board": {"board": world.board.pk},
        "know": {},
        "decide": {"ground": ground.pk, "decision": "end"},
    }


def test_nothing_is_done_with_a_risk_that_changed_since_it_was_shown(world, risk):
    client = world.client(world.office_too)
    sent = deeds(world, risk)
    now = renamed_by_the_office(world, risk)
    for deed, more in sent.items():
        typed = {"version": risk.version, "because": "I read it as it was.", **more}
        answer = client.post(f"{BASE}IT1/do/{deed}/", typed)
        said = answer.content.decode()
        assert answer.status_code == 409, deed
        assert "IT1 was changed since you looked at it" in said
        assert "A server fails" in said, "what it said"
        assert "Two servers fail" in said, "what it says now"
        assert "I read it as it was." in said, "what was typed"
        assert f'name="version" value="{now.version}"' in said, "the next press is of what is shown"
    found = Risk.objects.get(pk=risk.pk)
    assert (found.state, found.version, found.removal_because) == ("open", now.version, "")
    assert Escalation.objects.filter(risk=risk).count() == 1


def test_who_read_what_changed_presses_again(world, risk):
    client = world.client(world.lead)
    now = renamed_by_the_office(world, risk)
    typed = {"version": now.version, "because": "It is done with."}
    assert client.post(f"{BASE}IT1/do/close/", typed).status_code == 302
    assert Risk.objects.get(pk=risk.pk).ended_because == "It is done with."
    # Pressed twice: it is closed so already.
    assert client.post(f"{BASE}IT1/do/close/", typed).status_code == 302


def test_a_deed_opened_from_a_page_that_is_old_by_now_says_first_what_changed(world, risk):
    client = world.client(world.lead)
    assert f"do/close/?version={risk.version}" in client.get(f"{BASE}IT1/").content.decode()
    renamed_by_the_office(world, risk)
    said = client.get(f"{BASE}IT1/do/close/?version={risk.version}").content.decode()
    assert "Two servers fail" in said
    assert "Go on if you still mean it." in said


def test_a_form_that_names_no_version_does_nothing(world, risk):
    client = world.client(world.lead)
    for version in ("", "\x00", "9" * 50, "-1"):
        typed = {"version": version, "because": "It is done with."}
        assert client.post(f"{BASE}IT1/do/close/", typed).status_code == 409
    assert Risk.objects.get(pk=risk.pk).is_open


@pytest.mark.parametrize(
    ("deed", "chosen", "said"),
    [
        ("transfer", {"register": "IT"}, "Choose a register that the risk is not in already."),
        (
            "decide",
            {"ground": "0", "decision": "end"},
            "It does not go to the boards on this ground any more: it was decided.",
        ),
    ],
)
def test_what_cannot_be_chosen_any_more_is_refused_in_words(world, risk, deed, chosen, said):
    typed = {"version": risk.version, "because": "As it was shown.", **chosen}
    answer = world.client(world.office).post(f"{BASE}IT1/do/{deed}/", typed)
    assert said in answer.content.decode()
    assert "As it was shown." in answer.content.decode()


def test_one_press_is_of_the_risk_that_was_shown(world, risk):
    client = world.client(world.lead)
    renamed_by_the_office(world, risk)
    old = {"version": risk.version}
    answer = client.post(f"{BASE}IT1/reviewed/", old, follow=True)
    assert "IT1 was changed since this page was shown" in answer.content.decode()
    assert "Title: “A server fails” became “Two servers fail”" in answer.content.decode()
    assert Risk.objects.get(pk=risk.pk).reviewed_on is None


def test_pressed_twice_it_is_reviewed_once_and_no_error(world, risk):
    client = world.client(world.lead)
    for _ in range(2):
        answer = client.post(f"{BASE}IT1/reviewed/", {"version": risk.version}, follow=True)
        assert "IT1 is reviewed: no change." in answer.content.decode()
    # Reviewed today, and then changed by somebody else: that was not reviewed.
    seen = Risk.objects.get(pk=risk.pk)
    renamed_by_the_office(world, seen)
    answer = client.post(f"{BASE}IT1/reviewed/", {"version": seen.version}, follow=True)
    assert "IT1 was changed since this page was shown" in answer.content.decode()


def test_an_action_that_changed_since_is_not_taken_out(world, risk):
    action = services.add_mitigation(risk=risk, values={"what": "Mirror it."}, by=world.lead)
    address = f"{BASE}IT1/actions/{action.pk}/"
    client = world.client(world.lead)
    services.change_mitigation(
        mitigation=action, values={"progress": "Half done."}, seen=1, by=world.office
    )
    shown = {"do": "remove", "version": 1, "what": "Mirror it."}
    answer = client.post(address, shown)
    assert answer.status_code == 409
    assert "Half done." in answer.content.decode()
    assert client.post(address, {**shown, "version": 2}).status_code == 302
    assert Mitigation.objects.get(pk=action.pk).removed_at is not None
    assert client.post(address, {**shown, "version": 2}).status_code == 302, "taken out already"


def test_what_was_typed_of_an_action_that_is_gone_is_kept(world, risk):
    action = services.add_mitigation(risk=risk, values={"what": "Mirror it."}, by=world.lead)
    services.remove_mitigation(mitigation=action, by=world.office, at=when(world.office)["at"])
    typed = {"version": 1, "what": "Mirror all of it."}
    answer = world.client(world.lead).post(f"{BASE}IT1/actions/{action.pk}/", typed)
    assert answer.status_code == 409
    assert "Mirror all of it." in answer.content.decode()
    assert "add it as a new action" in answer.content.decode()


@pytest.mark.parametrize("kept", [{"keep": "on"}, {}])
def test_a_second_press_raises_no_second_issue(world, risk, kept):
    client = world.client(world.lead)
    for _ in range(2):
        typed = {"version": risk.version, "because": "It failed.", **kept}
        assert client.post(f"{BASE}IT1/do/issue/", typed).status_code == 302
    assert Risk.objects.filter(came_from=risk).count() == 1


def test_a_second_press_adds_no_second_action(world, risk):
    client = world.client(world.lead)
    for _ in range(2):
        typed = {"what": "Mirror it.", "percent": 0, "due_on": "31 March 2020"}
        assert client.post(f"{BASE}IT1/actions/new/", typed).status_code == 302
    assert Mitigation.objects.filter(risk=risk).count() == 1


def test_taking_a_control_away_twice_is_no_error_and_adding_it_twice_adds_it_once(world, risk):
    one, two = (
        services.add_control(risk=risk, line="control", what="A mirror.", by=world.lead)
        for _ in range(2)
    )
    assert one == two
    client = world.client(world.lead)
    for _ in range(2):
        address = f"{BASE}IT1/controls/{one.pk}/take-away/"
        assert client.post(address, follow=True).status_code == 200
    assert not risk.controls.exists()
