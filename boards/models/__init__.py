"""What the boards app keeps."""

from boards.models.report import Report, ReportFile, ReportKind, ReportState
from boards.models.viewing import ViewedForm, Viewing

__all__ = ["Report", "ReportFile", "ReportKind", "ReportState", "ViewedForm", "Viewing"]
