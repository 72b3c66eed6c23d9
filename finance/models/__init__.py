from finance.models.commentary import Commentary
from finance.models.exposure import (
    FinancialRisk,
    RiskPosition,
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
from finance.models.posting import PostedOnce
from finance.models.report import FinanceReport
from finance.models.rules import FinanceRules
from finance.models.virement import Virement, VirementLine, VirementState

__all__ = [
    "EDITABLE",
    "FIGURES",
    "HANDED_IN",
    "LEDGER",
    "Basis",
    "BudgetLine",
    "Commentary",
    "FinanceMonth",
    "FinanceReport",
    "FinanceRules",
    "FinancialRisk",
    "Fund",
    "MonthException",
    "MonthNotice",
    "MonthState",
    "Phase",
    "Position",
    "PostedOnce",
    "RiskPosition",
    "SavingType",
    "SavingsPosition",
    "SavingsScheme",
    "Side",
    "Submission",
    "SubmissionState",
    "Virement",
    "VirementLine",
    "VirementState",
    "WorkingPaper",
]
