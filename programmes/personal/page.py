"""The tables of docs/data-protection.md, made from the register and the models."""

from programmes.personal.models import is_history, links_to_people, tables
from programmes.personal.register import FREE_TEXT, PERSONAL

START, END = "<!-- made from the register -->", "<!-- end of what is made -->"


def as_markdown() -> str:
    """Three tables: personal fields, words in which a person may be named, and columns that say who."""
    return "\n".join([START, *_personal(), *_free_text(), *_links(), END])


def _personal() -> list[str]:
    return [
        "### Fields that hold something of a person",
        "",
        "| field | what | why | kept | when erased |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| `{label}` | {one.what} | {one.why} | {_setting(one.kept)} | {one.erased} |"
            for label, one in sorted(PERSONAL.items())
        ),
        "",
    ]


def _setting(words: str) -> str:
    return f"`{words}`" if words.isupper() else words


def _free_text() -> list[str]:
    return [
        "### Words that people write, in which somebody can be named",
        "",
        "| field | what |",
        "| --- | --- |",
        *(f"| `{label}` | {what} |" for label, what in sorted(FREE_TEXT.items())),
        "",
    ]


def _links() -> list[str]:
    found = {
        model._meta.label: ", ".join(f"`{link.name}`" for link in links)
        for model in tables()
        if not is_history(model) and (links := links_to_people(model))
    }
    return [
        "### Columns that say who (by number; the number stays when a person is erased)",
        "",
        "| table | columns |",
        "| --- | --- |",
        *(f"| `{label}` | {columns} |" for label, columns in found.items()),
        "",
    ]
