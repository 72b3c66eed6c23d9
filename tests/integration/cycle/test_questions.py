"""Questions on a return: asked when it is sent back, answered by its lead, read at resubmission, kept."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from icp.common.models import OutgoingMail
from programmes import services
from programmes.errors import CannotSave, StaleAnswer
from programmes.models import Period, ReturnQuestion, Status
from tests.factories import NOW, TODAY

# A message goes out once for each moment: what is handed in again is handed in later.
LATER = NOW + timedelta(hours=1)


def address(world):
    return reverse("update", kwargs={"place": world.place.slug, "code": "IT"})


def sent_back(world, question="Which supplier?"):
    world.say_the_red_row()
    world.submit()
    return services.send_back_return(
        programme=world.programme, period=world.february, by=world.sro, at=NOW, question=question
    )


def answered(world, answer, *, seen="", by=None):
    services.answer_question(
        programme=world.programme,
        period=world.february,
        answer=answer,
        seen=seen,
        by=by or world.lead,
        at=NOW,
    )


def test_a_question_is_kept_with_its_answer_through_resubmission_and_sign_off(world):
    found = sent_back(world)
    world_answer = "The one for\nlaptops."
    services.submit_return(
        programme=world.programme,
        period=world.february,
        by=world.lead,
        at=LATER,
        today=TODAY,
        answer=world_answer,
    )
    services.sign_off_return(programme=world.programme, period=world.february, by=world.sro, at=NOW)
    [kept] = found.questions.all()
    assert (kept.question, kept.asked_by, kept.asked_at) == ("Which supplier?", world.sro, NOW)
    assert (kept.answer, kept.answered_by, kept.answered_at) == (world_answer, world.lead, LATER)
    told = OutgoingMail.objects.filter(to=world.sro.email).order_by("-pk").first()
    assert "You had asked:\n\nWhich supplier?" in told.body
    assert world_answer in told.body


def test_a_return_without_an_answer_is_taken_and_says_so(world):
    found = sent_back(world)
    given = {"programme": world.programme, "period": world.february, "by": world.lead}
    services.submit_return(**given, at=LATER, today=TODAY)
    [kept] = found.questions.all()
    assert kept.answer == ""
    told = OutgoingMail.objects.filter(to=world.sro.email).order_by("-pk").first()
    assert "No answer was written" in told.body


def test_every_question_of_a_return_is_kept_in_turn(world):
    found = sent_back(world, "First?")
    answered(world, "First answer.")
    world.submit()
    services.send_back_return(
        programme=world.programme, period=world.february, by=world.sro, at=NOW, question="Second?"
    )
    answered(world, "Second answer.")
    assert list(found.questions.order_by("pk").values_list("question", "answer")) == [
        ("First?", "First answer."),
        ("Second?", "Second answer."),
    ]


def test_a_second_answer_is_never_written_over_the_first_unseen(world):
    found = sent_back(world)
    answered(world, "From the lead.")
    with pytest.raises(StaleAnswer) as stale:
        answered(world, "From the office.", by=world.office)
    assert stale.value.current.answer == "From the lead."
    answered(world, "From the office.", seen="From the lead.", by=world.office)
    assert found.questions.get().answered_by == world.office
    answered(world, "", seen="From the office.")
    assert found.questions.get().answered_by is None


def test_recalling_a_signed_off_return_tells_the_sro_until_it_is_signed_off_again(world):
    world.say_the_red_row()
    world.submit()
    given = {"programme": world.programme, "period": world.february, "at": NOW}
    services.sign_off_return(**given, by=world.sro)
    found = services.recall_return(**given, by=world.lead)
    assert (found.recalled_by, found.recalled_at) == (world.lead, NOW)
    told = OutgoingMail.objects.get(key__startswith=f"recalled:{found.pk}:")
    assert told.to == world.sro.email
    assert "The sign-off no longer stands." in told.body
    world.submit()
    again = services.sign_off_return(**given, by=world.sro)
    assert again.recalled_by is None


def test_recalling_what_nobody_signed_off_tells_nobody(world):
    world.say_the_red_row()
    world.submit()
    found = services.recall_return(
        programme=world.programme, period=world.february, by=world.lead, at=NOW
    )
    assert found.recalled_by is None
    assert not OutgoingMail.objects.filter(key__startswith="recalled:").exists()


def test_an_office_that_signed_off_for_the_sro_is_told_too(world):
    world.say_the_red_row()
    world.submit()
    given = {"programme": world.programme, "period": world.february, "at": NOW}
    services.sign_off_return(**given, by=world.office)
    services.recall_return(**given, by=world.lead)
    told = OutgoingMail.objects.filter(key__startswith="recalled:").values_list("to", flat=True)
    assert set(told) == {world.sro.email, world.office.email}


def test_a_question_of_a_closed_period_never_changes(world):
    sent_back(world)
    Period.objects.filter(pk=world.february.pk).update(
        state="closed", closed_at=NOW, closed_by=world.office
    )
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        ReturnQuestion.objects.update(question="Another?")
    with pytest.raises(CannotSave, match="is closed"):
        answered(world, "Too late.")


def test_a_question_is_answered_on_the_update_and_read_beside_it_at_sign_off(world):
    found = sent_back(world)
    client = world.client(world.lead)
    page = client.get(address(world)).content.decode()
    assert "Which supplier?" in page
    assert "Your answer" in page
    answer = client.post(
        address(world), {"do": "submit", "answer": "The one for laptops.", "seen": ""}
    )
    assert answer.status_code == 302
    assert found.questions.get().answer == "The one for laptops."
    sro = world.client(world.sro)
    for name, more in (("sign-off", {}), ("return", {"key": "2020-02", "code": "IT"})):
        shown = sro.get(reverse(name, kwargs={"place": world.place.slug, **more}))
        assert "Which supplier?" in shown.content.decode()
        assert "The one for laptops." in shown.content.decode()
    assert "Questions and answers on this return" in client.get(address(world)).content.decode()


def test_an_answer_is_kept_when_the_return_cannot_be_submitted_yet(world):
    found = sent_back(world)
    status = Status.objects.get(item=world.items[0], period=world.february)
    world.record(world.items[0], version=status.version, reason="")
    answer = world.client(world.lead).post(
        address(world), {"do": "submit", "answer": "Soon.", "seen": ""}
    )
    assert answer.status_code == 422
    assert found.questions.get().answer == "Soon."
    assert ">Soon.</textarea>" in answer.content.decode()


def test_two_people_who_answer_at_once_see_both_answers(world):
    found = sent_back(world)
    world.client(world.lead).post(address(world), {"do": "answer", "answer": "Mine.", "seen": ""})
    second = world.client(world.office).post(
        address(world), {"do": "submit", "answer": "Ours.", "seen": ""}
    )
    page = second.content.decode()
    assert second.status_code == 422
    assert "What is saved now: <q>Mine.</q>" in page
    assert ">Ours.</textarea>" in page
    assert found.questions.get().answer == "Mine."
    world.client(world.office).post(
        address(world), {"do": "answer", "answer": "Ours.", "seen": "Mine."}
    )
    assert found.questions.get().answer == "Ours."


def test_an_answer_that_no_database_can_hold_is_refused_in_words(world):
    found = sent_back(world)
    answer = world.client(world.lead).post(
        address(world), {"do": "answer", "answer": "a\x00b", "seen": ""}
    )
    assert answer.status_code == 422
    assert found.questions.get().answer == ""


@pytest.mark.parametrize("first", ["", "The one for laptops."])
def test_a_question_is_asked_again_after_a_recall_to_answer_or_to_answer_better(world, first):
    found = sent_back(world)
    client = world.client(world.lead)
    client.post(address(world), {"do": "submit", "answer": first, "seen": ""})
    client.post(address(world), {"do": "recall"})
    page = client.get(address(world)).content.decode()
    assert "Your answer" in page
    assert f">{first}</textarea>" in page
    client.post(address(world), {"do": "answer", "answer": "The one in Hackney.", "seen": first})
    found.refresh_from_db()
    assert (found.state, found.questions.get().answer) == ("in hand", "The one in Hackney.")


def test_a_recalled_sign_off_is_said_on_the_sign_off_page(world):
    world.say_the_red_row()
    world.submit()
    given = {"programme": world.programme, "period": world.february, "at": NOW}
    services.sign_off_return(**given, by=world.sro)
    services.recall_return(**given, by=world.lead)
    page = world.client(world.sro).get(reverse("sign-off", kwargs={"place": world.place.slug}))
    assert "after it was signed off" in page.content.decode()
