"""What the demonstration's rows wait for, which of them stand before the boards, and what was said of a few in
February: our own, so that the pages of foresight have something to show. January's figures do not depend on it.
"""

from datetime import UTC, date, datetime

from icp.accounts.models import User
from programmes import services
from programmes.models import (
    Board,
    Dependency,
    DependencyKind,
    ItemBoard,
    Level,
    Period,
    Place,
    PlanItem,
)
from programmes.rules.rag import Rag

# Row, what it waits for, kind, working days between, why.
WAITS = (
    ("CE 11", "CE 10", "FS", 0, "The reviewers’ comments go into the text that is signed off."),
    ("CE 7", "CE 4", "FS", 0, "The website carries the logo."),
    ("NBH 60", "CE 7", "FS", 5, "Staff messages point to the website."),
    ("NBH 47", "EST 325", "FS", 0, "Space can be offered once it is known what stands empty."),
    ("NBH 48", "NBH 46", "FS", 10, "Requirements are drawn from what the practices asked for."),
    ("NBH 52", "IT 18", "FF", 0, "The dashboard reads the linked data sets."),
    ("WF 9", "WF 8", "FS", 20, "Boards see the draft a month before they agree it."),
    ("EST 330", "EST 329", "FS", 0, "Options answer the demand that phase 1 finds."),
    ("EST 331", "EST 330", "FS", 0, "The outline case takes one option forward."),
    ("EST 332", "EST 331", "FS", 0, ""),
)
OUTSIDE = ("IT 14", "Referral form agreed by the neighbouring boroughs", date(2020, 5, 29))
PROMOTED = {
    Level.BOARD: ("EST 330", "CE 12", "NBH 59", "IT 11"),
    Level.PLACE: ("WF 9", "NBH 11", "EST 332"),
}
# Row, what its lead said of it in February.
SAID = (
    ("EST 329", {"rag": Rag.COMPLETE, "actual_finish": date(2020, 2, 12)}),
    (
        "EST 330",
        {
            "rag": Rag.AMBER,
            "forecast_finish": date(2021, 1, 15),
            "reason": "The survey of the older buildings takes six weeks longer than planned.",
            "get_to_green": "Options that need no survey are drawn up meanwhile.",
        },
    ),
    (
        "NBH 59",
        {
            "rag": Rag.AMBER,
            "forecast_finish": date(2020, 7, 10),
            "reason": "Residents asked for two more meetings before the strategy is written.",
            "get_to_green": "Both meetings are booked for May.",
        },
    ),
    (
        "PC 15",
        {
            "rag": Rag.AMBER,
            "forecast_finish": date(2020, 3, 16),
            "reason": "The provider’s new posts were filled a month late.",
            "get_to_green": "The last two people start on 2 March.",
        },
    ),
)


def rows_of(place: Place) -> dict[str, PlanItem]:
    """Every row by its number, such as IT 11."""
    rows = PlanItem.objects.filter(programme__place=place).select_related("programme")
    return {row.reference: row for row in rows}


def tie_rows_together(*, place: Place) -> None:
    """The dependencies, and the rows that stand before the place and its boards."""
    rows = rows_of(place)
    for after, before, kind, lag, why in WAITS:
        Dependency.objects.create(
            successor=rows[after],
            predecessor=rows[before],
            kind=DependencyKind(kind),
            lag_days=lag,
            note=why,
        )
    row, outside, promised = OUTSIDE
    Dependency.objects.create(successor=rows[row], outside=outside, outside_date=promised)
    for level, numbers in PROMOTED.items():
        PlanItem.objects.filter(pk__in=[rows[number].pk for number in numbers]).update(level=level)
    deciding = Board.objects.filter(place=place, takes_decisions=True)
    ItemBoard.objects.bulk_create(
        ItemBoard(item=rows[number], board=board)
        for number in PROMOTED[Level.BOARD]
        for board in deciding
    )


def say_in_february(*, february: Period, leads: dict[str, User]) -> None:
    """``leads`` by programme code."""
    rows = rows_of(february.place)
    for number, values in SAID:
        row = rows[number]
        services.record_status(
            item=row,
            period=february,
            by=leads[row.programme.code],
            at=datetime(2020, 2, 12, 10, 0, tzinfo=UTC),
            expected_version=0,
            values=dict(values),
        )
