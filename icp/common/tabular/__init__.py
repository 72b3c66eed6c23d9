"""Spreadsheets in and out: CSV and Excel, read into cells that know their place, written without danger.

Text that comes in and goes out keeps to one policy:

* surrounding white space is dropped when a cell is read; inside a cell it stays;
* line ends become ``\\n``; control characters that no spreadsheet shows are dropped;
* text that a spreadsheet might run as a formula carries one apostrophe in front in our files, and the
  reader takes exactly that one away (see :mod:`icp.common.tabular.marks`). Numbers carry none.
"""

from icp.common.tabular.reading import open_table, read_table
from icp.common.tabular.table import (
    Cell,
    CellError,
    ColumnCheck,
    Limits,
    OpenTable,
    Row,
    Table,
    TableError,
)
from icp.common.tabular.writing import Sheet, SheetForm, write_csv, write_xlsx

__all__ = [
    "Cell",
    "CellError",
    "ColumnCheck",
    "Limits",
    "OpenTable",
    "Row",
    "Sheet",
    "SheetForm",
    "Table",
    "TableError",
    "open_table",
    "read_table",
    "write_csv",
    "write_xlsx",
]
