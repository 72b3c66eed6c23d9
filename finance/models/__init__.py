from finance.models.agreement import (
    Agreement,
    AgreementClause,
    AgreementDocument,
    AgreementOption,
    AgreementParty,
    ClauseKind,
    Contribution,
    OptionState,
    ShareBand,
    ShareRule,
)
from finance.models.commentary import Commentary
from finance.models.exposure import (
    FinancialRisk,
    RiskPosition,
    RiskRating,
    SavingsPosition,
    SavingsScheme,
    SavingType,
    Side,
)
from finance.models.line import FIGURES, Basis, BudgetLine, Fund, Phase, Position
from finance.models.month import (
    EDITABLE,
    HANDED_IN,
    LEDGER,
    FinanceMonth,
    MonthException,
    MonthState,
    Submission,
    SubmissionState,
)
from finance.models.notice import MonthNotice
from finance.models.paper import WorkingPaper
from finance.models.pooling import (
    ApprovalState,
    CaseApproval,
    CaseContribution,
    Commitment,
    Headroom,
    PoolingCase,
)
from finance.models.posting import PostedOnce
from finance.models.report import FinanceReport
from finance.models.rules import FinanceRules
from finance.models.savings_plan import SavingsPlan
from finance.models.virement import Virement, VirementLine, VirementState

__all__ = [
    "EDITABLE",
    "FIGURES",
    "HANDED_IN",
    "LEDGER",
    "Agreement",
    "AgreementClause",
    "AgreementDocument",
    "AgreementOption",
    "AgreementParty",
    "ApprovalState",
    "Basis",
    "BudgetLine",
    "CaseApproval",
    "CaseContribution",
    "ClauseKind",
    "Commentary",
    "Commitment",
    "Contribution",
    "FinanceMonth",
    "FinanceReport",
    "FinanceRules",
    "FinancialRisk",
    "Fund",
    "Headroom",
    "MonthException",
    "MonthNotice",
    "MonthState",
    "OptionState",
    "Phase",
    "PoolingCase",
    "Position",
    "PostedOnce",
    "RiskPosition",
    "RiskRating",
    "SavingType",
    "SavingsPlan",
    "SavingsPosition",
    "SavingsScheme",
    "ShareBand",
    "ShareRule",
    "Side",
    "Submission",
    "SubmissionState",
    "Virement",
    "VirementLine",
    "VirementState",
    "WorkingPaper",
]
