"""Numbers that no page wrote, where a view reads them itself and no form does."""

import pytest
from django.test import Client

from boards import services
from boards.models import Report, ReportState
from tests.access_table import LEAD
from tests.factories import NOW
from tests.house.test_access import clients, place  # noqa: F401
from tests.integration.cycle.conftest import make_world

NUMBERS = ("9" * 5000, "-1", "٣", "1.5", "x")


@pytest.mark.parametrize("version", NUMBERS)
def test_a_version_that_nobody_read_approves_nothing(db, version):
    world = make_world()
    waiting = Report.objects.get(period=world.january, kind="exceptions")
    report = services.build_report(report=waiting, at=NOW)
    # Of the office, and not the one who closed the period.
    client = Client(raise_request_exception=False)
    client.force_login(world.office_too)
    answer = client.post(
        f"/places/{world.place.slug}/reports/{report.period.key}/{report.kind}/do/approve/",
        {"version": version},
        follow=True,
    )
    assert answer.status_code == 200
    assert "Read it again" in answer.text
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


@pytest.mark.parametrize("row", NUMBERS)
def test_a_row_that_is_no_number_is_not_there(place, clients, row):  # noqa: F811
    client = clients[LEAD]
    client.raise_request_exception = False
    update = f"/places/{place.place.slug}/update/{place.programme.code}/"
    for address in (update, f"{update}share/{place.items[0].pk}/"):
        for values in ({"row": row}, {"row": row, "action": "save"}, {"row": [row, row]}):
            assert client.post(address, values).status_code < 500, address


@pytest.mark.parametrize("credential", ["9" * 5000, "[" * 100_000, '{"id": ' + "9" * 5000 + "}"])
def test_a_passkey_of_too_many_digits_is_no_passkey(db, credential):
    client = Client(raise_request_exception=False)
    answer = client.post("/accounts/2fa/passkeys/login/", {"credential": credential})
    assert answer.status_code in (200, 302)
    assert "_auth_user_id" not in client.session
