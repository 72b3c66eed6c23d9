"""The e-mails of the registers, in words. Each goes through the outbox, once per key."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from icp.accounts.models import User
from icp.common.outbox import queue_mail
from icp.common.words import british_date
from programmes.models import LeadershipRole, Post
from programmes.notices import accountable_officers, address_of, holders
from programmes.notices_of_changes import office_of
from risks.models import Escalation, Ground, Risk


def tell_escalated(found: Escalation, *, by: User | None, at: datetime) -> None:
    """To owner, SRO and office: it is before the boards, and why. Of a register of the whole the accountable officers of
    the place's programmes stand for the SRO; where nobody does, the office is told so.
    """
    _tell(
        found,
        key="escalated",
        subject="goes to the boards",
        said=f"{_why(found)}\n\nIt stands in the register of escalated risks, and is listed for the next board.",
        by=by,
        at=at,
    )


def tell_proposed(found: Escalation, *, by: User | None, at: datetime) -> None:
    """To owner, SRO and office: the score fell, and somebody decides."""
    now = found.risk.current
    fell = "It has no score now" if now is None else f"Its score has fallen to {now}"
    _tell(
        found,
        key=f"proposed:{at.timestamp()}",
        subject="could come back from the boards",
        said=f"{fell}. It stays before the boards until {_who_decides(found.risk)} decides.",
        by=by,
        at=at,
    )


def tell_deescalated(found: Escalation, *, by: User, at: datetime) -> None:
    _tell(
        found,
        key="ended",
        subject="no longer goes to the boards",
        said=f"{by.name} decided so: {found.ended_because}",
        by=by,
        at=at,
    )


def review_keys(risk: Risk) -> dict[str, User]:
    """Who is to be reminded of the risk's next review, by the key of the message that does it."""
    return {
        f"risk:{risk.pk}:review:{risk.review_on}:{person.pk}": person
        for person in _holding([risk.owner, risk.delegate])
    }


def remind_of_review(risk: Risk) -> None:
    """To owner and delegate: the review is due."""
    assert risk.review_on is not None
    link = address_of("risk", place=risk.place.slug, ref=risk.ref)
    for key, person in review_keys(risk).items():
        queue_mail(
            key=key,
            to=person.email,
            subject=f"{risk.ref}: review due {british_date(risk.review_on)}",
            body=(
                f"{risk} is due for review on {british_date(risk.review_on)}.\n\n"
                f"Score it again, or say that nothing changed in one press:\n{link}\n"
            ),
        )


def _why(found: Escalation) -> str:
    if found.ground == Ground.BOARD:
        return f"{found.board} asked to see it." + (f" {found.because}" if found.because else "")
    if found.ground == Ground.NEED_TO_KNOW:
        return f"The boards need to know: {found.because}"
    return found.because


def _tell(
    found: Escalation, *, key: str, subject: str, said: str, by: User | None, at: datetime
) -> None:
    risk = found.risk
    link = address_of("risk", place=risk.place.slug, ref=risk.ref)
    who = f"\n\nSaved by {by.name}." if by else ""
    on = timezone.localdate(at)
    answering, office = _answering(risk, on=on), office_of(risk.place, on=on)
    untold = "" if answering else f"\n\n{_nobody_answers(risk)}"
    everyone = [*_holding([risk.owner]), *answering, *office]
    for person in {one.pk: one for one in everyone}.values():
        queue_mail(
            key=f"risk:{found.pk}:{key}:{person.pk}",
            to=person.email,
            subject=f"{risk.ref} {subject}: {risk.title}",
            body=f"{risk}\n\n{said}{untold if person in office else ''}{who}\n\n{link}\n",
        )


def _answering(risk: Risk, *, on: date) -> list[User]:
    """Who answers for its register: the SROs of its programme, or for that of the whole the accountable officers."""
    programme = risk.register.programme
    if programme is None:
        return accountable_officers(risk.place, on=on)
    return holders(programme, LeadershipRole.SRO, on=on)


def _nobody_answers(risk: Risk) -> str:
    programme = risk.register.programme
    post = (
        f"SRO or chair of {programme.name}" if programme else "accountable officer of a programme"
    )
    return f"Nobody with an account is named as {post}: please tell whoever answers for it."


def _who_decides(risk: Risk) -> str:
    return "the SRO or the programme office" if risk.register.programme else "the programme office"


def _holding(posts: Iterable[Post | None]) -> list[User]:
    people = [post.holder for post in posts if post and post.holder and post.holder.is_active]
    return list({person.pk: person for person in people}.values())
