"""Where a request leads, what it may be made of, and from where it may come."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from tests.access_table import LEAD, OFFICE
from tests.factories import PASSWORD, UserFactory

EVIL = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTP://testserver@evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/%09/evil.example",
    "\t//evil.example",
    "//evil.example/\r\nSet-Cookie: a=b",
)


def leads_away(location: str) -> bool:
    """Whether a browser that is told to go there leaves the portal: it takes \\ for / and overlooks tabs."""
    read = location.replace("\\", "/").replace("\t", "").strip()
    return urlsplit(urljoin("http://testserver/accounts/", read))[:2] != ("http", "testserver")


def test_the_check_of_addresses_knows_a_foreign_one():
    foreign = [address for address in EVIL if leads_away(address)]
    assert len(foreign) > 9
    assert not leads_away("/places/")


@pytest.mark.parametrize("address", EVIL)
def test_signing_in_and_out_leads_nowhere_but_to_the_portal(db, address):
    person = UserFactory()
    client = Client()
    answer = client.post(
        "/accounts/login/", {"login": person.email, "password": PASSWORD, "next": address}
    )
    assert answer.status_code == 302
    assert not leads_away(answer.headers["Location"])
    out = client.post("/accounts/logout/", {"next": address})
    assert out.status_code == 302
    assert not leads_away(out.headers["Location"])


def test_no_page_leads_to_where_its_address_says(place, clients):
    paths = ("/accounts/login/", "/accounts/password/reset/", "/demo/clock/", "/find/")
    for path in paths:
        for address in EVIL:
            page = clients[OFFICE].get(path, {"next": address, "q": address})
            if page.status_code == 302:
                assert not leads_away(page.headers["Location"]), address
                continue
            text = page.content.decode()
            assert f'href="{address.strip()}' not in text, address
            assert 'action="//' not in text, address
            assert 'href="javascript:' not in text, address


def test_a_form_of_another_site_changes_nothing(place):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(place.office)
    for address in (f"/places/{place.place.slug}/glossary/", "/accounts/logout/"):
        answer = strict.post(address, {"acronym": "CSR", "expansion": "From elsewhere"})
        assert answer.status_code in (403, 404)
    assert strict.get("/").status_code in (200, 302)


def test_the_api_reads_json_and_nothing_that_calls_itself_otherwise(place, clients):
    body = f'{{"item": {place.items[2].pk}, "rag": "green"}}'
    for kind in (
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
    ):
        answer = clients[LEAD].generic("POST", "/api/v1/statuses/", body, content_type=kind)
        assert answer.status_code in (400, 415), kind
        assert answer.headers["Content-Type"] == "application/json", kind
        assert not place.items[2].statuses.exists(), kind


def test_the_api_asks_a_browser_for_the_forms_safety_mark(place):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(place.lead)
    answer = strict.post(
        "/api/v1/statuses/",
        {"item": place.items[2].pk, "rag": "green"},
        content_type="application/json",
    )
    assert answer.status_code == 403
    assert not place.items[2].statuses.exists()


def test_no_other_site_may_read_an_answer(place, clients):
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    for method in ("get", "options"):
        answer = getattr(clients[OFFICE], method)("/api/v1/places/", headers=asked)
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_a_field_that_is_not_ones_own_to_set_is_refused(place, clients):
    answer = clients[LEAD].post(
        "/api/v1/statuses/",
        {"item": place.items[2].pk, "rag": "green", "updated_by": place.office.pk, "version": 9},
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert {"updated_by", "version"} <= set(answer.json()["errors"])


def test_a_sign_in_that_fails_tells_nobody_who_has_an_account(db):
    person = UserFactory()
    said = [
        Client().post("/accounts/login/", {"login": address, "password": "wrong-horse-battery"})
        for address in (person.email, "nobody@example.org")
    ]
    assert said[0].status_code == said[1].status_code
    pages = [
        answer.content.decode().replace(person.email, "").replace("nobody@example.org", "")
        for answer in said
    ]
    assert pages[0].count("error") == pages[1].count("error")
    resets = [
        Client().post("/accounts/password/reset/", {"email": address})
        for address in (person.email, "nobody@example.org")
    ]
    assert resets[0].headers["Location"] == resets[1].headers["Location"]


def test_a_name_that_is_markup_is_shown_as_text(place, clients):
    place.place.name = "<script src=//evil.example></script><img src=x onerror=alert(1)>"
    place.place.save()
    page = clients[OFFICE].get(f"/places/{place.place.slug}/").content.decode()
    assert "<script src=//evil" not in page
    assert "<img src=x" not in page
    assert "&lt;script src=//evil.example&gt;" in page
