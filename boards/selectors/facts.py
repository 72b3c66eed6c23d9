"""Gather what the reports of a period are built from: eleven queries, whatever the plan's size."""

from collections import defaultdict
from dataclasses import replace

from boards.models import Report
from boards.rules.facts import Facts, Programme, Row, Said, Span
from boards.selectors.agreed import Agreed
from boards.selectors.plan_rows import removed_row, row_of
from programmes.models import (
    GlossaryEntry,
    Leadership,
    LeadershipRole,
    Period,
    Place,
    PlanItem,
    Return,
    ReturnState,
    Status,
)
from programmes.models import Programme as ProgrammeRow
from programmes.models.cycle import HANDED_IN_STATES
from programmes.rules.outline import parents
from programmes.rules.rag import Rag
from programmes.selectors import holidays_of


def gather(*, period: Period) -> Facts:
    """The plan as it was agreed at the period's end, and what was said of it up to then (domain section 3).

    What was agreed after, while returns came in or before a report was built, is of the next period; so are its
    statuses.
    """
    place = period.place
    programmes = list(ProgrammeRow.objects.in_place(place).reporting().in_order())
    agreed = Agreed(programmes, place=place)
    said = _said(period=period)
    rows = _rows(programmes, period=period, agreed=agreed, said=said)
    gone = _gone(programmes, period=period, agreed=agreed, said=said)
    return Facts(
        place=place.name,
        place_slug=place.slug,
        period=span_of(period),
        first_issue=is_first_issue(period=period),
        programmes=_programmes(programmes, period=period),
        rows=tuple(rows.values()),
        glossary=glossary_of(place=place),
        holidays=holidays_of(place),
        changes=agreed.changes({**rows, **gone}),
        gone=tuple(gone.values()),
    )


def glossary_of(*, place: Place) -> dict[str, str]:
    return dict(
        GlossaryEntry.objects.filter(place=place)
        .order_by("acronym")
        .values_list("acronym", "expansion")
    )


def is_first_issue(*, period: Period) -> bool:
    """No earlier period of the place has a report."""
    return not Report.objects.filter(
        period__place_id=period.place_id, period__ends_on__lt=period.starts_on
    ).exists()


def span_of(period: Period) -> Span:
    return Span(period.key, period.name, period.starts_on, period.ends_on)


def _programmes(programmes: list[ProgrammeRow], *, period: Period) -> tuple[Programme, ...]:
    posts: dict[tuple[int, str], list[str]] = defaultdict(list)
    duties = Leadership.objects.filter(programme__in=programmes).order_by("order", "pk")
    for programme_id, role, title in duties.values_list("programme_id", "role", "post__title"):
        posts[programme_id, role].append(title)
    states = dict(Return.objects.filter(period=period).values_list("programme_id", "state"))
    codes = {found.pk: found.code for found in programmes}
    return tuple(
        Programme(
            code=found.code,
            name=found.name,
            kind=found.kind,
            state=found.state,
            parent=codes.get(found.parent_id or 0),
            leads=tuple(posts[found.pk, LeadershipRole.LEAD]),
            sros=tuple(posts[found.pk, LeadershipRole.SRO]),
            accountable_officer=next(iter(posts[found.pk, LeadershipRole.ACCOUNTABLE]), None),
            return_state=states.get(found.pk, ReturnState.NOT_STARTED.value),
            handed_in=states.get(found.pk) in HANDED_IN_STATES,
        )
        for found in programmes
    )


def _rows(
    programmes: list[ProgrammeRow], *, period: Period, agreed: Agreed, said: dict[int, list[Said]]
) -> dict[int, Row]:
    """The rows of the plans at the period's end by their key, in the place's order."""
    items: dict[int, list[PlanItem]] = defaultdict(list)
    found = PlanItem.objects.present_on(period.ends_on).filter(programme__in=programmes)
    for item in found.select_related("ticked_in").order_by("position"):
        items[item.programme_id].append(item)
    rows: dict[int, Row] = {}
    for programme in programmes:
        own = items[programme.pk]
        for item, under in zip(own, _headings(own), strict=True):
            of_it = tuple(said.get(item.pk, ()))
            row = row_of(item, programme=programme, place=period.place, under=under)
            then = agreed.as_at(period.ends_on, row=row, item=item.pk)
            if then is None and of_it and of_it[-1].period.key == period.key:
                # Whatever a lead said of it in the period is printed, though it was agreed to since.
                then = replace(row, agreed=agreed.of(item.pk))
            if then is not None:
                rows[item.pk] = replace(then, said=of_it)
    return rows


def _gone(
    programmes: list[ProgrammeRow],
    *,
    period: Period,
    agreed: Agreed,
    said: dict[int, list[Said]],
) -> dict[int, Row]:
    """By their key, the rows that had left the plan of which something was said in the period: it was said all the same."""
    by_key = {found.pk: found for found in programmes}
    found = PlanItem.objects.filter(
        programme__in=programmes, removed_at__date__lte=period.ends_on, statuses__period=period
    )
    rows: dict[int, Row] = {}
    for item in found.select_related("parent", "ticked_in").order_by(
        "programme__order", "position"
    ):
        row = removed_row(item, programme=by_key[item.programme_id], place=period.place)
        rows[item.pk] = replace(row, said=tuple(said.get(item.pk, ())), agreed=agreed.of(item.pk))
    return rows


def _headings(items: list[PlanItem]) -> list[tuple[str, ...]]:
    """For each row of one programme the names of the rows it stands under, outermost first."""
    found: list[tuple[str, ...]] = []
    for parent in parents([item.outline_level for item in items]):
        found.append(() if parent is None else (*found[parent], items[parent].name))
    return found


def _said(*, period: Period) -> dict[int, list[Said]]:
    said: dict[int, list[Said]] = defaultdict(list)
    spans: dict[int, Span] = {}
    statuses = (
        Status.objects.filter(period__place_id=period.place_id, period__ends_on__lte=period.ends_on)
        .select_related("period", "decision_from", "corrects__period")
        .order_by("period__ends_on", "pk")
    )
    for status in statuses:
        span = spans.setdefault(status.period_id, span_of(status.period))
        corrected = status.corrects
        board = status.decision_from
        said[status.item_id].append(
            Said(
                period=span,
                rag=Rag(status.rag) if status.rag else None,
                forecast=status.forecast_finish,
                actual=status.actual_finish,
                percent=status.percent_complete,
                reason=status.reason,
                get_to_green=status.get_to_green,
                board=board.short_name if board else None,
                board_name=board.name if board else "",
                decision=status.decision_needed,
                need_to_know=status.need_to_know,
                note=status.need_to_know_note,
                correction=status.correction_note,
                corrects=span_of(corrected.period) if corrected else None,
            )
        )
    return said
