"""PDF made by typst: tagged, with bookmarks, the same bytes for the same data. See ``base.typ``."""

from icp.common.pdf.render import PdfError, render_pdf

__all__ = ["PdfError", "render_pdf"]
