"""The PDF of a report, set by typst from its content alone."""

import json

import typst

from boards.rules.printed import Content

TEMPLATE = b"""
#let content = json(bytes(sys.inputs.content))
#set document(title: content.title)
= #content.title
#for section in content.sections [
  == #section.heading
  #if section.note != none [#section.note]
  #for row in section.rows [- #row.programme #row.plan_id: #row.name \n]
]
"""


def render(content: Content, *, checksum: str = "") -> bytes:
    """The PDF's bytes."""
    return typst.compile(TEMPLATE, sys_inputs={"content": json.dumps(content)})
