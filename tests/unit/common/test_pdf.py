import io
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icp.common.pdf import PdfError, render_pdf
from icp.common.pdf.printable import COVERED, REPLACEMENT, printable
from icp.common.pdf.render import ROOT

SAMPLE = "tests/unit/common/pdf/sample.typ"
TEXTS = "tests/unit/common/pdf/texts.typ"


def row(number=1, **changes):
    return {
        "number": number,
        "name": "Wi-Fi in all sites",
        "finish_text": "28 February 2020",
        "rag": "red",
        "reason": "The supplier moved the date.",
        "kind": "task",
        "start": 10,
        "finish": 40,
    } | changes


def paper(rows=(), **changes):
    return {
        "title": "Exception report: January 2020",
        "place": "City & Hackney",
        "as_at": "31 January 2020",
        "checksum": "3f9a 11c2",
        "created": datetime(2020, 2, 14, 9, tzinfo=UTC),
        "sections": [{"heading": "IT", "lead": "IT Enabler Lead", "rows": list(rows)}],
    } | changes


def opened(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf):
    """The text as a reader copies it: without the line breaks of its layout."""
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).split())


def structure(pdf):
    """Every element of the tag tree, as (name, alternative text)."""
    found, waiting = [], [opened(pdf).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            found.append((node.get("/S"), node.get("/Alt")))
            waiting.append(node.get("/K", []))
    return found


def test_a_paper_is_tagged_titled_and_in_british_english():
    root = opened(render_pdf(SAMPLE, paper([row()]))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root


def test_a_paper_carries_its_title_and_the_date_it_was_given():
    read = opened(render_pdf(SAMPLE, paper())).metadata
    assert read.title == "Exception report: January 2020"
    assert read.creation_date == datetime(2020, 2, 14, 9, tzinfo=UTC)
    without = paper()
    del without["created"]
    assert opened(render_pdf(SAMPLE, without)).metadata.creation_date is None


def test_headings_are_bookmarks():
    sections = [{"heading": name, "lead": "Lead", "rows": []} for name in ("IT", "Estates")]
    assert [
        mark.title for mark in opened(render_pdf(SAMPLE, paper(sections=sections))).outline
    ] == ["IT", "Estates"]


def test_tables_have_header_cells_and_drawings_have_words():
    tags = structure(render_pdf(SAMPLE, paper([row(), row(2, kind="milestone", start=None)])))
    names = [name for name, _ in tags]
    assert names.count("/Table") == 1
    assert names.count("/TH") == 6
    assert names.count("/TD") == 12
    assert [words for name, words in tags if name == "/Figure"] == [
        "Wi-Fi in all sites, 28 February 2020"
    ] * 2


def test_headings_of_a_table_are_repeated_on_every_page():
    pages = opened(render_pdf(SAMPLE, paper([row(n) for n in range(60)]))).pages
    assert len(pages) > 2
    assert all("Reason and get to green" in page.extract_text() for page in pages)


def test_pages_are_numbered_and_carry_the_title_place_date_and_checksum():
    pages = opened(render_pdf(SAMPLE, paper([row(n) for n in range(60)]))).pages
    text = " ".join(pages[1].extract_text().split())
    assert f"Page 2 of {len(pages)}" in text
    for words in (
        "Exception report: January 2020",
        "City & Hackney",
        "As at 31 January 2020",
        "Checksum 3f9a 11c2",
    ):
        assert words in text


def test_a_paper_is_a4_either_way_up():
    sizes = {
        landscape: opened(render_pdf(SAMPLE, paper(landscape=landscape))).pages[0].mediabox
        for landscape in (True, False)
    }
    assert [round(float(side)) for side in sizes[True][2:]] == [842, 595]
    assert [round(float(side)) for side in sizes[False][2:]] == [595, 842]


def test_status_is_always_said_in_words():
    text = text_of(
        render_pdf(
            SAMPLE,
            paper([row(1, rag="amber", proposed=True), row(2, rag=None), row(3, rag="on hold")]),
        )
    )
    for words in ("Amber proposed from dates", "No status", "On hold"):
        assert words in text


def test_nothing_is_said_in_words_too():
    text = text_of(render_pdf(SAMPLE, paper([])))
    assert "None recorded." in text
    undated = render_pdf(SAMPLE, paper([row(start=None, finish=None)]))
    assert "Undated" in text_of(undated)


def test_the_same_data_gives_the_same_bytes():
    data = paper([row(n) for n in range(5)])
    made = render_pdf(SAMPLE, data)
    assert render_pdf(SAMPLE, dict(reversed(data.items()))) == made
    assert render_pdf(SAMPLE, data | {"as_at": "29 February 2020"}) != made


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "$x^2$ $ unclosed",
        "\\ \\u{41} back\\slash",
        "*bold* _it_ `raw` = Heading - list + enum / term: @ref <label> // comment /* open",
        "\"quotes\" 'single' ~ -- --- ...",
        "{{ template }} {% if %} <script>alert(1)</script> &amp;",
        "]] [ #[",
        "£5 – “smart” ‘quotes’ … ≥ 5% → ½ é ü ł ş ğ ı",
        "Ελλάδα Привет שלום",
        "✓ ✗ ☐ ◆",
    ],
)
def test_hostile_and_foreign_text_is_printed_as_it_is(text):
    assert " ".join(text.split()) in text_of(render_pdf(TEXTS, {"title": "Texts", "texts": [text]}))


def test_directions_and_controls_are_dropped_and_the_words_stay():
    text = "a\x00b\u202ec\u2066d\ufeffe\x07f"
    assert printable(text) == "abcdef"
    assert "abcdef" in text_of(render_pdf(TEXTS, {"title": "Texts", "texts": [text]}))


def test_a_character_without_a_typeface_is_replaced_and_the_paper_says_so():
    text = text_of(render_pdf(TEXTS, {"title": "Texts", "texts": ["Grüße 中文 😀"]}))
    assert f"Grüße {REPLACEMENT * 2} {REPLACEMENT}" in text
    assert "stands for a character that this document has no typeface for" in text
    assert "typeface" not in text_of(render_pdf(TEXTS, {"title": "Texts", "texts": ["Grüße"]}))


def test_every_character_said_to_be_covered_can_be_printed():
    ends = [[int(end, 16) for end in each.split("-")] for each in COVERED.split()]
    text = [" ".join(chr(n) for n in range(end[0], end[-1] + 1)) for end in ends]
    assert REPLACEMENT in printable("".join(text))  # it is one of them
    assert render_pdf(TEXTS, {"title": "Texts", "texts": text}).startswith(b"%PDF-1.7")


@given(st.lists(st.text(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_text_stops_a_paper(texts):
    assert render_pdf(TEXTS, {"title": "Texts", "texts": texts}).startswith(b"%PDF")


def test_very_long_text_runs_over_pages_whole():
    words = [f"w{n}" for n in range(2_000)]
    for changes in ({"ask": " ".join(words)}, {"rows": [row(reason=" ".join(words))]}):
        pdf = render_pdf(SAMPLE, paper(landscape=False, **changes))
        assert len(opened(pdf).pages) > 1
        assert set(words) <= set(text_of(pdf).split())


def test_a_run_without_spaces_may_break():
    assert printable("x" * 45) == "\N{ZERO WIDTH SPACE}".join(["x" * 20, "x" * 20, "x" * 5])
    assert printable("x" * 39) == "x" * 39
    assert render_pdf(SAMPLE, paper([row(reason="x" * 10_000)]))


GROUPS = st.fixed_dictionaries({"group": st.just("A summary"), "level": st.integers(2, 4)})
ROWS = st.builds(lambda words: row(name="word " * words), st.sampled_from([1, 8, 60, 700]))


@given(st.lists(GROUPS | ROWS, max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_order_of_rows_and_groups_stops_a_paper(rows):
    assert render_pdf(SAMPLE, paper(rows)).startswith(b"%PDF")


def test_forty_pages_of_tables_are_made():
    rows = [row(n) if n % 9 else {"group": f"Summary {n}"} for n in range(1_000)]
    began = time.perf_counter()
    made = render_pdf(SAMPLE, paper(rows))
    pages = len(opened(made).pages)
    print(f"{pages} pages in {time.perf_counter() - began:.1f} s")  # noqa: T201 (told, not asserted)
    assert pages >= 40


def test_dates_and_decimals_reach_the_template_as_text():
    text = text_of(
        render_pdf(TEXTS, {"title": "Texts", "texts": [date(2020, 2, 28), Decimal("1.50")]})
    )
    assert "2020-02-28" in text
    assert "1.50" in text


def test_a_paper_without_a_title_is_refused_in_words():
    with pytest.raises(PdfError, match=r"^The PDF could not be made: .*the document has no title"):
        render_pdf(SAMPLE, paper(title=""))


def test_missing_data_is_refused_in_words():
    with pytest.raises(
        PdfError, match=r"^The PDF could not be made: dictionary does not contain key"
    ):
        render_pdf(TEXTS, {"title": "Texts"})


@pytest.mark.parametrize(
    "template", ["boards/none.typ", "manage.py", "../../etc/passwd", "/etc/x.typ", ""]
)
def test_a_template_that_is_not_one_is_refused(template):
    with pytest.raises(PdfError, match="There is no PDF template"):
        render_pdf(template, {})


def test_the_typeface_comes_with_its_licence():
    folder = ROOT / "icp/common/pdf/fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE").read_text()
    assert len(list(folder.glob("LiberationSans-*.ttf"))) == 4
