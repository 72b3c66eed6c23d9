"""A plan file of any kind that the portal reads, told apart by what is in it, not by its name."""

from collections.abc import Callable

from icp.common.tabular import Limits, open_table
from icp.common.tabular.reading import OLE
from icp.common.xml import looks_like_xml
from programmes.importers.gantt_project import is_gantt_project, read_gantt_project
from programmes.importers.mpp import as_mspdi
from programmes.importers.mspdi import read_mspdi
from programmes.importers.other_sheet import is_of_another_tool, read_other_sheet
from programmes.importers.plan import Known, PlanFile, plan_in

READ = ".csv,.xlsx,.xml,.gan,.mpp"
# Of another tool's sheet all is looked at several times, so that it is held whole.
MOST_ROWS_OF_ANOTHER_TOOL = 20_000


def as_kept(data: bytes, filename: str) -> bytes:
    """The file as it is worth keeping: ``.mpp`` as the XML it comes to, since turning it takes seconds.

    Raises:
        TableError: an ``.mpp`` that cannot be read here; the sentence says what to do.
    """
    if data.startswith(OLE) and filename.lower().endswith((".mpp", ".mpt")):
        return as_mspdi(data, filename)
    return data


def read_any_plan(
    data: bytes,
    filename: str,
    *,
    known: Known,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> PlanFile:
    """CSV and Excel with our headings or another tool's, Microsoft Project's XML, GanttProject's own file, and ``.mpp``
    where its reader is installed.

    ``progress`` is told now and then how many rows of a table were read.

    Raises:
        TableError: the file is of another kind, or cannot be read; the sentence says what to do.
    """
    data = as_kept(data, filename)
    if looks_like_xml(data):
        read = read_gantt_project if is_gantt_project(data) else read_mspdi
        return read(data, filename, known=known, limits=limits)
    table = open_table(data, filename, limits or Limits(), progress=progress)
    if is_of_another_tool(table):
        return read_other_sheet(table.whole(MOST_ROWS_OF_ANOTHER_TOOL), known)
    return plan_in(table, known)
