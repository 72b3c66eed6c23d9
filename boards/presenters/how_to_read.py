"""How the reports are read: one wording for the page and for the first page of every PDF."""

FIVE_REPORTS = (
    (
        "Exception report",
        "What is off track, why, what is being done, and what is wanted from the boards. "
        "On the page it begins with the decisions asked of your own board.",
    ),
    (
        "Look ahead",
        "What is due in the coming month and, apart from it, what is overdue and still open.",
    ),
    (
        "Achievements",
        "What was first reported complete in the month. A place’s first issue lists everything "
        "that was complete by then.",
    ),
    ("Now green", "What was red or amber and is green or complete now. It is listed once."),
    ("Full plan", "Every programme with all of its rows, and who leads it."),
)

PARTS = (
    (
        "Red, amber, green",
        (
            "A filled tag is the judgement of the programme’s lead: green is on course, amber needs "
            "attention, red will miss its agreed finish without help. Red and amber always carry a "
            "reason and a plan to get back to green. One reason may cover several rows; it is then "
            "printed once, with the rows it covers.",
            "A tag with an outline and the words “proposed from dates” is only arithmetic: no lead "
            "has given a judgement, and the dates suggest that one.",
        ),
    ),
    (
        "Dates",
        (
            "“As at” is the last day of the period; nothing later is taken into account. The agreed "
            "finish is the date last agreed; an expected finish is the lead’s forecast. A row is "
            "overdue when its agreed finish has come, that day included, and it is not complete, "
            "whatever the forecast.",
            "How late a row is, is counted from its agreed finish to its actual or forecast finish, "
            "or to the as-at date when there is neither.",
        ),
    ),
    (
        "What is exceptional",
        (
            "Every red or amber row, and six kinds of news: something new; something removed; late by "
            "more than the tolerance; early by more than the tolerance; a decision that a board is "
            "asked to take; and what the boards need to know. The tolerance is two calendar months "
            "unless the place sets another, and tighter for some programmes or rows.",
        ),
    ),
    (
        "Missing returns",
        (
            "If a programme did not hand in its return, the report says so at the top. What it shows "
            "of that programme is older, or comes from dates.",
        ),
    ),
    (
        "What never changes",
        (
            "People quote a row by its programme and number, such as IT 11; the number stays. A "
            "published report is frozen: it says the same a year later, whatever happened to the "
            "plan. Its checksum proves that a copy is the published one. What has to be put right "
            "is put right in a later report, which says what it corrects.",
        ),
    ),
)
