"""What fails in earnest, done for real: nothing is lost, doubled or half published, and the person is told."""

import hashlib
import io
import os
import resource
import signal
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from icp.embedded.connecting import ask

from .places import Browser, wait_for, words_of

# The schema of the portal's database is copied from that of the tests.
pytestmark = pytest.mark.django_db

KINDS = {"achievements", "look-ahead", "exceptions", "now-green", "full-plan"}
ONCE = dict.fromkeys(KINDS, 1)


def assert_told_that_it_is_away(answer):
    assert answer.status_code == 503, words_of(answer)
    assert "look whether it is there before you send it once more" in words_of(answer)
    assert f">{answer.headers['X-Request-ID']}</strong>" in answer.text


@pytest.mark.parametrize("whom", ["the worker", "its process"])
def test_a_worker_killed_while_it_builds_leaves_one_report_of_each_kind(stack, whom):
    place = stack.place()
    with stack.held(
        "programmes_glossaryentry", readers_too=True
    ) as until_waiting:  # Read half way through the building.
        assert "Its reports are being built" in words_of(place.close())
        until_waiting()
        if whom == "the worker":
            stack.worker.kill()
        else:
            for child in stack.worker.children():
                os.kill(child, signal.SIGKILL)
        assert place.all_are("waiting")
        page = place.browser("office").get(f"{place.reports_page}2020-02/exceptions/")
        assert "This report is being built" in words_of(page)
        assert "If a builder was interrupted" in words_of(page)
    stack.start_worker()
    wait_for(lambda: place.all_are("draft"), "five drafts")
    assert place.times_built() == ONCE


def test_the_database_restarted_during_a_save_keeps_nothing_of_it_and_the_next_is_whole(stack):
    place = stack.place()
    with ThreadPoolExecutor() as beside, stack.held("programmes_statusevent") as until_waiting:
        saving = beside.submit(place.save, 2, reason="Staff are away.")
        until_waiting()
        stack.restart_database()
        answer = saving.result()
    assert_told_that_it_is_away(answer)
    assert (place.stored(2), place.events(2)) == ([], 0)
    again = place.save(2, reason="Staff are away.")
    assert again.status_code == 200, words_of(again)
    assert (place.stored(2), place.events(2)) == ([("Staff are away.", 1)], 1)


def test_the_database_killed_during_a_close_leaves_the_period_open_and_the_next_close_is_whole(
    stack,
):
    place = stack.place()
    place.save(2, reason="Typed before.")
    with ThreadPoolExecutor() as beside, stack.held("boards_report") as until_waiting:
        closing = beside.submit(place.close)
        until_waiting()
        stack.restart_database(signal.SIGQUIT)  # It has no time to write anything.
        answer = closing.result()
    assert_told_that_it_is_away(answer)
    assert (place.times_closed(), place.reports()) == (0, {})
    assert place.state() != "closed"
    again = place.close()
    assert "is closed and will not change" in words_of(again)
    wait_for(lambda: place.all_are("draft"), "five drafts")
    assert (place.times_closed(), place.times_built()) == (1, ONCE)


def test_while_the_broker_is_gone_people_work_on_and_what_waits_is_done_when_it_is_back(stack):
    place = stack.place()
    stack.stop_broker()
    try:
        saved = place.save(2, reason="Typed meanwhile.")
        assert saved.status_code == 200, words_of(saved)
        closed = place.close()
        assert "Its reports are being built" in words_of(closed)
        waiting = place.browser("office").get(f"{place.reports_page}2020-02/exceptions/")
        assert "the scheduler starts it again within a minute" in words_of(waiting)
        assert place.all_are("waiting")
        assert not_ready(stack)["broker"]["words"] == "The message broker does not answer."
        stranger = Browser(stack.base)
        let_in = stranger.sign_in(place.email)
        assert let_in.status_code == 200, words_of(let_in)
        assert "Sign out" in words_of(stranger.get("/accounts/"))
    finally:
        stack.start_broker()
    wait_for(lambda: place.all_are("draft"), "five drafts")
    wait_for(lambda: mail_waiting() == 0, "an empty outbox")
    assert (place.times_closed(), place.times_built()) == (1, ONCE)
    assert mail_sent_twice() == []


def not_ready(stack):
    answer = requests.get(f"{stack.base}/readyz", timeout=60)
    assert answer.status_code == 503
    return answer.json()["parts"]


def mail_waiting():
    return ask("owner", "SELECT count(*) FROM common_outgoingmail WHERE sent_at IS NULL")[0][0]


def mail_sent_twice():
    return ask(
        "owner",
        'SELECT "to", subject, count(*) FROM common_sentmail GROUP BY 1, 2 HAVING count(*) >'
        ' (SELECT count(*) FROM common_outgoingmail o WHERE o."to" = common_sentmail."to"'
        " AND o.subject = common_sentmail.subject)",
    )


def test_two_people_who_close_at_once_close_once_and_both_are_told(stack):
    place = stack.place()
    place.save(2, reason="Typed before.")
    with ThreadPoolExecutor() as beside:
        with stack.held("boards_report") as until_waiting:
            both = [beside.submit(place.close, who) for who in ("office", "office_too")]
            until_waiting(2)
        for answer in both:
            assert "is closed and will not change" in words_of(answer.result())
    wait_for(lambda: place.all_are("draft"), "five drafts")
    assert (place.times_closed(), place.times_built()) == (1, ONCE)


def test_two_timers_do_everything_once(stack):
    place = stack.place()
    timers = [stack.timer, stack.start_timer("second-timer")]
    before = [turns(one) for one in timers]
    place.close()
    wait_for(lambda: place.all_are("draft"), "five drafts")
    wait_for(lambda: turned(place), "the first of March")
    for one, so_far in zip(timers, before, strict=True):
        wait_for(lambda one=one, so_far=so_far: turns(one) > so_far + 1, "two turns of each")
    wait_for(lambda: mail_waiting() == 0, "an empty outbox")
    timers[1].kill()
    assert (place.times_built(), turned(place)) == (ONCE, 1)
    assert mail_sent_twice() == []
    assert reminded_twice() == []


def turns(timer):
    return timer.log.read_text().count("Sending due task build-waiting-reports")


def turned(place):
    return ask(
        "owner",
        "SELECT count(*) FROM programmes_period WHERE place_id = %s AND key = '2020-03'",
        values=[place.place],
    )[0][0]


# The version of each draft that nobody has written into.
AS_BUILT = {
    f"version-{kind}": 1
    for kind in ("achievements", "look-ahead", "exceptions", "now-green", "full-plan")
}


def reminded_twice():
    return ask(
        "owner",
        "SELECT period_id, programme_id, days_before, count(*) FROM programmes_reminder"
        " GROUP BY 1, 2, 3 HAVING count(*) > 1",
    )


def test_a_disk_that_fills_while_reports_are_rendered_publishes_all_or_nothing(stack):
    if stack.disk is None:
        pytest.skip("Only root may make a small disk.")
    place = stack.place(with_reports=True)
    wait_for(lambda: place.all_are("draft", "january"), "January's drafts")
    second = place.browser("office_too")
    action = f"{place.reports_page}2020-01/"
    approved = second.post(f"{action}do-all/approve/", AS_BUILT)
    assert place.all_are("approved", "january"), words_of(approved)
    filler = stack.disk / "filler"
    with filler.open("wb") as file:
        subprocess.run(["dd", "if=/dev/zero", "bs=64k"], stdout=file, stderr=subprocess.DEVNULL)
    try:
        assert os.statvfs(stack.disk).f_bavail == 0
        answer = second.post(f"{action}do-all/publish/", {})
        assert_told_that_it_is_away(answer)
    finally:
        filler.unlink()
        stack.handle.revive()
    stack.start_worker_after_a_full_disk()
    assert place.all_are("approved", "january")
    assert files(place) == []
    again = second.post(f"{action}do-all/publish/", {})
    assert again.status_code == 200, words_of(again)
    assert place.all_are("published", "january")
    kept = files(place)
    assert len(kept) == 5
    assert all(hashlib.sha256(data).hexdigest() == checksum for data, checksum in kept)


def test_a_disk_that_is_full_while_a_workbook_is_written_is_told_and_the_next_is_whole(stack):
    place = stack.place()
    address = f"/places/{place.slug}/rows.xlsx"
    [pages] = stack.web.children()
    whole = resource.prlimit(pages, resource.RLIMIT_FSIZE)
    # No file of that process may hold more: the kernel refuses it as it would on a full disk.
    resource.prlimit(pages, resource.RLIMIT_FSIZE, (1024, whole[1]))
    try:
        assert_told_that_it_is_away(place.browser("lead").get(address))
    finally:
        resource.prlimit(pages, resource.RLIMIT_FSIZE, whole)
    again = place.browser("lead").get(address)
    assert zipfile.ZipFile(io.BytesIO(again.content)).testzip() is None


def files(place):
    return [
        (bytes(data), checksum)
        for data, checksum in ask(
            "owner",
            "SELECT f.data, f.checksum FROM boards_reportfile f JOIN boards_report r ON r.id = f.report_id"
            " WHERE r.period_id = %s",
            values=[place.january],
        )
    ]


def test_a_task_carries_the_reference_of_the_request_that_asked_for_it(stack):
    place = stack.place()
    closed = place.close()
    reference = closed.history[0].headers["X-Request-ID"]
    log = stack.worker.log
    wait_for(lambda: f"[{reference}]" in log.read_text(), "the reference in the worker's log")
    assert place.email not in (stack.state / "web.txt").read_text()
