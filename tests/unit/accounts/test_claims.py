"""What a provider says of somebody, and what is made of it."""

import pytest

from icp.accounts.claims import Claims, counts_as_second_factor, is_proven, read_claims
from icp.accounts.devices import device_words

DOMAINS = frozenset({"partner.example"})


def said(**claims):
    return read_claims({"userinfo": claims})


def test_the_address_is_read_in_lower_case():
    assert said(email=" Lead@Partner.Example ", email_verified=True) == Claims(
        "lead@partner.example", True, False
    )


@pytest.mark.parametrize(
    ("word", "proven"),
    [
        (True, True),
        ("true", True),
        (False, False),
        ("false", False),
        (None, False),
        ("maybe", False),
    ],
)
def test_only_the_providers_yes_proves_an_address(word, proven):
    claims = said(email="lead@elsewhere.example", email_verified=word)
    assert is_proven(claims, domains=DOMAINS) is proven


def test_silence_is_enough_for_a_trusted_domain_but_no_is_not():
    assert is_proven(said(email="lead@partner.example"), domains=DOMAINS)
    no = said(email="lead@partner.example", email_verified=False)
    assert not is_proven(no, domains=DOMAINS)


def test_a_domain_that_only_ends_alike_is_not_trusted():
    assert not is_proven(said(email="x@evilpartner.example"), domains=DOMAINS)
    assert not is_proven(said(email="x@partner.example.evil"), domains=DOMAINS)


def test_without_an_address_nothing_is_proven():
    assert not is_proven(said(email_verified=True), domains=DOMAINS)


@pytest.mark.parametrize("told", [{}, {"id_token": None}, {"id_token": [1], "userinfo": "x"}])
def test_answers_of_another_shape_are_read_as_silence(told):
    assert read_claims(told) == Claims("", None, False)


@pytest.mark.parametrize(
    ("rule", "mfa", "counts"),
    [
        ("portal", True, False),
        ("claim", True, True),
        ("claim", False, False),
        ("provider", False, True),
    ],
)
def test_the_providers_second_factor_counts_by_the_rule(rule, mfa, counts):
    claims = read_claims({"id_token": {"amr": ["pwd", "mfa"] if mfa else ["pwd"]}})
    assert counts_as_second_factor(claims, rule=rule) is counts


def test_a_second_factor_counts_only_from_the_signed_token():
    claims = read_claims({"id_token": {}, "userinfo": {"amr": ["mfa"]}})
    assert not claims.second_factor


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko Firefox/126.0", "Firefox on Linux"),
        ("Mozilla/5.0 (iPad; CPU OS 17_5) CriOS/126.0 Mobile Safari/604.1", "Chrome on an iPad"),
        ("curl/8.5.0", "A program"),
        ("", "Unknown"),
    ],
)
def test_a_browser_is_named_in_plain_words(agent, words):
    assert device_words(agent) == words
