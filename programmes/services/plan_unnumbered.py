"""Rows of a file whose number cannot be read: they are in the file, so no row that may be one of them is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from icp.common.tabular import CellError
from programmes.importers.plan import Unnumbered
from programmes.services.plan_rows import RowNow

UNTOLD = "Until its number can be read, the preview does not say which rows of the programme are not in the file."


def settle_unnumbered(
    left: list[str],
    errors: Iterable[CellError],
    *,
    rows: Iterable[Unnumbered],
    items: Mapping[str, RowNow],
) -> tuple[list[str], list[CellError]]:
    """What is left out for certain, and the errors, which say at the number's cell what is known of its row.

    ``left`` are the references of ``items`` that the file does not name. A row without a number that can be
    read is known by the key that the portal wrote beside it, else by its name; where it is not, any row of
    its programme may be the one.
    """
    said: dict[tuple[int, str], str] = {}
    unknown: list[Unnumbered] = []
    for row in rows:
        found = _known(row, [items[reference] for reference in left])
        if found:
            left = [reference for reference in left if reference != found]
            said[row.line, row.column] = f"It looks like {found}."
        else:
            unknown.append(row)
    for row in unknown:
        said[row.line, row.column] = UNTOLD
        left = [reference for reference in left if not _may_be(row, items[reference])]
    return left, [_with(error, said) for error in errors]


def _known(row: Unnumbered, items: Iterable[RowNow]) -> str | None:
    """The reference of the one row that it is."""
    likely = [item for item in items if _may_be(row, item)]
    by_key = [item for item in likely if item.pk == row.item]
    by_name = [item for item in likely if _plain(item.name) == _plain(row.name)]
    for found in (by_key, by_name):
        if len(found) == 1:
            return found[0].reference
    return None


def _may_be(row: Unnumbered, item: RowNow) -> bool:
    return row.programme == item.programme.code


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _with(error: CellError, said: dict[tuple[int, str], str]) -> CellError:
    """The first error of the number's cell with what is known of its row."""
    more = said.pop((error.row, error.column), "")
    return replace(error, remedy=f"{error.remedy} {more}") if more else error
