"""Every address of the access table, asked by somebody who may: what its answer carries and must not hold."""

from html.parser import HTMLParser

from django.conf import settings
from django.test import Client

from tests.access_table import ADDRESSES, EVERYBODY, OFFICE, opener
from tests.house.test_access import path_of

POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
NEVER_SENT = ("access-control-allow-origin", "server", "x-powered-by")
# allauth's own pages that stand without a key in their address.
ACCOUNT = ("login", "logout", "password/reset", "password/reset/done", "password/change")


class Inline(HTMLParser):
    """What the policy would refuse, and what another site could be reached by."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("style", "base", "object", "embed", "applet", "iframe"):
            self.found.append(f"<{tag}>")
        if tag == "script" and not given.get("src"):
            self.found.append("<script> without src")
        for name, value in attrs:
            words = (value or "").strip().lower()
            if name == "style" or name.startswith("on"):
                self.found.append(f"{name}= on <{tag}>")
            if name in ("href", "src", "action", "formaction"):
                if words.startswith(("javascript:", "vbscript:", "data:text")):
                    self.found.append(f"{name}={words[:30]} on <{tag}>")
                if name != "href" and words.startswith(("http:", "https:", "//")):
                    self.found.append(f"{name}={words[:60]} of another host on <{tag}>")


def inline_in(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    return parser.found


def answers(place, clients):
    for one in ADDRESSES:
        if one.method == "GET" and (role := opener(one)):
            yield one, clients[role].get(path_of(one, place))
    for name in ACCOUNT:
        yield None, clients[OFFICE].get(f"/accounts/{name}/")
        yield None, Client().get(f"/accounts/{name}/")


def body_of(answer) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


def problems_of(answer) -> list[str]:
    """What is wrong with one answer."""
    headers = answer.headers
    found = [f"{name} is sent" for name in NEVER_SENT if name in headers]
    if {part.strip() for part in headers["Content-Security-Policy"].split(";")} != POLICY:
        found.append(f"policy {headers['Content-Security-Policy']}")
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):
        if headers.get(name) != value:
            found.append(f"{name}: {headers.get(name)}")
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        found.append(f"no charset in {kind}")
    if kind.startswith("text/html"):
        found += inline_in(body_of(answer))
    return found


def kept_by_a_cache(one, answer) -> list[str]:
    """What is answered to whoever is signed in is kept by none, and no file is."""
    held = answer.headers.get("Cache-Control", "")
    open_to_all = (one is None or one.who == EVERYBODY) and not is_file(one, answer)
    return [] if open_to_all or "no-store" in held else [f"may be kept: {held}"]


def is_file(one, answer) -> bool:
    shown = answer.headers.get("Content-Type", "").startswith(("text/html", "application/json"))
    told = one is None or one.name in ("healthz", "metrics", "schema")
    return not (shown or told) and answer.status_code == 200


def shown_as_a_page(answer) -> list[str]:
    """A file is handed out to be saved."""
    how = answer.headers.get("Content-Disposition", "")
    return [] if how.startswith("attachment; filename=") else [f"handed out as {how!r}"]


def test_every_page_has_the_strict_policy_and_every_file_is_handed_out_to_be_saved(place, clients):
    wrong, files = [], 0
    for one, answer in answers(place, clients):
        found = problems_of(answer) + kept_by_a_cache(one, answer)
        if is_file(one, answer):
            files += 1
            found += shown_as_a_page(answer)
        wrong += [f"{answer.request['PATH_INFO']}: {problem}" for problem in found]
    assert not wrong, "\n".join(wrong)
    assert files > 12


def test_the_walk_would_notice_what_the_policy_refuses():
    page = (
        "<script>1</script><p style='x' onclick='y'><a href=' JavaScript:z'><base href='//evil'>"
        "<form action='https://evil'><img src='//evil/x.png'>"
    )
    assert len(inline_in(page)) == 7


def test_a_token_and_a_refusal_are_kept_by_no_cache_either(place, clients):
    by_token = Client().get("/api/v1/places/", headers={"Authorization": "Token wrong"})
    refused = clients[OFFICE].get("/no-such-page/")
    for answer in (by_token, refused):
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_no_page_answers_to_a_method_that_it_does_not_take(place, clients):
    taken = {(one.name, one.method) for one in ADDRESSES}
    wrong = []
    for one in filter(opener, ADDRESSES):
        for method in ("TRACE", "DELETE", "PUT", "PROPFIND"):
            if (one.name, method) in taken or one.name == "v1:token":
                continue
            answer = clients[opener(one)].generic(method, path_of(one, place))
            if answer.status_code not in (403, 404, 405):
                wrong.append(f"{method} {one.name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(place, clients):
    from tests.factories import PASSWORD

    client = Client()
    client.post("/accounts/login/", {"login": place.office.email, "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
