"""Questions of one shape, asked on every page: their SQL is made once a process and asked again with other values.

Django takes longer to make the SQL of several joins, unions and subqueries than PostgreSQL takes to answer it.
The question is still written as a queryset, of the same parts as every other, so that a rule stays in one place.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, wraps
from inspect import get_annotations
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Lookup, Model, QuerySet

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]
Question = Callable[..., "QuerySet[Any, Row]"]


class EqualsAny(Lookup):  # type: ignore[type-arg]
    """``field = ANY (list)``: an index finds each of them, as with IN, and the statement is the same for any number."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        field, params = self.process_lhs(compiler, connection)
        return f"{field} = ANY(%s::bigint[])", (*params, self.rhs)


def any_of(field: str, keys: list[int]) -> EqualsAny:
    """A condition: the key in ``field``, such as ``programme_id``, is one of these."""
    return EqualsAny(F(field), keys)


def fields_of(model: type[Model]) -> list[str]:
    """What a question asks for, by ``values_list``, that is answered with whole rows of a model."""
    return [field.attname for field in model._meta.concrete_fields]


def rows_as(model: type[M], rows: Iterable[Row]) -> list[M]:
    """Answers that begin with :func:`fields_of` a model, as its rows."""
    names = fields_of(model)
    return [model.from_db("default", names, row[: len(names)]) for row in rows]


def prepared(question: Question) -> Callable[..., list[Row]]:
    """Decorates a function that makes a queryset of ``values_list`` and of nothing but its arguments.

    Keyword arguments are the values (``int``, ``date``, ``datetime`` or, for :func:`any_of`, ``list[int]``, as annotated). They must
    come into the statement as they are: one reckoned from another would be kept from the first call, so this
    raises ValueError. Positional arguments decide on the shape; each combination is made once.
    """

    @cache
    def statement(shape: tuple[Hashable, ...]) -> _Statement:
        return _made(question, shape)

    @wraps(question)
    def ask(*shape: Hashable, **values: Any) -> list[Row]:
        found = statement(shape)
        with connection.cursor() as cursor:
            cursor.execute(found.sql, found.filled(values))
            rows: list[Row] = cursor.fetchall()
        return rows

    return ask


@dataclass(frozen=True)
class _Statement:
    """``params`` are the names of values, or with None as name what is the same at every call."""

    sql: str
    params: tuple[tuple[str | None, Any], ...]

    def filled(self, values: dict[str, Any]) -> list[Any]:
        names = {name for name, _ in self.params if name}
        if values.keys() != names:
            raise TypeError(f"Asked with {', '.join(values)}, not with {', '.join(sorted(names))}.")
        return [values[name] if name else constant for name, constant in self.params]


def _made(question: Question, shape: tuple[Hashable, ...]) -> _Statement:
    kinds = {
        name: kind
        for name, kind in get_annotations(question, eval_str=True).items()
        if kind in _STAND_INS
    }
    first, second = (
        _with_stand_ins(question, shape, kinds, 1),
        _with_stand_ins(question, shape, kinds, 2),
    )
    if first != second:
        raise ValueError(
            f"{question.__name__} reckons with its values, or does not know one of them."
        )
    missing = kinds.keys() - {name for name, _ in first.params}
    if missing:
        raise ValueError(f"{question.__name__} asks nothing with {', '.join(sorted(missing))}.")
    return first


def _with_stand_ins(
    question: Question, shape: tuple[Hashable, ...], kinds: dict[str, Any], turn: int
) -> _Statement:
    values = {
        name: _STAND_INS[kind](100 * turn + n) for n, (name, kind) in enumerate(kinds.items())
    }
    query = question(*shape, **values).query
    sql, params = query.sql_with_params()
    names = {repr(value): name for name, value in values.items()}
    known = ((names.get(repr(param)), param) for param in params)
    return _Statement(sql, tuple((name, None if name else param) for name, param in known))


# Values that no question has by itself.
_STAND_INS: dict[Any, Callable[[int], Any]] = {
    int: lambda n: -1_000_000_000 - n,
    date: lambda n: date(1, 1, 1) + timedelta(days=n),
    datetime: lambda n: datetime(1, 1, 1, tzinfo=UTC) + timedelta(days=n),
    list[int]: lambda n: [-1_000_000_000 - n],
}
