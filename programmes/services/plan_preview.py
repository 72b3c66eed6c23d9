"""What importing a plan file would do, or did, as people read it before they decide."""

from dataclasses import dataclass, field

from icp.common.tabular import CellError
from programmes.services.plan_conflicts import Conflict


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row: what it says now and what the file says."""

    field: str
    old: str
    new: str


@dataclass
class PlanPreview:
    """What importing a file would do. References are as people quote them: IT 11.

    ``left`` are the rows that the file does not have and that stay, ``removed`` those that go at once because somebody
    asked for that. ``asked`` is not written but asked for by a change request, ``waiting`` what one asks for already, and
    ``requests`` are those that an import drafted. ``conflicts`` are what both the file and somebody in the portal
    changed: the plan's stands unless the file's is asked for. ``left_out`` says what the file holds and a plan
    does not, ``warnings`` what comes in as it is and cannot be right.
    """

    created: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    asked: dict[str, list[Change]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def can_apply(self) -> bool:
        return not self.errors

    @property
    def changes_nothing(self) -> bool:
        return not (self.created or self.changed or self.removed or self.asked)
