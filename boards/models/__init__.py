"""What the boards app keeps."""

from boards.models.report import Report, ReportFile, ReportKind, ReportState

__all__ = ["Report", "ReportFile", "ReportKind", "ReportState"]
