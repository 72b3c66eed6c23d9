"""Every error page gives a reference to quote, and those for faults ask the database nothing."""

import errno
import json
import logging
import re

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, OperationalError
from django.test import Client, RequestFactory

from icp.common.trace import HEADER, request_reference
from icp.operations.error_pages import bad_request, is_away, server_error
from icp.operations.logs import Json

FAULTY = "tests.integration.operations.faulty"


@pytest.fixture
def client(db):
    return Client(raise_request_exception=False)


@pytest.fixture
def faulty():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ROOT_URLCONF", FAULTY)
        yield


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/fail/bad/", 400, "could not be read"),
        ("/fail/forbidden/", 403, "may not open this"),
        ("/no-such-page/", 404, "Page not found"),
        ("/fail/bug/", 500, "Something went wrong"),
        ("/fail/rule/", 500, "Something went wrong"),
        ("/fail/database-away/", 503, "away for a moment"),
        ("/fail/broker-away/", 503, "away for a moment"),
    ],
)
def test_an_error_page_says_what_and_gives_the_reference(client, faulty, address, status, words):
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert f">{answer.headers[HEADER]}</strong>" in page
    assert "nhsuk-header" in page
    for secret in ("hunter2", "a@example.org", "10.1.2.3"):
        assert secret not in page


def test_a_form_that_is_not_ours_is_refused_with_a_reference(db):
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert answer.status_code == 403
    assert answer.headers[HEADER] in answer.content.decode()


def test_a_character_that_no_page_uses_gets_the_page_too(client):
    answer = client.get("/about/?q=%00")
    assert answer.status_code == 400
    assert answer.headers[HEADER] in answer.content.decode()


class Nobody:
    """Whoever asks who is signed in asks the database."""

    def __getattr__(self, name):
        raise AssertionError(f"The page asked for the person's {name}.")


@pytest.mark.parametrize("problem", [ValueError("a bug"), OperationalError("away")])
def test_the_pages_for_faults_stand_alone(problem):
    """No database fixture: a query would fail the test."""
    request = RequestFactory().get("/places/")
    request.user = Nobody()
    try:
        raise problem
    except Exception:
        answer = server_error(request)
    assert "nhsuk-header" in answer.content.decode()
    assert bad_request(request, problem).status_code == 400


def test_what_came_of_a_lost_connection_is_told_as_that():
    try:
        try:
            raise OperationalError("gone")
        except OperationalError:
            raise RuntimeError("cannot tidy up")
    except RuntimeError as problem:
        assert is_away(problem)
    assert is_away(DatabaseError("no message from the libpq"))
    assert not is_away(IntegrityError("duplicate"))
    assert is_away(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_away(OSError(errno.ENOENT, "No such file"))
    assert not is_away(ValueError("a bug"))


@pytest.mark.parametrize(("which", "status"), [("bug", 500), ("database-away", 503)])
def test_the_api_says_it_in_json(client, faulty, which, status):
    answer = client.get(f"/api/fail/{which}/")
    assert answer.status_code == status
    assert answer.json()["reference"] == answer.headers[HEADER]
    assert answer.json()["detail"]
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_the_reference_leads_to_the_line_in_the_log(client, faulty, caplog):
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(Json())
    logging.getLogger().addHandler(handler)
    try:
        answer = client.get("/fail/bug/?q=Smith", headers={HEADER: "balancer-0001"})
    finally:
        logging.getLogger().removeHandler(handler)
    mine = [one for one in map(json.loads, lines) if one.get("request_id") == "balancer-0001"]
    assert answer.headers[HEADER] == "balancer-0001"
    assert any("ValueError" in one.get("exception", "") for one in mine)
    assert any(
        {"route": "fail", "method": "GET", "status": 500}.items() <= one.items() for one in mine
    )
    assert not any("/fail/" in one["message"] for one in mine)
    assert request_reference() == ""
    assert not re.search("Smith|example.org", "".join(lines))


def test_a_reference_that_is_not_sane_is_not_taken_over(client):
    answer = client.get("/about/", headers={HEADER: "<script>alert(1)</script>"})
    assert re.fullmatch(r"[0-9a-z]{4}(-[0-9a-z]{4}){2}", answer.headers[HEADER])
