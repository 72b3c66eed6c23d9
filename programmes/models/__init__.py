"""What the programmes app keeps: fields, constraints, chains of filters, one-row predicates."""

from programmes.models.beside import (
    Attachment,
    CalendarFeed,
    ChangeLineBoard,
    FeedKind,
    ItemBoard,
)
from programmes.models.change import (
    AgreedDates,
    Baseline,
    ChangeLine,
    ChangeLineKind,
    ChangeRequest,
    ChangeState,
)
from programmes.models.cover import Cover
from programmes.models.cycle import Period, PeriodState, Reminder, Return, ReturnState
from programmes.models.dependency import Dependency, DependencyKind
from programmes.models.glossary import GlossaryEntry
from programmes.models.offer import Offer
from programmes.models.organisation import (
    LENT_ROLES,
    Board,
    BoardMember,
    FinanceLead,
    Membership,
    Organisation,
    Place,
    PlaceRole,
    System,
)
from programmes.models.plan import ItemKind, Level, PlanItem, Scheduling
from programmes.models.programme import (
    Leadership,
    LeadershipRole,
    Post,
    Programme,
    ProgrammeKind,
    ProgrammeState,
)
from programmes.models.question import ReturnQuestion
from programmes.models.status import Status
from programmes.models.upload import PlanUpload, PlanUploadPart
from programmes.rules.rag import Rag

__all__ = [
    "LENT_ROLES",
    "AgreedDates",
    "Attachment",
    "Baseline",
    "Board",
    "BoardMember",
    "CalendarFeed",
    "ChangeLine",
    "ChangeLineBoard",
    "ChangeLineKind",
    "ChangeRequest",
    "ChangeState",
    "Cover",
    "Dependency",
    "DependencyKind",
    "FeedKind",
    "FinanceLead",
    "GlossaryEntry",
    "ItemBoard",
    "ItemKind",
    "Leadership",
    "LeadershipRole",
    "Level",
    "Membership",
    "Offer",
    "Organisation",
    "Period",
    "PeriodState",
    "Place",
    "PlaceRole",
    "PlanItem",
    "PlanUpload",
    "PlanUploadPart",
    "Post",
    "Programme",
    "ProgrammeKind",
    "ProgrammeState",
    "Rag",
    "Reminder",
    "Return",
    "ReturnQuestion",
    "ReturnState",
    "Scheduling",
    "Status",
    "System",
]
