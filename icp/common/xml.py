"""Reading XML that somebody sends: no entities, no document types, nothing too deep, nothing too large."""

from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # nosec B405 (defusedxml reads)

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from icp.common.tabular import Limits, TableError
from icp.common.words import quoted

DEEPEST = 64
MOST_ELEMENTS = 2_000_000
BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class _TooMuch(ValueError):
    """The file is nested too deep or holds too many elements."""


class _Guarded(TreeBuilder):
    """Builds the tree, and stops at a depth or a size that no plan has."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.count = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST or self.count > MOST_ELEMENTS:
            raise _TooMuch
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def looks_like_xml(data: bytes) -> bool:
    """Whether the first thing in the file, after a byte order mark and blanks, is an angle bracket."""
    for bom in BOMS:
        data = data.removeprefix(bom) if data.startswith(bom) else data
    return data[:200].replace(b"\0", b"").lstrip().startswith(b"<")


def read_xml(data: bytes, filename: str, limits: Limits) -> Element:
    """The root element, names of elements without their namespace.

    Raises:
        TableError: the file is too large, is no XML, holds entities or a document type, or is too deep.
    """
    shown = quoted(PurePath(filename.replace("\\", "/")).name or "the file", 80)
    if len(data) > limits.size:
        raise TableError(
            f"{shown} is larger than {limits.size // 1024 // 1024} MB. Save one programme as a project of its own."
        )
    parser = DefusedXMLParser(target=_Guarded(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException:
        raise TableError(
            f"{shown} holds definitions that a project file never has, so it was not read."
            " Save it again from your project program as XML, and send that."
        ) from None
    except _TooMuch:
        raise TableError(
            f"{shown} is nested too deep or is too large inside, so it was not read."
        ) from None
    except (ParseError, LookupError, ValueError):
        raise TableError(
            f"{shown} is damaged and cannot be read as XML."
            " Save it again from your project program as XML, and send that."
        ) from None
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root
