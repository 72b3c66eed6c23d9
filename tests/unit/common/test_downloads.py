import pytest

from icp.common.downloads import safe_name, table_response
from icp.common.tabular import read_table

COLUMNS, ROWS = ["plan_id", "name"], [["11", "=Wi-Fi"], ["12", "Café"]]


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_a_download_is_kept_under_its_name_and_reads_back(fmt):
    response = table_response(fmt=fmt, filename="Plan: City & Hackney", columns=COLUMNS, rows=ROWS)
    assert response["Content-Disposition"] == f'attachment; filename="plan-city-hackney.{fmt}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    table = read_table(response.getvalue(), f"plan.{fmt}")
    assert [[row.text(column) for column in COLUMNS] for row in table.rows] == ROWS


def test_a_csv_download_is_streamed():
    assert table_response(fmt="csv", filename="plan", columns=COLUMNS, rows=iter(ROWS)).streaming


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="'pdf' is not a download format: csv or xlsx"):
        table_response(fmt="pdf", filename="plan", columns=COLUMNS, rows=ROWS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('../../etc/passwd"; x=', "etcpasswd-x"),
        ("line\r\nbreak", "line-break"),
        ("…", "download"),
        ("", "download"),
        ("a" * 300, "a" * 100),
    ],
)
def test_any_text_makes_a_safe_name(text, name):
    assert safe_name(text) == name
