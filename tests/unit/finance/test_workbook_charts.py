"""The parts of the workbook that Excel's own charts are made of hold together, as Office Open XML wants them.

What a program that opens the file would complain of: parts that name none, formulas that point nowhere, elements that
are not where the schema has them, axes that do not cross.
"""

import posixpath
import re
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.chart.chartspace import ChartSpace
from openpyxl.utils.cell import range_boundaries

from finance.charts import charts_of
from finance.exporters.workbook import workbook
from tests.unit.finance.test_chart_drawings import FIGURES, WORDS, content, row

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
REFERENCE = re.compile(r"^(?:'(?P<quoted>[^']+)'|(?P<plain>\w+))!(?P<cells>[$A-Z0-9:]+)$")
# The order of elements in the schema, of those that may be there (ECMA-376, part 1, 21.2).
OF_CHART = ["title", "autoTitleDeleted", "plotArea", "legend", "plotVisOnly", "dispBlanksAs"]
OF_PLOT = ["layout", "barChart", "lineChart", "catAx", "valAx", "spPr"]
OF_SERIES = ["idx", "order", "tx", "spPr", "invertIfNegative", "marker", "cat", "val", "smooth"]
OF_AXIS = [
    "axId",
    "scaling",
    "delete",
    "axPos",
    "majorGridlines",
    "title",
    "numFmt",
    "majorTickMark",
    "minorTickMark",
    "tickLblPos",
    "spPr",
    "txPr",
    "crossAx",
    "crosses",
]


def partner(name, month, variance, actual):
    figures = {"forecast_variance": variance, "ytd_budget": "800.00", "ytd_actual": actual}
    return {"month": month, "organisation": name} | figures


def said(**more):
    """Two partners, with a name that a formula must not take for one."""
    trend = [
        partner(name, month, f"{number}00.50", f"{month * 100}.00")
        for month in range(1, 11)
        for number, name in enumerate(("CCG", "=SUM(A1) & [x]!A1"), start=1)
    ]
    workstreams = [
        row("workstream", "Planned Care", "line", forecast_variance="-150.00"),
        row("workstream", "Prevention", "line", forecast_variance="50.00"),
        row("all", "Grand total", "total"),
    ]
    views = {"consolidated": [], "organisations": []}
    found = content(trend=trend, **views, **WORDS) | more
    return found | {"workstreams": [one | FIGURES for one in workstreams]}


class Opened:
    """A workbook as a program reads it: its parts, and the cells as they are drawn without being worked out."""

    def __init__(self, content):
        made = workbook(content)
        self.zip = ZipFile(BytesIO(made))
        self.cells = load_workbook(BytesIO(made), data_only=True)
        self.names = [
            one for one in self.zip.namelist() if re.match(r"xl/charts/chart\d+\.xml", one)
        ]

    @property
    def charts(self):
        return [self.tree(name) for name in self.names]

    def tree(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    def targets(self, part):
        """The parts that one names, by the id it names them with."""
        folder, name = posixpath.split(part)
        found = self.tree(f"{folder}/_rels/{name}.rels")
        return {
            one.get("Id"): posixpath.normpath(posixpath.join(folder, one.get("Target")))
            for one in found
        }

    def values(self, formula):
        """The cells that a chart's formula points at; fails where there is no such sheet."""
        found = REFERENCE.match(formula)
        assert found, formula
        sheet = self.cells[found["quoted"] or found["plain"]]
        left, top, right, bottom = range_boundaries(found["cells"])
        assert bottom <= sheet.max_row, formula
        assert right <= sheet.max_column, formula
        return [
            sheet.cell(line, place).value
            for line in range(top, bottom + 1)
            for place in range(left, right + 1)
        ]


@pytest.fixture(scope="module")
def opened():
    return Opened(said())


def named(element):
    return [one.tag.removeprefix(C) for one in element]


def assert_in_order(element, order):
    """As the schema has a sequence: known elements, none before its place."""
    places = [order.index(name) for name in named(element)]
    assert places == sorted(places), named(element)


def test_every_chart_of_the_report_is_a_part_that_a_drawing_on_the_sheet_names(opened):
    assert len(opened.names) == len(charts_of(said())) == 4
    sheet = next(name for name, one in opened.targets("xl/workbook.xml").items() if "sheet4" in one)
    part = opened.targets("xl/workbook.xml")[sheet]
    [drawing] = opened.targets(part).values()
    charts = opened.targets(drawing)
    anchors = opened.tree(drawing).findall(f"{XDR}twoCellAnchor")
    shown = [charts[one.find(f".//{C}chart").get(f"{R}id")] for one in anchors]
    assert sorted(shown) == sorted(opened.names)
    for one in anchors:
        words = one.find(f".//{XDR}cNvPr").get("descr")
        assert ":" in words
        assert words.endswith(".")


def test_every_part_is_there_and_says_what_it_is(opened):
    kinds = opened.tree("[Content_Types].xml")
    said_of = {one.get("PartName"): one.get("ContentType") for one in kinds if one.get("PartName")}
    for name in opened.names:
        assert said_of[f"/{name}"].endswith("drawingml.chart+xml")
    assert {one.lstrip("/") for one in said_of} <= set(opened.zip.namelist())
    for part in [one for one in opened.zip.namelist() if one.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(part))
        for one in opened.tree(part):
            assert one.get("TargetMode") != "External"
            target = posixpath.normpath(posixpath.join(folder, one.get("Target")))
            assert target in opened.zip.namelist()


def test_every_formula_of_a_chart_points_at_cells_that_are_there(opened):
    formulas = [one.text for chart in opened.charts for one in chart.iter(f"{C}f")]
    assert len(formulas) > 20
    for formula in formulas:
        assert "[" not in formula
        assert opened.values(formula)


def test_values_are_numbers_and_names_are_words(opened):
    for chart in opened.charts:
        for series in chart.iter(f"{C}ser"):
            for formula in series.findall(f"{C}val//{C}f"):
                cells = opened.values(formula.text)
                assert all(isinstance(one, int | float) for one in cells), formula.text
            for formula in (*series.findall(f"{C}cat//{C}f"), *series.findall(f"{C}tx//{C}f")):
                cells = opened.values(formula.text)
                assert all(isinstance(one, str) and one for one in cells), formula.text


def test_what_a_chart_remembers_of_its_cells_is_what_they_hold(opened):
    for chart in opened.charts:
        for reference in (*chart.iter(f"{C}numRef"), *chart.iter(f"{C}strRef")):
            cells = opened.values(reference.find(f"{C}f").text)
            [kept] = [one for one in reference if one.tag.endswith("Cache")]
            points = [one.find(f"{C}v").text for one in kept.findall(f"{C}pt")]
            assert int(kept.find(f"{C}ptCount").get("val")) == len(cells) == len(points)
            if reference.tag == f"{C}numRef":
                assert [Decimal(one) for one in points] == [Decimal(str(one)) for one in cells]
            else:
                assert points == cells


def test_each_series_has_a_name_of_its_own_and_as_many_categories_as_values(opened):
    for chart in opened.charts:
        names = [one.find(f"{C}tx//{C}v").text for one in chart.iter(f"{C}ser")]
        assert len(names) == len(set(names)) >= 1
        places = [one.find(f"{C}idx").get("val") for one in chart.iter(f"{C}ser")]
        assert len(places) == len(set(places))
        for series in chart.iter(f"{C}ser"):
            labels = opened.values(series.find(f"{C}cat//{C}f").text)
            assert len(labels) == len(opened.values(series.find(f"{C}val//{C}f").text))


def test_elements_stand_in_the_order_of_the_schema(opened):
    for space in opened.charts:
        chart = space.find(f"{C}chart")
        plot = chart.find(f"{C}plotArea")
        assert_in_order(chart, OF_CHART)
        assert_in_order(plot, OF_PLOT)
        for series in plot.iter(f"{C}ser"):
            assert_in_order(series, OF_SERIES)
        for axis in (*plot.iter(f"{C}catAx"), *plot.iter(f"{C}valAx")):
            assert_in_order(axis, [*OF_AXIS, *named(axis)[named(axis).index("crosses") + 1 :]])


def test_the_axes_of_a_plot_are_there_and_cross_one_another(opened):
    for space in opened.charts:
        plot = space.find(f"{C}chart/{C}plotArea")
        axes = {
            one.find(f"{C}axId").get("val"): one.find(f"{C}crossAx").get("val")
            for one in plot
            if one.tag.endswith("Ax")
        }
        assert len(axes) == 2
        assert {axes[other] for other in axes.values()} == set(axes)
        for drawn in [one for one in plot if one.tag.endswith("Chart")]:
            assert {one.get("val") for one in drawn.findall(f"{C}axId")} == set(axes)


def test_another_reader_understands_every_chart_whole(opened):
    for space in opened.charts:
        again = ChartSpace.from_tree(space)
        kinds = [one.tagname for one in again.chart.plotArea._charts]
        assert kinds == [
            one.tag.removeprefix(C) for one in space.iter() if one.tag.endswith("Chart")
        ]
        assert again.chart.title.tx.rich.p[0].r[0].t.endswith("£")


def test_a_month_that_is_not_known_is_a_gap_and_no_nought():
    trend = [one for one in said()["trend"] if one["month"] > 8]
    book = Opened(
        said(trend=[one for one in trend if one["month"] == 10 or one["organisation"] == "CCG"])
    )
    [variance, *_] = book.charts
    rows = [book.values(one.text) for one in variance.iterfind(f".//{C}val//{C}f")]
    assert [100.5, 100.5] in rows
    assert [None, 200.5] in rows
    # The writer leaves the element out for a gap, as the Excel of 2007 that it writes for does.
    blank = variance.find(f"{C}chart/{C}dispBlanksAs")
    assert blank is None or blank.get("val") == "gap"
