"""The NHS design system's components, called from Python and from Django templates.

The markup comes from the macros of ``nhsuk-frontend-jinja``. A component or a parameter that the package
does not know is refused by name: a misspelt parameter would otherwise vanish without a word.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, nodes

FOLDER = "nhsuk/components"
# It writes an inline style, which the content security policy forbids.
NOT_OFFERED = frozenset({"hero"})


class UnknownComponent(ValueError):
    """No component of the design system has this name."""


class UnknownParameter(ValueError):
    """The component has no parameter of this name."""


@dataclass(frozen=True)
class Component:
    """Where a component's macro lives, and what it takes."""

    name: str
    macro: Any
    parameters: frozenset[str]


@cache
def environment() -> Environment:
    """Jinja with the package's templates; autoescape on, compiled once, never looked at again."""
    return Environment(
        loader=PackageLoader("nhsuk_frontend_jinja"),
        undefined=ChainableUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )


@cache
def component_names() -> dict[str, str]:
    """Each name a caller may use, and the package's folder for it (``table`` is in ``tables``)."""
    suffix = "/macro.jinja"
    folders = {
        name.removeprefix(f"{FOLDER}/").removesuffix(suffix)
        for name in environment().list_templates(filter_func=lambda name: name.endswith(suffix))
    }
    names = {folder: folder for folder in folders if "/" not in folder} | {"table": "tables"}
    return {name: folder for name, folder in names.items() if name not in NOT_OFFERED}


@cache
def component(name: str) -> Component:
    """The component called ``name``, for example ``"error-summary"``.

    Raises:
        UnknownComponent: there is none; the message offers names that are close.
    """
    folder = component_names().get(name)
    if folder is None:
        raise UnknownComponent(
            f"There is no component '{name}'.{close_to(name, component_names())}"
        )
    macro_template = f"{FOLDER}/{folder}/macro.jinja"
    tree = environment().parse(source(macro_template))
    macro = next(tree.find_all(nodes.Macro)).name
    module = environment().get_template(macro_template).module
    return Component(name, getattr(module, macro), parameters_of(folder))


def source(template: str) -> str:
    """The text of one of the package's templates."""
    loader = environment().loader
    assert loader is not None
    return loader.get_source(environment(), template)[0]


def parameters_of(folder: str) -> frozenset[str]:
    """The top-level parameters a component reads: ``params.text`` and ``params.get("items")``."""
    tree = environment().parse(source(f"{FOLDER}/{folder}/template.jinja"))
    names: set[str] = set()
    for use in tree.find_all(nodes.Getattr):
        if isinstance(use.node, nodes.Name) and use.node.name == "params":
            names.add(use.attr)
    for call in tree.find_all(nodes.Call):
        if is_params_get(call) and isinstance(call.args[0], nodes.Const):
            names.add(call.args[0].value)
    return frozenset(names - {"get"})


def is_params_get(call: nodes.Call) -> bool:
    target = call.node
    return (
        isinstance(target, nodes.Getattr)
        and target.attr == "get"
        and isinstance(target.node, nodes.Name)
        and target.node.name == "params"
        and bool(call.args)
    )


def close_to(name: str, known: Any) -> str:
    """A sentence that offers up to three known names, or nothing."""
    found = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(found)}?" if found else ""


@lru_cache(maxsize=2000)
def camel(name: str) -> str:
    """``error_message`` as the package writes it, ``errorMessage``; other names as they are."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def nested(params: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments as the macros' nested parameters.

    ``label__text="Name"`` becomes ``{"label": {"text": "Name"}}``; below ``attributes`` an underscore
    stands for a hyphen: ``attributes__data_row="4"`` becomes ``data-row``.
    """
    out: dict[str, Any] = {}
    for name, value in params.items():
        *folders, last = name.split("__")
        place = out
        for folder in map(camel, folders):
            place = place.setdefault(folder, {})
        if folders and folders[-1] == "attributes":
            place[last.strip("_").replace("_", "-")] = plain(last, value)
        else:
            place[camel(last)] = plain(camel(last), value)
    return out


def plain(name: str, value: Any) -> Any:
    """``value`` as a macro may take it: names in the package's style, text as text, HTML only where it belongs.

    The macros print whatever is called ``html`` as it comes, so a string there that is not marked
    safe is escaped here. Elsewhere a string is text and the macros escape it: Django marks every word
    written in a template safe, and the macros would take a safe label for HTML.
    """
    if isinstance(value, Mapping):
        if name == "attributes":
            return {key: plain("", item) for key, item in value.items()}
        return {camel(key): plain(camel(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(name, item) for item in value]
    if name.lower().endswith("html"):
        return None if value is None else conditional_escape(value)
    if name == "attributes" and value:
        raise UnknownParameter("Give 'attributes' as a dictionary.")
    if isinstance(value, Promise):
        value = str(value)
    # Adding nothing takes the mark away: str() of a safe string is itself.
    return value + "" if isinstance(value, SafeString) else value


class NotPlain(TypeError):
    """A parameter that is not kept: its text may differ from one call to the next, such as a model's row, or is long."""


PLAIN_TYPES = frozenset({str, SafeString, int, bool, float, type(None)})
# What people type comes back in the boxes of a refused form: kept whole, a thousand megabytes would fill the memory.
LONGEST_KEPT = 1000


def frozen(value: Any) -> Hashable:
    """Parameters as a key: equal keys give equal HTML. Safe and unsafe text are different keys."""
    if isinstance(value, dict):
        return tuple((key, frozen(item)) for key, item in value.items())
    if isinstance(value, list):
        return (list, *map(frozen, value))
    if type(value) not in PLAIN_TYPES:
        raise NotPlain(type(value).__name__)
    if isinstance(value, str) and len(value) > LONGEST_KEPT:
        raise NotPlain(f"{len(value)} characters")
    return (type(value), value)


class Kept:
    """Parameters to be rendered, compared by their key alone."""

    __slots__ = ("given", "key")

    def __init__(self, name: str, given: dict[str, Any]) -> None:
        self.key = (name, frozen(given))
        self.given = given

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and self.key == other.key


# An input takes the macros about a millisecond, and a filter panel has the same six on every page.
@lru_cache(maxsize=1000)
def run_once(kept: Kept) -> SafeString:
    return run(kept.key[0], kept.given)


def run(name: str, given: dict[str, Any]) -> SafeString:
    return mark_safe(str(component(name).macro(given)).strip())  # noqa: S308 # nosec B308 B703 - Jinja escaped it


def render(name: str, /, **params: Any) -> SafeString:
    """The HTML of component ``name``.

    Text is escaped; a parameter whose name ends in ``html`` is printed as it is only if marked safe.

    Raises:
        UnknownComponent: no such component.
        UnknownParameter: the component reads no such top-level parameter.
    """
    known = component(name).parameters
    given = nested(params)
    if unknown := given.keys() - known:
        first = min(unknown)
        raise UnknownParameter(
            f"Component '{name}' has no parameter '{first}'.{close_to(first, known)}"
        )
    try:
        return run_once(Kept(name, given))
    except NotPlain:
        return run(name, given)
