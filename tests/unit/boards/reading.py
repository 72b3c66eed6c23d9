"""What a reader finds in each form of a report's content, as words: what may change around them is left out."""

import html
import io
import re

import pypdf
from django.template.loader import render_to_string

from boards.exporters.csv import csv_of
from boards.exporters.pdf import BY_SCHEMA
from boards.presenters import page_of
from icp.common.pdf import render_pdf

BODIES = {
    "exceptions": "_exceptions",
    "now-green": "_now_green",
    "full-plan": "_full_plan",
    "achievements": "_dated",
    "look-ahead": "_dated",
}
PARTS = ("_tiles", "_missing", "_decisions", "{body}", "_annex")


def page_words(content):
    """The words of the report's page, in its order; the colours and shapes around them are left out."""
    context = {"page": page_of(content)}
    written = [
        render_to_string(f"boards/{part.format(body=BODIES[content['kind']])}.html", context)
        for part in PARTS
        if part != "_decisions" or content["kind"] == "exceptions"
    ]
    return _plain(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(written))))


def pdf_words(content):
    """The words of its PDF, but for the page on how to read it, which is the same for all."""
    prepare, template = BY_SCHEMA[content["schema"]]
    data = prepare(content) | {"how_to_read": [], "checksum": None}
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(template, data))).pages
    return _plain(" ".join(page.extract_text() for page in pages))


def csv_text(content):
    return b"".join(csv_of(content)).decode("utf-8-sig")


def _plain(words):
    return " ".join(words.split())
