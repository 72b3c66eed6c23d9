from risks.models.escalation import Escalation, Ground
from risks.models.report import RiskReport, RiskReportKind, RiskReportState
from risks.models.risk import (
    ClosedTime,
    FormerReference,
    Proximity,
    Register,
    Risk,
    RiskKind,
    RiskState,
)
from risks.models.score import Residual, Score, Which
from risks.models.settings import RiskCategory, RiskRules
from risks.models.treatment import Control, ControlLine, Link, Mitigation, RiskFile
from risks.models.upload import RiskUpload

__all__ = [
    "ClosedTime",
    "Control",
    "ControlLine",
    "Escalation",
    "FormerReference",
    "Ground",
    "Link",
    "Mitigation",
    "Proximity",
    "Register",
    "Residual",
    "Risk",
    "RiskCategory",
    "RiskFile",
    "RiskKind",
    "RiskReport",
    "RiskReportKind",
    "RiskReportState",
    "RiskRules",
    "RiskState",
    "RiskUpload",
    "Score",
    "Which",
]
