"""A report's content as its page shows it. A schema, once published, keeps its presenter for ever."""

from collections.abc import Collection
from typing import Any

from boards.presenters import schema1
from boards.rules.printed import Content

BY_SCHEMA = {1: schema1.page_of}


def page_of(content: Content, *, my_boards: Collection[str] = ()) -> dict[str, Any]:
    """What the report's template prints. ``my_boards`` are the short names of the reader's boards."""
    return BY_SCHEMA[content["schema"]](content, my_boards=my_boards)
