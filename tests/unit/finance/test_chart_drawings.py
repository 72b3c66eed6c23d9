"""The charts of a report's content: drawn where there are figures, and none where there are none."""

import re
from io import BytesIO

from openpyxl import load_workbook

from finance.chart_drawing import for_print
from finance.charts import charts_of
from finance.exporters.report_pdf import report_pdf
from finance.exporters.workbook import workbook
from tests.unit.common.test_pdf import structure

WORDS = {
    "place": "Hackney",
    "name": "Month 10, January 2020",
    "as_at": "2020-01-31",
    "risks": [],
    "savings": [],
    "commentary": [],
    "basis": [],
    "not_entered": [],
}
FIGURES = {
    "ytd_budget": "800.00",
    "ytd_variance": "-100.00",
    "prior_month_variance": None,
    "absent": None,
    "organisation": None,
}


def row(section, label, kind, **more):
    return {
        "section": section,
        "label": label,
        "kind": kind,
        "annual_budget": "1000.00",
        "ytd_actual": "900.00",
        "forecast_outturn": "1100.00",
        "forecast_variance": "-100.00",
        **more,
    }


def content(**more):
    said = {"organisation": "CCG & <b>", "forecast_variance": "-100.00"}
    figures = {"ytd_budget": "800.00", "ytd_actual": "900.00"}
    return {
        "year": "2019/20",
        "month": 10,
        "trend": [{"month": number, **said, **figures} for number in (9, 10)],
        "workstreams": [
            row("workstream", "Planned Care", "line"),
            row("not attributed", "None", "subtotal", forecast_variance=None),
            row("all", "Grand total", "total"),
        ],
        "bridge": {
            "reported": "-100.00",
            "risks": "-50.00",
            "unmitigated": "-150.00",
            "offsets": "30.00",
            "mitigated": "-120.00",
        },
        **more,
    }


def test_each_chart_has_a_drawing_with_words_and_a_table():
    charts = charts_of(content())
    assert [one.name for one in charts] == ["variance", "run-rate", "bridge", "range"]
    for one in charts:
        assert one.drawing.startswith("<svg")
        assert 'role="img" aria-label="' in one.drawing
        assert one.rows
        assert all(len(figures) == len(one.columns) for _, figures in one.rows)


def test_a_partners_name_is_escaped():
    variance = charts_of(content())[0]
    assert "<b>" not in variance.drawing
    assert "CCG &amp; &lt;b&gt;" in variance.drawing


def test_without_figures_nothing_is_drawn():
    assert charts_of(content(trend=[])) == []
    empty = [row("all", "Grand total", "total", ytd_actual=None)]
    assert charts_of(content(workstreams=empty)) == []
    assert charts_of({key: value for key, value in content().items() if key != "trend"}) == []


def test_a_drawing_for_print_holds_a_rule_for_every_part_of_it():
    for one in charts_of(content()):
        printed = for_print(one.drawing)
        assert printed.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        style = re.search(r"<style>(.*?)</style>", printed)[1]
        kinds = {
            kind for said in re.findall(r'class="([^"]+)"', one.drawing) for kind in said.split()
        }
        assert [kind for kind in kinds - {"mon-chart"} if f".{kind}" not in style] in (
            [],
            ["mon-chart__line--1"],
        )


def test_the_pdf_draws_each_chart_with_words_for_who_does_not_see_it():
    view = [row("all", "Grand total", "total", **FIGURES)]
    said = content(consolidated=view, organisations=view, **WORDS)
    said["workstreams"] = [one | FIGURES for one in said["workstreams"]]
    alts = sorted(str(alt) for _, alt in structure(report_pdf(said)) if alt)
    assert [one.split(":")[0] for one in alts] == [
        "Forecast variance by month and partner, £000",
        "From budget to forecast, £000",
        "Risk-adjusted range of the forecast variance, £000",
        "Run rate",
    ]


def test_the_workbook_has_excels_own_charts_over_cells_that_it_works_out():
    said = content(consolidated=[], organisations=[], **WORDS)
    said["workstreams"] = [one | FIGURES for one in said["workstreams"]]
    book = load_workbook(BytesIO(workbook(said)))
    sheet = book["Charts"]
    assert len(sheet._charts) == 4
    assert sheet["A1"].value == "Forecast variance by month and partner, £"
    assert [cell.value for cell in sheet[4][:3]] == ["CCG & <b>", -100, -100]
    assert sheet["A2"].value == (
        "Now: CCG & <b> (100); All partners (100). Unfavourable is in brackets."
    )
    steps = [[cell.value for cell in line] for line in book["Exposure"].iter_rows(min_row=3)]
    assert steps[1][:2] == ["Reported forecast variance", -100]
    assert steps[-1][:2] == ["Mitigated", -120]
    formulas = [cell.value for line in sheet for cell in line if str(cell.value).startswith("=M")]
    assert len(formulas) == 3
