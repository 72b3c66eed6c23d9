"""What never enters a log."""

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icp.common import trace
from icp.operations.logs import Json, Scrubbed
from icp.operations.scrubbing import scrubbed


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("no such person: it.lead@example.org", "no such person: [e-mail]"),
        ("Not Found: /places/x/rows?q=Smith&rag=red", "Not Found: /places/x/rows?[query]"),
        ("password=correct-horse and more", "password=[secret] and more"),
        ("{'password1': 'correct horse', 'name': 1}", "{'password1': [secret], 'name': 1}"),
        ('"api_key": "abc"', '"api_key": [secret]'),
        ("csrfmiddlewaretoken=abc&x=1", "csrfmiddlewaretoken=[secret]&x=1"),
        ("Authorization: Bearer abc.def-123", "Authorization: [secret] [secret]"),
        ("sent Token 0123456789abcdef", "sent Token [secret]"),
        ("to postgres://icp_app:p4ss@host:5432/icp", "to postgres://[secret]@host:5432/icp"),
        ("redis://:p4ss@broker:6379/0", "redis://[secret]@broker:6379/0"),
        (
            "/accounts/invitation/Zk3vQ9-hx7mD4qd8sT2Yw5uPz1aBc6eFg/",
            "/accounts/invitation/[secret]/",
        ),
        (
            "duplicate key\nDETAIL:  Key (email)=(a@b.org) already exists.",
            "duplicate key\nDETAIL: [left out]",
        ),
        (
            "Task x[9b2f7c1e-8f5a-4a57-9a51-2f0f6a1d7c33] received",
            "Task x[9b2f7c1e-8f5a-4a57-9a51-2f0f6a1d7c33] received",
        ),
        ("Is IT 11 late? Yes.", "Is IT 11 late? Yes."),
    ],
)
def test_people_and_secrets_are_left_out_and_the_rest_stays(said, written):
    assert scrubbed(said) == written


@given(
    before=st.text(max_size=30),
    name=st.from_regex(r"[a-z][a-z.]{0,10}[a-z]", fullmatch=True),
    after=st.text(max_size=30),
)
def test_no_address_of_a_person_survives_whatever_stands_round_it(before, name, after):
    assert f"{name}@example.org" not in scrubbed(f"{before} {name}@example.org {after}")


@given(st.text(max_size=200))
def test_scrubbing_takes_any_text(text):
    assert isinstance(scrubbed(text), str)


def record(message: str, *args, **extra) -> logging.LogRecord:
    made = logging.LogRecord("icp.test", logging.INFO, __file__, 1, message, args, None)
    made.__dict__.update(extra)
    return made


def test_a_line_is_one_json_object_with_the_references_and_nothing_a_library_attached():
    trace.begin_request("k3v9-2hx7-m4qd")
    line = Json().format(
        record("Saved for %s", "a@example.org", status=200, request="<GET /?q=Smith>")
    )
    trace.end_request()
    read = json.loads(line)
    assert read["message"] == "Saved for [e-mail]"
    assert (read["request_id"], read["status"], read["level"]) == ("k3v9-2hx7-m4qd", 200, "INFO")
    assert "request" not in read
    assert "\n" not in line


def test_an_exceptions_words_are_scrubbed_too():
    try:
        raise ValueError("password=hunter2 of a@example.org")
    except ValueError:
        made = record("Failed")
        made.exc_info = sys.exc_info()
    for line in (Json().format(made), Scrubbed("%(message)s").format(made)):
        assert "ValueError" in line
        assert "hunter2" not in line
        assert "a@example.org" not in line


@pytest.mark.parametrize(
    "given", ["k3v9-2hx7-m4qd", "0" * 64, "9b2f7c1e-8f5a-4a57-9a51-2f0f6a1d7c33"]
)
def test_a_sane_reference_from_outside_is_kept(given):
    assert trace.reference_from(given) == given


@pytest.mark.parametrize(
    "given", [None, "", "short", "x" * 65, "a@example.org", "<b>bold</b>", "12345678\n", "ä" * 10]
)
def test_any_other_is_replaced_by_one_that_can_be_read_out(given):
    made = trace.reference_from(given)
    assert made != given
    assert trace.SANE.fullmatch(made)
    assert not set(made) & set("01ilou")
