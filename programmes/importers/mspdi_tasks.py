"""The tasks of a Microsoft Project file: which of them are rows, of which programme, by which number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # nosec B405 (defusedxml reads)

from icp.common.tabular import CellError, TableError
from icp.common.tabular.marks import tidy
from programmes.importers.numbering import Numbering
from programmes.importers.plan import Known
from programmes.rules.mspdi import Declared, read_declared

# Project's own numbers of the text fields that the portal writes: number, declared, owner, links.
NUMBER_FIELD, DECLARED_FIELD, OWNER_FIELD = "188743731", "188743734", "188743737"
LINKS_FIELD = "188743740"
SHOWN = 200


@dataclass
class Task:
    """A task with its place in the file: ``line`` is the number that Project shows beside it."""

    element: Element
    line: int
    depth: int
    has_rows: bool = False
    programme: str = ""
    plan_id: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    declared: Declared | None = None
    errors: list[CellError] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """IT 11"""
        return f"{self.programme} {self.plan_id}"

    def text(self, *names: str) -> str:
        """The first of these elements that holds something."""
        return next((t for name in names if (t := text_of(self.element, name))), "")

    def whole(self, name: str, otherwise: int = 0) -> int:
        return whole_of(text_of(self.element, name), otherwise)

    def refuse(self, column: str, value: str, problem: str, remedy: str) -> None:
        self.errors.append(
            CellError(self.line, column, value[:SHOWN], problem, remedy, f"task {self.line}")
        )


def text_of(element: Element, name: str) -> str:
    found = element.find(name)
    return tidy(found.text or "").strip() if found is not None else ""


def whole_of(text: str, otherwise: int) -> int:
    negative, digits = text.startswith("-"), text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        return otherwise
    return -int(digits) if negative else int(digits)


def is_milestone(task: Task) -> bool:
    return task.text("Milestone") in ("1", "true") and not task.has_rows


def tasks_of(root: Element) -> Iterator[Task]:
    """Without blank lines and the line that stands for the project itself."""
    found = root.find("Tasks")
    for number, element in enumerate(found.iter("Task") if found is not None else (), start=1):
        task = Task(element, number, 1)
        outline = task.text("OutlineNumber", "WBS")
        by_number = outline.count(".") + 1 if outline else 1
        task.depth = task.whole("OutlineLevel", by_number)
        task.line = task.whole("ID", number)
        if outline == "0" or task.depth <= 0 or task.text("IsNull") == "1":
            continue
        if not task.text("Name") and not task.text("Start", "Finish"):
            continue
        for attribute in element.iter("ExtendedAttribute"):
            task.fields[text_of(attribute, "FieldID")] = text_of(attribute, "Value")
        task.declared = read_declared(task.fields.get(DECLARED_FIELD, ""))
        yield task


def rows_of(tasks: list[Task], *, root: Element, known: Known) -> tuple[list[Task], int]:
    """The tasks that are rows, each with its programme, number and depth within it; and how many were found
    again by name.

    Raises:
        TableError: the file does not say which programme its rows are of.
    """
    code, under = _programme_of(root, known), 0
    rows: list[Task] = []
    copied: set[tuple[str, str]] = set()
    for task in tasks:
        said, _, number = task.fields.get(NUMBER_FIELD, "").partition(" ")
        if task.depth <= under:
            under = 0
        if said in known.programmes and not number:
            code, under = said, task.depth
            continue
        if said and number:
            code = said if said in known.programmes else code
            task.plan_id = number.strip() if said in known.programmes else ""
            if (said, task.plan_id) in copied:
                # Copying a row in Project copies its fields too: the copy is a row of its own.
                task.plan_id, task.declared = "", None
            copied.add((said, task.plan_id))
        task.programme = code
        task.depth -= under
        rows.append(task)
    if any(not task.programme for task in rows):
        raise TableError(
            "This file does not say which programme its rows belong to: choose the programme beside the file."
        )
    numbering = Numbering(known)
    numbering.give(rows)
    return rows, numbering.matched


def _programme_of(root: Element, known: Known) -> str:
    """The one that was chosen, else the one that the project is called after, else the only one."""
    if known.programme:
        return known.programme
    for name in ("Title", "Name", "Subject"):
        called = text_of(root, name).removesuffix(".xml").casefold()
        if called in known.names:
            return known.names[called]
    return next(iter(known.programmes)) if len(known.programmes) == 1 else ""
