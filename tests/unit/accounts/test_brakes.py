"""What is counted as what, and limits from the environment."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from icp.accounts.brakes import MAILS, Kind, kind_of
from icp.settings.limits import A_MINUTE, limits_from
from tests.access_table import ADDRESSES

MANY_PEOPLE_AT_NINE = (
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "openid_connect_login",
)


def kind(route, method="GET", *, asked=False, brings_file=False):
    return kind_of(route=route, method=method, asked=asked, brings_file=brings_file)


@pytest.mark.parametrize(
    ("route", "asked", "expected"),
    [
        ("rows-download", True, Kind.DOWNLOADS),
        ("report-file", False, Kind.DOWNLOADS),
        ("import-template-plan-xlsx", False, Kind.DOWNLOADS),
        ("rows", True, Kind.SEARCHES),
        ("find", True, Kind.SEARCHES),
        ("rows", False, None),
        ("place", False, None),
    ],
)
def test_files_and_searches_are_told_from_pages(route, asked, expected):
    assert kind(route, asked=asked) == expected


def test_what_is_sent_counts_as_an_upload_or_as_building_reports_or_as_mail_or_not_at_all():
    assert kind("import", "POST", brings_file=True) == Kind.UPLOADS
    assert kind("period", "POST") == Kind.REPORTS
    assert kind("report-narrative", "POST") == Kind.REPORTS
    assert kind("update-offline-mail", "POST") == Kind.MAILS
    assert kind("covers") is None
    assert kind("update", "POST", asked=True) is None


@pytest.mark.parametrize("route", MANY_PEOPLE_AT_NINE)
def test_the_door_has_its_own_count(route):
    assert kind(route, asked=True) is None
    assert kind(route, "POST") is None


def test_what_is_counted_as_mail_is_there():
    assert {one.name for one in ADDRESSES} >= MAILS


def test_every_address_that_hands_out_a_file_of_the_place_is_counted():
    files = [one.name for one in ADDRESSES if re.search(r"as (a|PDF)|bad cells", one.what)]
    uncounted = {name for name in files if kind(name) is not Kind.DOWNLOADS}
    assert len(files) > 12
    assert uncounted == {"mfa_download_recovery_codes"}


@given(st.text(), st.sampled_from(["GET", "HEAD", "POST"]), st.booleans(), st.booleans())
def test_any_name_is_one_kind_or_none_and_never_the_apis(route, method, asked, brings_file):
    found = kind(route, method, asked=asked, brings_file=brings_file)
    assert found in set(Kind) - {Kind.API} | {None}
    if method == "POST":
        assert (found is Kind.UPLOADS) == brings_file


def test_there_is_a_limit_for_each_kind():
    assert set(A_MINUTE) == set(Kind)
    assert limits_from("") == A_MINUTE


def test_limits_are_set_by_name_and_the_others_stay():
    assert limits_from(" downloads=5, api = 1200 ,") == {**A_MINUTE, "downloads": 5, "api": 1200}
    assert limits_from("searches=0")["searches"] == 0


@pytest.mark.parametrize("text", ["download=5", "api", "api=", "api=-1", "api=1.5", "api=٣", "=5"])
def test_a_limit_that_cannot_be_read_is_refused_by_name(text):
    with pytest.raises(ImproperlyConfigured, match="There are downloads, uploads"):
        limits_from(text)
