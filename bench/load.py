"""Fill one database: the demonstration with its plan so many times over, January closed, its reports waiting.

python -m bench.load 10
"""

import sys
import tempfile
from pathlib import Path

import django


def main(times: int) -> None:
    from bench.plan import write_data
    from boards.demo.changes import make_change_requests
    from boards.demo.loading import load_the_money, load_until_the_close

    with tempfile.TemporaryDirectory() as folder:
        january, people = load_until_the_close(data=write_data(Path(folder), times=times))
    make_change_requests(
        january.place, lead=people["IT Enabler Lead"], office=people["IC Programme Director"]
    )
    load_the_money(january.place, people)
    keep_a_working_paper(people["CCG Finance Lead"])
    say_something(january.place, people["IT Enabler Lead"])
    hang_on_a_row(january.place, people["IT Enabler Lead"])
    send_a_message()
    upload_a_plan(january.place, people["IC Programme Manager"])
    invite_somebody()
    ask_somebody_in()
    make_a_calendar()
    bring_a_return_back(january.place, people["IT Enabler Lead"])
    let_somebody_cover(january.place, people["IC Programme Director"], people["ICB Member"])


def say_something(place, by) -> None:
    """A status of IT 11 in February, for the pages that begin with one."""
    from icp.common import clock
    from programmes import selectors, services
    from programmes.models import PlanItem

    services.record_status(
        item=PlanItem.objects.get(programme__place=place, programme__code="IT", plan_id="11"),
        period=selectors.period_to_report(place=place),
        by=by,
        at=clock.now(),
        expected_version=0,
        values={
            "rag": "red",
            "reason": "Waits for a release.",
            "get_to_green": "Ask for it early.",
        },
    )


def hang_on_a_row(place, by) -> None:
    """What IT 11 waits for and a file attached to it, for the pages that begin with one."""
    from icp.common import clock
    from programmes.models import PlanItem
    from programmes.services.attachments import attach
    from programmes.services.dependencies import add_dependency
    from risks.models import Risk, RiskUpload
    from risks.services import attach_file

    rows = PlanItem.objects.select_related("programme").filter(
        programme__place=place, programme__code="IT"
    )
    item = rows.get(plan_id="11")
    add_dependency(item=item, values={"outside": "A release of the supplier"}, by=by)
    risk = Risk.objects.get(place=place, ref="PC1")
    RiskUpload.objects.create(
        place=place,
        filename="register.csv",
        data=b"title\nAnother\n",
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    attach_file(risk=risk, name="notes.txt", content=b"Notes.", by=by, at=clock.now())
    attach(item=item, name="notes.txt", content=b"Notes.", by=by, at=clock.now())


def keep_a_working_paper(by) -> None:
    """A file attached to the first line of the money, for the pages that begin with one."""
    from finance.models import BudgetLine
    from finance.services.papers import attach_paper
    from icp.common import clock

    line = BudgetLine.objects.order_by("pk").first()
    attach_paper(line=line, name="notes.txt", content=b"Notes.", by=by, at=clock.now())


def send_a_message() -> None:
    """One message, for the demonstration's page of sent mail."""
    from django.core.mail import send_mail

    send_mail("A reminder", "The return is due.", None, ["lead@example.org"])


def let_somebody_cover(place, person, deputy) -> None:
    """A cover in force, for the page of covers and for what every page says of it."""
    from datetime import timedelta

    from icp.common import clock
    from programmes.services.cover import set_cover

    today = clock.today()
    set_cover(
        place=place,
        person=person,
        deputy=deputy,
        starts_on=today,
        ends_on=today + timedelta(days=7),
        reason="",
        by=person,
        at=clock.now(),
        today=today,
    )


def upload_a_plan(place, by) -> None:
    """The demonstration's own plan but for its last row, waiting for a decision: a file of the same length at each
    size, and rows that it leaves out at each.
    """
    from boards.demo.loading import DATA
    from icp.common import clock
    from programmes.services import uploads

    uploads.store_upload(
        place=place,
        kind="plan",
        filename="plan.csv",
        data=b"".join((DATA / "plan.csv").read_bytes().splitlines(keepends=True)[:-1]),
        by=by,
        at=clock.now(),
    )


def bring_a_return_back(place, by) -> None:
    """A return of IT in February, filled in offline and not yet saved."""
    from icp.common import clock
    from icp.common.tabular import write_csv
    from programmes import selectors
    from programmes.exporters.return_file import HEADINGS
    from programmes.models import PlanUpload, Programme

    PlanUpload.objects.create(
        place=place,
        kind=PlanUpload.Kind.RETURN,
        programme=Programme.objects.get(place=place, code="IT"),
        period=selectors.period_to_report(place=place),
        filename="return.csv",
        data=b"".join(write_csv(HEADINGS, [])),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )


def invite_somebody() -> None:
    """An invitation whose link is known, since only a hash of a real one is kept."""
    from bench.addresses import INVITED
    from icp.accounts import services
    from icp.accounts.models import Invitation, User
    from icp.accounts.tokens import hash_of
    from icp.common import clock

    person = User.objects.create_user("invited@example.org", name="Somebody Invited")
    made = services.invite(user=person, scope="bench", host="The bench", by=None, at=clock.now())
    Invitation.objects.filter(pk=made.invitation.pk).update(token_hash=hash_of(INVITED))


def ask_somebody_in() -> None:
    """A place beside the demonstration's, which asks its office to take something on there too."""
    from bench.addresses import INVITING
    from boards.demo.loading import MANAGER, SLUG
    from icp.accounts.models import User
    from icp.common import clock
    from programmes.models import Place, PlaceRole
    from programmes.services.inviting import invite_person
    from programmes.services.offers import Holding

    system = Place.objects.get(slug=SLUG).system
    place = Place.objects.create(system=system, name="The place next door", slug=INVITING)
    invite_person(
        place=place,
        email=User.objects.get(name=MANAGER).email,
        name=MANAGER,
        holding=Holding(roles=(PlaceRole.OFFICE,)),
        by=None,
        at=clock.now(),
    )


def make_a_calendar() -> None:
    """A calendar whose address is known, for the same reason."""
    from bench.addresses import CALENDAR
    from boards.demo.loading import MANAGER, SLUG
    from icp.accounts.models import User
    from icp.accounts.tokens import hash_of
    from programmes.models import CalendarFeed, Place

    CalendarFeed.objects.create(
        user=User.objects.get(name=MANAGER),
        place=Place.objects.get(slug=SLUG),
        kind="mine",
        token_hash=hash_of(CALENDAR),
    )


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
