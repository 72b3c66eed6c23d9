"""The drawing of a risk's scores: what is current as steps, what is residual from quarter's end to quarter's end."""

from datetime import date

from risks.drawing import score_line
from risks.rules.quarters import Quarter

DAY = date(2020, 2, 14)


def drawn(scores, residuals):
    return score_line(scores, residuals, until=DAY, line=15, most=25)


def test_current_and_residual_are_two_lines_on_one_scale():
    scores = [(date(2019, 11, 20), 20), (date(2020, 2, 1), 12)]
    residuals = [(Quarter(2019, 2), 20), (Quarter(2019, 3), 20), (Quarter(2019, 4), 12)]
    found = drawn(scores, residuals)
    assert (found.first, found.last) == (date(2019, 9, 30), DAY)
    assert [point.words for point in found.points] == ["20 from 20 Nov 2019", "12 from 1 Feb 2020"]
    assert [point.words for point in found.residual_points] == [
        "20, residual of Q2 2019/20",
        "20, residual of Q3 2019/20",
        "12, residual of Q4 2019/20",
    ]
    assert found.residual_path.count("L") == 2
    assert found.points[0].y == found.residual_points[0].y
    # The quarter in progress is drawn today, not at an end that is still to come.
    assert found.residual_points[-1].x == found.right


def test_inherent_and_target_are_lines_of_their_own_on_the_same_scale():
    found = score_line(
        [(date(2019, 11, 20), 12)],
        [],
        until=DAY,
        line=15,
        most=25,
        inherent=[(date(2019, 10, 1), 20), (date(2020, 1, 1), None)],
        target=[(date(2019, 11, 20), 12)],
    )
    assert found.first == date(2019, 10, 1)
    # Taken back in January: the line ends there.
    assert found.inherent_path.startswith("M36.0 ")
    assert found.inherent_path.count("H") == 1
    assert found.inherent_path.split("H")[1] != found.path.split("H")[1]
    assert found.target_path == found.path
    assert drawn([(date(2020, 1, 1), 9)], []).target_path == ""


def test_a_risk_without_residuals_or_without_scores_still_has_a_drawing():
    assert drawn([(date(2020, 1, 1), 9)], []).residual_path == ""
    assert drawn([(date(2020, 1, 1), None)], [(Quarter(2019, 3), 9)]).path == ""
    assert drawn([(date(2020, 1, 1), None)], []) is None
