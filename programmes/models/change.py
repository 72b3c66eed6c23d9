"""Change control: what was agreed when, and what is asked to be agreed (domain sections 2 and 3)."""

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from icp.audit.tracking import tracked
from icp.common.clock import DatabaseNow
from icp.common.triggers import refusing_every_change
from programmes.models.organisation import Place
from programmes.models.plan import ItemKind, Level, PlanItem, Scheduling
from programmes.models.programme import PLACE_OF_PROGRAMME, Post, Programme


class ChangeState(models.TextChoices):
    """Where a change request stands. The two sides agree in either order; the last four are its ends."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    PROGRAMME_AGREED = "programme agreed", "Agreed by the programme"
    OFFICE_AGREED = "office agreed", "Agreed by the programme office"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


# It may still come to be agreed.
STANDING_STATES = (
    ChangeState.DRAFT,
    ChangeState.PROPOSED,
    ChangeState.PROGRAMME_AGREED,
    ChangeState.OFFICE_AGREED,
)
# It came to an end, and nothing of it changes any more.
ENDED_STATES = (
    ChangeState.AGREED,
    ChangeState.REFUSED,
    ChangeState.WITHDRAWN,
    ChangeState.EXPIRED,
)
# Somebody is waited for.
WAITING_STATES = STANDING_STATES[1:]
PROGRAMME_SAID_YES = (ChangeState.PROGRAMME_AGREED, ChangeState.AGREED)
OFFICE_SAID_YES = (ChangeState.OFFICE_AGREED, ChangeState.AGREED)


class ChangeLineKind(models.TextChoices):
    """What needs to be agreed: a row comes, goes, comes back, or gets other agreed dates."""

    ADD = "add", "New row"
    REMOVE = "remove", "Row removed"
    RESTORE = "restore", "Row restored"
    REDATE = "re-date", "Other agreed dates"


REFUSE_WHEN_ENDED = """
    IF EXISTS (
        SELECT 1 FROM programmes_changerequest
        WHERE id = {request} AND state IN ('agreed', 'refused', 'withdrawn', 'expired')
    ) THEN
        RAISE EXCEPTION 'The change request has ended: what it asked for never changes.'
            USING ERRCODE = 'restrict_violation';
    END IF;
"""


def ended_with_the_request(request: str = "{row}.request_id") -> list[pgtrigger.Trigger]:
    """Triggers that refuse any change to rows of a change request that has ended, whoever asks.

    ``request`` is the SQL that finds the key of the request that ``{row}`` belongs to.
    """
    return refusing_every_change(REFUSE_WHEN_ENDED.replace("{request}", request))


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def standing(self) -> Self:
        return self.filter(state__in=STANDING_STATES)

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING_STATES)

    def newest_first(self) -> Self:
        return self.order_by("-number", "-pk")


@tracked(
    place=PLACE_OF_PROGRAMME,
    programme="r.programme_id",
    about=["'programmes.programme:' || r.programme_id"],
    reason="r.why",
    quiet=["version", "touched_at"],
)
class ChangeRequest(models.Model):
    """A request to add, remove or re-date rows of one programme; agreed by two different people.

    ``number`` counts within the place: people quote CR 12. ``touched_at`` is when somebody last did
    anything with it: what nobody touches expires.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="change_requests"
    )
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="change_requests")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    effect_on_rows = models.TextField(blank=True)
    effect_on_risks = models.TextField(blank=True)
    effect_on_money = models.TextField(blank=True)
    effect_on_outcomes = models.TextField(blank=True)
    consulted = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=ChangeState, default=ChangeState.DRAFT)
    # Nobody where the server's own command imported a plan.
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(db_default=DatabaseNow())
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    programme_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    programme_agreed_at = models.DateTimeField(null=True, blank=True)
    office_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    office_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="refused or withdrawn by",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    touched_at = models.DateTimeField(db_default=DatabaseNow())

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "number"], name="change_number_once_a_place"),
            models.CheckConstraint(
                condition=Q(state__in=ChangeState.values), name="change_state_known"
            ),
            # Two different people (domain section 3): the database too refuses one person twice.
            models.CheckConstraint(
                condition=Q(programme_agreed_by__isnull=True)
                | Q(office_agreed_by__isnull=True)
                | ~Q(programme_agreed_by=F("office_agreed_by")),
                name="change_agreed_by_two",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(state__in=PROGRAMME_SAID_YES)
                    | Q(programme_agreed_by__isnull=False, programme_agreed_at__isnull=False)
                )
                & (
                    ~Q(state__in=OFFICE_SAID_YES)
                    | Q(office_agreed_by__isnull=False, office_agreed_at__isnull=False)
                ),
                name="change_agreed_by_someone_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.DRAFT)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False)
                | Q(state__in=[ChangeState.WITHDRAWN, ChangeState.EXPIRED]),
                name="change_proposed_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ChangeState.REFUSED, ChangeState.WITHDRAWN])
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="change_ended_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.REFUSED) | ~Q(ended_because=""),
                name="change_refused_because",
            ),
        ]
        indexes: ClassVar = [models.Index("programme", "state", name="change_by_state")]
        triggers: ClassVar = [
            # As it was when it ended: the very update that ends it finds it standing, and passes.
            pgtrigger.Trigger(
                name="ended_request_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=list(ENDED_STATES)),
                func="""
                    RAISE EXCEPTION 'The change request has ended: it never changes.'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    @property
    def reference(self) -> str:
        """What people quote: CR 12."""
        return f"CR {self.number}"


@tracked(
    place="(SELECT place_id FROM programmes_changerequest WHERE id = r.request_id)",
    programme="(SELECT programme_id FROM programmes_changerequest WHERE id = r.request_id)",
    about=[
        "'programmes.changerequest:' || r.request_id",
        "'programmes.planitem:' || r.item_id",
    ],
)
class ChangeLine(models.Model):
    """What one request does to one row.

    ``old_*`` are the dates that were agreed when the line was written; a row that was re-agreed since
    must be looked at again. A new row has no ``item`` until the request is agreed: ``plan_id``, ``name``,
    ``kind``, ``parent`` and ``after`` (the row that it follows; None for the first under its heading) say
    what it will be, as do the fields from ``owner`` on and the boards that it ``goes_to``; what is empty is the
    usual. Under a heading that is new itself it names that one's number, ``new_parent``.
    """

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=8, choices=ChangeLineKind)
    item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="change_lines"
    )
    start = models.DateField(null=True, blank=True)
    start_tbc = models.BooleanField(default=False)
    finish = models.DateField(null=True, blank=True)
    finish_tbc = models.BooleanField(default=False)
    old_start = models.DateField(null=True, blank=True)
    old_finish = models.DateField(null=True, blank=True)
    plan_id = models.CharField("number", max_length=20, blank=True)
    name = models.CharField(max_length=500, blank=True)
    item_kind = models.CharField(max_length=10, choices=ItemKind, blank=True)
    declared_duration = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    after = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    new_parent = models.CharField("number of the new heading above", max_length=20, blank=True)
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tbc_from = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tbc_by = models.DateField(null=True, blank=True)
    is_placeholder = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    level = models.CharField(max_length=10, choices=Level, blank=True)
    scheduling = models.CharField(max_length=10, choices=Scheduling, blank=True)
    split_from = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "item"], name="row_once_a_request"),
            models.UniqueConstraint(
                fields=["request", "plan_id"],
                condition=~Q(plan_id=""),
                name="new_number_once_a_request",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ChangeLineKind.values), name="change_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeLineKind.ADD, item_kind__in=ItemKind.values) & ~Q(name="")
                | ~Q(kind=ChangeLineKind.ADD) & Q(item__isnull=False),
                name="change_line_names_its_row",
            ),
            models.CheckConstraint(
                condition=(Q(start__isnull=True) | Q(start_tbc=False))
                & (Q(finish__isnull=True) | Q(finish_tbc=False)),
                name="change_line_given_or_tbc",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True)
                | Q(finish__isnull=True)
                | Q(start__lte=F("finish")),
                name="change_line_starts_first",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values]), name="change_line_level_known"
            ),
        ]
        triggers: ClassVar = ended_with_the_request()

    def __str__(self) -> str:
        return f"{self.request}: {self.get_kind_display()}"


class Baseline(models.Model):
    """A set of agreed dates of one programme: its first plan is number 1, each agreed request the next.

    ``agreed_at`` is by the portal's clock, the same moment that the rows' histories have. It is written
    once and stands: the next agreement is another baseline.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="baselines")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    request = models.OneToOneField(
        ChangeRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="baseline"
    )
    agreed_at = models.DateTimeField(db_default=DatabaseNow())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="baseline_number_once_a_programme"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="baseline_counts_from_one"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="baseline_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.code} baseline {self.number}: {self.name}"


class AgreedDates(models.Model):
    """What one baseline agreed of one row. A row without an entry in a baseline keeps its entry before.

    The first entry of a row is its first baseline: slip in total is measured from there.
    """

    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="entries")
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="agreed")
    start = models.DateField(null=True, blank=True)
    finish = models.DateField(null=True, blank=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "baseline"], name="agreed_once_a_baseline"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="agreed_stands", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.finish or 'no finish'} ({self.baseline})"
