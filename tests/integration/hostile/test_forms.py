"""Every form of every page, filled with what nobody in good faith would type.

No answer is a fault, nothing is half written, and a refusal says so on the page.
"""

import re
import sys
from collections import Counter
from itertools import cycle, product
from urllib.parse import quote_from_bytes, urljoin

import pytest
from django.db import connection, transaction

from tests import access_table as table
from tests.access_table import ADDRESSES, opener
from tests.house.test_access import clients, path_of, place  # noqa: F401
from tests.integration.hostile.forms_of import Form, forms_of

LONG = b"x" * 1_000_000
HOSTILE = {
    "a megabyte": LONG,
    "a NUL": b"before\x00after",
    "right-to-left marks": "\u202egnitirw\u202c \u200f".encode(),
    "no UTF-8": b"\xff\xfe\xfa caf\xe9",
    "half a character pair": b"\xed\xa0\x80",
    "the year nought": b"0000-01-01",
    "the year 9999": b"31/12/9999",
    "a negative number": b"-99999999999999999999999",
    "a huge number": b"9" * 400,
    # Python itself refuses to read a number of more than 4,300 digits.
    "a number of 5,000 digits": b"9" * 5000,
    "no number": b"1e999",
    "digits of another script": "\u0663\u0664".encode(),
    "a formula": b'=HYPERLINK("http://example.org","x")',
    "a script": b"<script>alert(1)</script>",
    "a template": b"{{ settings.SECRET_KEY }}{% debug %}",
    "a path": b"../../../../etc/passwd",
    "SQL": b"'; DROP TABLE programmes_planitem; --",
    "line ends": b"one\r\nSet-Cookie: a=b\r\n\r\ntwo",
    "nothing": b"",
}
# In every run; the rest in the long version.
SHORT = (
    "a megabyte",
    "a NUL",
    "a number of 5,000 digits",
    "no UTF-8",
    "half a character pair",
    "the year nought",
    "nothing",
)
SAID = re.compile(
    r"There is a problem|icp-next--late|nhsuk-error|role=\"alert\"|nhsuk-notification"
)
# A person's own visit, not what a form writes.
# What every request may note beside its work: that a session is in use.
NOT_COUNTED = {"django_session", "usersessions_usersession", "accounts_signinevent"}


def body_of(values: list[tuple[str, bytes]]) -> bytes:
    return "&".join(
        f"{quote_from_bytes(n.encode())}={quote_from_bytes(v)}" for n, v in values
    ).encode()


def variants(form: Form, value: bytes, *, hidden: bool) -> list[tuple[str, bytes]]:
    """The form with ``value`` in every box (and in what the page itself had put there)."""
    kept = {"csrfmiddlewaretoken"} | (
        set()
        if hidden
        else {
            one.name for one in form.fields if one.kind in ("hidden", "select", "radio", "checkbox")
        }
    )
    sent = [(name, given.encode() if name in kept else value) for name, given in form.values()]
    if hidden:
        names = dict.fromkeys(one.name for one in form.unchecked if one.name)
        sent += [(name, value) for name in names]
    return sent


def everything() -> dict[str, tuple]:
    """How many rows each table has, and a sum over all they say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        )
        names = [name for (name,) in cursor if name not in NOT_COUNTED]
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}', count(*), sum(hashtext(t::text)) FROM \"{name}\" t"
                for name in names
            )
        )
        return {name: (count, said) for name, count, said in cursor}


def pages_with_forms(place, clients, *, whoever: bool):  # noqa: F811
    """Each form that somebody is shown, once: the browser, the address it is sent to, the form.

    Only forms of who opens each page first, or, asking ``whoever`` may, those that others are shown too.
    """
    seen = set()
    for one in ADDRESSES:
        if one.method != "GET" or one.name.startswith(("v1:", "schema", "metrics", "readyz")):
            continue
        for role in table.ROLES if whoever else (opener(one),):
            if role not in one.who:
                continue
            path = path_of(one, place)
            page = clients[role].get(path)
            if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
                continue
            for form in forms_of(page.text):
                if form.shape() not in seen:
                    seen.add(form.shape())
                    yield clients[role], urljoin(path, form.action), form


def tries(form: Form, names, *, all_of_all: bool):
    """Values, whether everywhere, and what is sent: each value with each button, or each once."""
    buttons = form.buttons or [None]
    chosen = product(names, buttons, (False, True))
    if not all_of_all:
        long, short = (names, buttons) if len(names) > len(buttons) else (buttons, names)
        pairs = zip(long, cycle(short), cycle((True, False, True)), strict=False)
        chosen = (
            (one, other, hidden) if long is names else (other, one, hidden)
            for one, other, hidden in pairs
        )
    for title, button, hidden in chosen:
        sent = variants(form, HOSTILE[title], hidden=hidden)
        if button is not None:
            sent.append((button.name, button.value.encode()))
        yield title, hidden, sent


def problem_with(client, address, sent) -> tuple[int, str]:
    """Send it and undo it: the status, and what is wrong with the answer, if anything."""
    # A block of its own, not a bare savepoint: what waits for the commit is forgotten with it, megabytes and all.
    with transaction.atomic():
        found = answer_to(client, address, sent)
        transaction.set_rollback(True)
    return found


def answer_to(client, address, sent) -> tuple[int, str]:
    before = everything()
    answer = client.generic(
        "POST", address, body_of(sent), content_type="application/x-www-form-urlencoded"
    )
    status = answer.status_code
    if status >= 500:
        return status, "a fault"
    if status >= 400:
        # What a lead typed is kept, even where the return cannot be submitted yet.
        if everything() != before and "/update/" not in address:
            return status, "refused, and yet something was written"
        if status == 422 and not SAID.search(answer.text):
            return status, "refused without a word"
    if "<script>alert(1)" in getattr(answer, "text", ""):
        return status, "a script came through"
    if status in (301, 302) and client.get(answer.headers["Location"]).status_code >= 500:
        return status, "a fault on the page that follows"
    return status, ""


def walk(place, clients, names, *, all_of_all: bool) -> Counter:  # noqa: F811
    told, found = Counter(), []
    for client, address, form in pages_with_forms(place, clients, whoever=all_of_all):
        client.raise_request_exception = False
        told["forms"] += 1
        for title, hidden, sent in tries(form, names, all_of_all=all_of_all):
            status, problem = problem_with(client, address, sent)
            told["requests"] += 1
            told[status] += 1
            if problem:
                found.append(
                    f"{address}, {title}{' everywhere' if hidden else ''}: {status}, {problem}"
                )
    assert not found, "\n".join(found[:40])
    return told


def test_no_form_fails_or_writes_half_of_what_it_refuses(place, clients):  # noqa: F811
    told = walk(place, clients, SHORT, all_of_all=False)
    assert told["forms"] > 15
    assert told[422] > 0


@pytest.mark.soak
def test_no_form_fails_for_any_hostile_value(place, clients, capsys):  # noqa: F811
    told = walk(place, clients, tuple(HOSTILE), all_of_all=True)
    with capsys.disabled():
        sys.stdout.write(f"\nForms walked: {dict(told)}\n")
