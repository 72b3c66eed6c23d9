"""Writing programmes, their posts and their leadership from a file: all of it or nothing."""

from dataclasses import dataclass, field

from django.db import transaction

from icp.accounts.models import User
from icp.audit.models import Way
from icp.audit.recording import recorded
from icp.common.tabular import CellError
from programmes.errors import CannotImport
from programmes.importers.programmes import ProgrammeFile, ProgrammeRow
from programmes.models import Leadership, LeadershipRole, Place, Post, Programme
from programmes.services.plan_preview import Change

LABELS = {"name": "name", "kind": "kind", "state": "status", "order": "order"}


@dataclass
class ProgrammePreview:
    """What importing a file would do, by programme code."""

    created: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    @property
    def can_apply(self) -> bool:
        return not self.errors

    @property
    def changes_nothing(self) -> bool:
        return not (self.created or self.changed)


@dataclass
class _Wanted:
    programme: Programme
    row: ProgrammeRow
    changes: list[Change]


def preview_programmes(*, place: Place, file: ProgrammeFile) -> ProgrammePreview:
    """Compare only; writes nothing."""
    return _compare(place=place, file=file)[0]


@transaction.atomic
def import_programmes(*, place: Place, file: ProgrammeFile, by: User | None) -> ProgrammePreview:
    """Write what the file changes: programmes in its order, posts, leads, chairs, accountable officers.

    Programmes that are not in the file are left as they are.

    Raises:
        CannotImport: the file has errors; nothing is written.
    """
    Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    preview, wanted = _compare(place=place, file=file)
    if not preview.can_apply:
        raise CannotImport(f"Nothing was imported: {len(preview.errors)} cells need attention.")
    with recorded(way=Way.IMPORT, by=by):
        for entry in wanted:
            entry.programme.save()
        by_code = {p.code: p for p in Programme.objects.in_place(place)}
        for entry in wanted:
            programme = by_code[entry.row.code]
            programme.parent = by_code.get(entry.row.parent)
            programme.save(update_fields=["parent"])
            _lead(programme, entry.row)
    return preview


def _compare(*, place: Place, file: ProgrammeFile) -> tuple[ProgrammePreview, list[_Wanted]]:
    preview = ProgrammePreview(errors=list(file.errors))
    existing = {
        programme.code: programme
        for programme in Programme.objects.in_place(place)
        .select_related("parent")
        .prefetch_related("leadership__post")
        .in_order()
    }
    in_file = {row.code for row in file.rows}
    preview.left = [code for code in existing if code not in in_file]
    wanted = []
    for order, row in enumerate(file.rows, start=1):
        found = existing.get(row.code)
        programme = found or Programme(place=place, code=row.code)
        changes = _changes(found, row, order) if found else []
        programme.name, programme.kind = row.name, row.kind
        programme.state, programme.order = row.state, order
        if row.says_tolerance:
            programme.tolerance_months = row.tolerance_months
        if found is None:
            preview.created.append(row.code)
        elif changes:
            preview.changed[row.code] = changes
        else:
            preview.unchanged += 1
            continue
        wanted.append(_Wanted(programme, row, changes))
    return preview, wanted


def _months(tolerance: int | None) -> str:
    return "the place's" if tolerance is None else str(tolerance)


def _changes(programme: Programme, row: ProgrammeRow, order: int) -> list[Change]:
    said = {**{name: getattr(row, name, None) for name in LABELS}, "order": order}
    changes = [
        Change(label, str(getattr(programme, name)), str(said[name]))
        for name, label in LABELS.items()
        if getattr(programme, name) != said[name]
    ]
    if row.says_tolerance and programme.tolerance_months != row.tolerance_months:
        before, after = (_months(one) for one in (programme.tolerance_months, row.tolerance_months))
        changes.append(Change("tolerance in months", before, after))
    parent = programme.parent.code if programme.parent else ""
    if parent != row.parent:
        changes.append(Change("parent", parent or "none", row.parent or "none"))
    for role, titles in _duties(row).items():
        held = [
            duty.post.title
            for duty in sorted(programme.leadership.all(), key=lambda duty: duty.order)
            if duty.role == role
        ]
        if held != list(titles):
            changes.append(
                Change(role.label, "; ".join(held) or "none", "; ".join(titles) or "none")
            )
    return changes


def _duties(row: ProgrammeRow) -> dict[LeadershipRole, tuple[str, ...]]:
    return {
        LeadershipRole.LEAD: row.leads,
        LeadershipRole.SRO: row.sros,
        LeadershipRole.ACCOUNTABLE: row.accountable,
    }


def _lead(programme: Programme, row: ProgrammeRow) -> None:
    for role, titles in _duties(row).items():
        Leadership.objects.filter(programme=programme, role=role).exclude(
            post__title__in=titles
        ).delete()
        for order, title in enumerate(titles):
            post, _ = Post.objects.get_or_create(place_id=programme.place_id, title=title)
            Leadership.objects.update_or_create(
                programme=programme, role=role, post=post, defaults={"order": order}
            )
