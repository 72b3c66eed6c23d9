"""From the queries counted at each size to figures with limits, and to one line for each page."""

from typing import Any

from bench.figures import Figure

LIMIT = 25
Counts = dict[int, list[dict[str, Any]]]


def verdicts(counts: Counts) -> list[Figure]:
    """The most queries of a page and of a download at each size, and how many pages differ from the smallest."""
    return [figure for times in counts for figure in _at(times, counts)]


def _at(times: int, counts: Counts) -> list[Figure]:
    size = f"{times} x"
    pages = [one for one in counts[times] if not one["download"]]
    downloads = [one for one in counts[times] if one["download"]]
    figures = [_most("queries of a page, at most", size, pages)]
    if downloads:
        figures.append(_most("queries of a download, at most", size, downloads))
    if times != min(counts):
        differing = _differing(pages, counts[min(counts)])
        name = f"pages with other queries than at {min(counts)} x"
        figures.append(Figure(name, size, len(differing), "", 0, ", ".join(differing[:5])))
    return figures


def _most(name: str, size: str, counted: list[dict[str, Any]]) -> Figure:
    most = max(counted, key=lambda one: one["queries"])
    note = f"{most['page']}, {most['person']}; {len({one['page'] for one in counted})} addresses"
    return Figure(name, size, most["queries"], "", LIMIT, note)


def _differing(pages: list[dict[str, Any]], smallest: list[dict[str, Any]]) -> list[str]:
    before = {(one["page"], one["person"]): one["queries"] for one in smallest}
    return [
        f"{one['page']} ({one['person']})"
        for one in pages
        if one["queries"] != before.get((one["page"], one["person"]), one["queries"])
    ]


def lines(counts: Counts) -> list[tuple[str, ...]]:
    """For each page the most queries that any person's took, by size."""
    names = {one["page"]: one["download"] for found in counts.values() for one in found}
    return [
        (
            name,
            "download" if names[name] else "",
            *(_shown(name, counts[times]) for times in counts),
        )
        for name in sorted(names)
    ]


def _shown(name: str, counted: list[dict[str, Any]]) -> str:
    found = [one["queries"] for one in counted if one["page"] == name]
    return str(max(found)) if found else "not taken"
