"""The people of a place and what they hold, from CSV or Excel. A person may have several rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from icp.common.tabular import CellError, Limits, Row, read_table
from icp.common.words import sentence_list

COLUMNS = ("email", "name", "role")
OPTIONAL_COLUMNS = ("programme", "board", "post", "organisation")
NAME_LIMIT, ADDRESS_LIMIT, TITLE_LIMIT = 150, 254, 200

# What may stand in the column role, and what it means: over the place, on a board, in a programme.
PLACE_ROLES = {
    "administrator": "administrator",
    "programme office": "office",
    "office": "office",
    "programme finance lead": "finance",
    "governance manager": "governance",
    "risk owner": "risk owner",
    "auditor": "auditor",
}
FINANCE_LEAD = "finance lead"
BOARD_MEMBER = "board member"
DUTIES = {
    "lead": "lead",
    "deputy": "deputy",
    "deputy lead": "deputy",
    "sro": "sro",
    "chair": "sro",
    "sro or chair": "sro",
    "accountable officer": "accountable",
}
ACCOUNTABLE = "accountable"
ROLE_WORDS = (
    "administrator",
    "programme office",
    "programme finance lead",
    "governance manager",
    "risk owner",
    "auditor",
    FINANCE_LEAD,
    BOARD_MEMBER,
    "lead",
    "deputy",
    "SRO or chair",
    "accountable officer",
)


@dataclass(frozen=True)
class Duty:
    """Holding the post ``post`` that has the duty ``role`` in the programme with this code."""

    role: str
    programme: str
    post: str


@dataclass(frozen=True)
class PersonRow:
    """One validated row. ``boards`` and ``finance`` (organisations) are short names, ``roles`` those over the whole place."""

    line: int
    email: str
    name: str
    roles: tuple[str, ...]
    finance: tuple[str, ...]
    boards: tuple[str, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class PeopleFile:
    rows: list[PersonRow] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What a file may refer to: boards and organisations by short name, and each programme's posts by duty and code."""

    boards: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    posts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def read_people(
    data: bytes, filename: str, *, known: Known, limits: Limits | None = None
) -> PeopleFile:
    """Read and check a whole file of people against what the place has.

    Raises:
        TableError: the file is not a table this portal reads, or its headings are not :data:`COLUMNS`,
            with or without :data:`OPTIONAL_COLUMNS`.
    """
    table = read_table(data, filename, limits or Limits())
    table.require_columns(COLUMNS, OPTIONAL_COLUMNS)
    found = PeopleFile(errors=list(table.problems))
    earlier = _Earlier()
    for row in table.rows_in_time():
        reader = _RowReader(row, known)
        read = reader.read()
        earlier.check(read, reader)
        found.errors.extend(reader.errors)
        if not reader.errors:
            found.rows.append(read)
    return found


class _RowReader:
    """Reads one row, and collects what is wrong with each of its cells."""

    def __init__(self, row: Row, known: Known) -> None:
        self.row = row
        self.known = known
        self.errors: list[CellError] = []

    def read(self) -> PersonRow:
        words = self._roles()
        return PersonRow(
            line=self.row.number,
            email=self._email(),
            name=self._name(),
            roles=tuple(dict.fromkeys(PLACE_ROLES[w] for w in words if w in PLACE_ROLES)),
            finance=self._named(
                "organisation",
                self.known.organisations,
                asked=FINANCE_LEAD in words,
                role=FINANCE_LEAD,
            ),
            boards=self._named(
                "board", self.known.boards, asked=BOARD_MEMBER in words, role=BOARD_MEMBER
            ),
            duties=self._duties(tuple(dict.fromkeys(DUTIES[w] for w in words if w in DUTIES))),
        )

    def refuse(self, column: str, problem: str, remedy: str) -> None:
        self.errors.append(self.row.get(column).error(problem, remedy))

    def _parts(self, column: str) -> list[str]:
        """What stands in a cell, with semicolons between."""
        return [part for piece in self.row.text(column).split(";") if (part := piece.strip())]

    def _email(self) -> str:
        text = self.row.text("email").lower()
        try:
            validate_email(text)
        except ValidationError:
            self.refuse("email", "it is not an e-mail address", "Write one like post@example.org.")
        if len(text) > ADDRESS_LIMIT:
            self.refuse("email", "it is too long", f"Use at most {ADDRESS_LIMIT} characters.")
        return text

    def _name(self) -> str:
        text = " ".join(self.row.text("name").split())
        if not 0 < len(text) <= NAME_LIMIT:
            self.refuse(
                "name",
                "a person needs a name",
                f"Write the post or the name that colleagues see, up to {NAME_LIMIT} characters.",
            )
        return text

    def _roles(self) -> list[str]:
        words = [" ".join(part.lower().split()) for part in self._parts("role")]
        known = {*PLACE_ROLES, FINANCE_LEAD, BOARD_MEMBER, *DUTIES}
        if not words or not known.issuperset(words):
            self.refuse(
                "role",
                "this role is not known" if words else "a person needs a role",
                f"Write one or more, with semicolons between: {', '.join(ROLE_WORDS)}.",
            )
        return [word for word in words if word in known]

    def _named(
        self, column: str, there_are: tuple[str, ...], *, asked: bool, role: str
    ) -> tuple[str, ...]:
        """What a role is for: boards, or organisations, by their short names."""
        named = self._parts(column)
        known = {name.casefold(): name for name in there_are}
        there = ", ".join(there_are) or "none yet"
        one = "an organisation" if column == "organisation" else f"a {column}"
        if asked and not named:
            self.refuse(column, f"a {role} needs {one}", f"Write one of: {there}.")
        elif named and not asked:
            self.refuse(
                column, f"no role here goes with {one}", f"Add the role {role}, or clear it."
            )
        elif any(name.casefold() not in known for name in named):
            self.refuse(column, f"the place has no such {column}", f"Write one of: {there}.")
        return tuple(
            dict.fromkeys(known[name.casefold()] for name in named if name.casefold() in known)
        )

    def _duties(self, duties: tuple[str, ...]) -> tuple[Duty, ...]:
        codes = self._parts("programme")
        there = ", ".join(self.known.posts) or "none yet"
        if duties and not codes:
            self.refuse("programme", "this role needs a programme", f"Write one of: {there}.")
        elif codes and not duties:
            self.refuse(
                "programme",
                "no role here goes with a programme",
                "Add a role such as lead, or clear it.",
            )
        elif any(code not in self.known.posts for code in codes):
            self.refuse("programme", "no programme has this code", f"Write one of: {there}.")
        elif not duties and self.row.text("post"):
            self.refuse(
                "post", "no role here goes with a post", "Add a role such as lead, or clear it."
            )
        return tuple(
            Duty(role, code, title)
            for role in duties
            for code in codes
            if code in self.known.posts and (title := self._post(role, code))
        )

    def _post(self, role: str, code: str) -> str:
        """The post meant: the named one, or else the only one with that duty."""
        named = self.row.text("post")
        having = self.known.posts[code].get(role, ())
        if len(named) > TITLE_LIMIT:
            self.refuse("post", "the title is too long", f"Shorten it to {TITLE_LIMIT} characters.")
        elif named and having and role != "deputy" and named not in having:
            self.refuse(
                "post",
                f"it is not a post with this duty in {code}",
                f"Write {sentence_list(list(having))}, or change the programmes first.",
            )
        elif not named and len(having) > 1:
            self.refuse(
                "post", f"several posts have this duty in {code}", f"Name one: {'; '.join(having)}."
            )
        elif not named and not having:
            self.refuse(
                "post", f"no post has this duty in {code} yet", "Write its title, and it is made."
            )
        else:
            return named or having[0]
        return ""


@dataclass
class _Earlier:
    """What rows above have said: one name for an address, one holder for a post, one accountable officer."""

    names: dict[str, tuple[str, int]] = field(default_factory=dict)
    holders: dict[str, tuple[str, int]] = field(default_factory=dict)
    accountable: dict[str, tuple[str, int]] = field(default_factory=dict)

    def check(self, row: PersonRow, reader: _RowReader) -> None:
        name, line = self.names.setdefault(row.email, (row.name, row.line))
        if name != row.name:
            reader.refuse(
                "name",
                f"row {line} gives {row.email} the name {name}",
                "Write the same name in every row of a person.",
            )
        for duty in row.duties:
            email, line = self.holders.setdefault(duty.post, (row.email, row.line))
            if email != row.email:
                reader.refuse(
                    "role",
                    f"row {line} gives {duty.post} to {email}",
                    "A post has one holder: correct one of the two rows.",
                )
            if duty.role != ACCOUNTABLE:
                continue
            post, line = self.accountable.setdefault(duty.programme, (duty.post, row.line))
            if post != duty.post:
                reader.refuse(
                    "post",
                    f"row {line} makes {post} accountable for {duty.programme}",
                    "A programme has one accountable officer: correct one of the two rows.",
                )
