"""Files to start from: the headings, and rows that show what may stand under them."""

from programmes.importers import plan, programmes

Template = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]

TEMPLATES: dict[str, Template] = {
    "plan": (
        (*plan.COLUMNS, *plan.OPTIONAL, plan.LINKS),
        (
            ("IT", "1", "1", "summary", "Shared care record", "45 days", "6/1/2020", "6/3/2020", "no", "auto", "", "", ""),
            ("IT", "2", "2", "task", "Agree what is shared", "20 days?", "6/1/2020", "31/1/2020", "yes", "auto", "", "", ""),
            ("IT", "3", "2", "milestone", "Board approves", "0 days", "6/3/2020", "6/3/2020", "no", "auto", "", "", "IT 2 FS+5 days"),
            ("IT", "4", "2", "task", "Roll out to practices", "tbc", "tbc", "tbc", "no", "manual", "", "", "IT 3"),
        ),
    ),
    "programmes": (
        programmes.COLUMNS,
        (
            (
                "IT",
                "IT Enabler",
                "enabler group",
                "",
                "IT Enabler Lead",
                "Chief Executive; Medical Director",
                "Chief Executive",
                "live",
            ),
        ),
    ),
}  # fmt: skip
