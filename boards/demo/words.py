"""The demonstration's narrative: our own sentences for the published RAGs of January 2020."""

# (reason, get to green) by row. The nine rows of Communications & Engagement carry the same words.
IT_WORDS = {
    "7": (
        "The supplier's link between the social prescribing tool and the practice record was tested late, "
        "so the first practices start a month after the plan.",
        "Start with the four practices that are ready, and bring the others on in two groups by May.",
    ),
    "11": (
        "The hospital's order system cannot yet send results back to the practice record; the fix is in a "
        "release that the supplier has moved to the summer.",
        "Run ordering by form for the practices in the pilot, and ask the supplier for an early release of "
        "the results link. A revised date comes with the next return.",
    ),
    "17": (
        "Data-sharing agreements are signed by fewer practices than the plan assumed.",
        "Each neighbourhood's clinical lead is visiting the practices that have not signed; the list is "
        "reviewed every fortnight.",
    ),
    "27": (
        "The directory depends on a product whose contract ends in March, and no successor has been chosen.",
        "Agree a short extension of the contract, and bring a choice of two products to the IT enabler board.",
    ),
}
CE_WORDS = (
    "The communications team was two posts short over the winter, and work on the brand, the prospectus and "
    "the newsletter stopped while the logo was reconsidered.",
    "Both posts are filled from February. The logo goes back to the boards first; the website, prospectus "
    "and newsletter follow in that order, with new dates agreed by change request.",
)

NARRATIVE = {
    "achievements": (
        "Twenty-four milestones and tasks are reported complete in this first issue. They include the personal "
        "health budget monitoring system and the mental health blended teams that are already at work."
    ),
    "look-ahead": (
        "February is a busy month for the provider alliance, whose application goes to its boards. Thirty-two "
        "rows are past their agreed finish and still open: most belong to Communications & Engagement, and "
        "several are from the autumn. They are listed after the month's own dates, so that none is lost."
    ),
    "exceptions": (
        "Eleven rows are red and two amber. Nine of the red rows are in Communications & Engagement and "
        "share one cause, a shortage of staff that ends in February. Electronic ordering and the directory "
        "are red in the IT enabler, both for reasons that lie with suppliers."
    ),
    "now-green": "No row that was red or amber in December has returned to green in January.",
    "full-plan": (
        "This is the plan as it was first agreed. Three programmes show dates that are still subject to "
        "review or to approval by their SRO; they say so at their head."
    ),
}


# The demonstration's change requests: (title, why, effects, consulted) in our own words.
CHANGES = {
    "13": {
        "title": "A&E re-direction ends after the winter contract",
        "why": (
            "The re-direction tool is bought with the urgent care contract, which now starts in October. "
            "Testing it before then would be paid for twice."
        ),
        "effect_on_rows": "None: nothing in the plan waits for it.",
        "effect_on_risks": "Pressure on A&E in autumn is eased a season later than was planned.",
        "effect_on_money": "None beyond the agreed budget.",
        "effect_on_outcomes": "None this year.",
        "consulted": "Workstream Director: Unplanned Care; the hospital's A&E lead.",
    },
    "9": {
        "title": "Online platform for adverse childhood experiences by spring",
        "why": "The schools that try the platform first asked to begin after the winter term.",
        "effect_on_rows": "None: the evaluation is due a year later.",
        "effect_on_risks": "None",
        "effect_on_money": "None: the licence is paid from the day of use.",
        "effect_on_outcomes": "Children of the first schools are reached one term later.",
        "consulted": "Workstream Director: CYPMF.",
    },
}

# What the demonstration's agreement says is in its pool.
AGREEMENT_SCHEDULE = (
    "The Better Care Fund, including the disabled facilities grant; care and support for adults with learning "
    "disabilities; community equipment. Each party reports what it spends on them monthly."
)
