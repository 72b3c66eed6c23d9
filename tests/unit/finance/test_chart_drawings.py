"""The charts of a report's content: drawn where there are figures, and none where there are none."""

from finance.charts import charts_of


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
        "bridge": {"reported": "-100.00", "risks": "-50.00", "offsets": "30.00"},
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
