"""The question that two states of a plan are compared by, in pieces: :mod:`programmes.selectors.compare` asks it."""

from programmes.rules.compare import ChangeOf

# The dates that are compared: agreed ones, or those to be reckoned with (the forecast where there is one).
AGREED, EXPECTED = "agreed", "expected"
START = "COALESCE({r}.baseline_start, {r}.start)"
FINISH = {
    AGREED: "COALESCE({r}.baseline_finish, {r}.finish)",
    EXPECTED: "COALESCE({r}.forecast_finish, {r}.baseline_finish, {r}.finish)",
}

ROW = """{r}.programme_id, {r}.plan_id, {r}.position, {r}.outline_level AS level, {r}.kind, {r}.name,
    {r}.parent_id, {r}.owner_id, {start} AS start, {finish} AS finish,
    {r}.start_tbc, {r}.finish_tbc"""

# No more than what is compared: the copies of a whole place are sorted.
COPY = ", ".join(
    f"e.{name}"
    for name in (
        "pgh_obj_id",
        "pgh_label",
        "id",
        "programme_id",
        "plan_id",
        "position",
        "outline_level",
        "kind",
        "name",
        "parent_id",
        "owner_id",
        "start",
        "start_tbc",
        "finish",
        "finish_tbc",
        "baseline_start",
        "baseline_finish",
        "forecast_finish",
        "removed_at",
    )
)

# Between two moments only a row of which a copy was made in between can differ: the others need not be read.
TOUCHED = """
SELECT DISTINCT e.pgh_obj_id FROM programmes_planitemevent e
WHERE e.programme_id = ANY(%(programmes)s) AND e.pgh_created_at > %(since)s
    AND e.pgh_created_at <= COALESCE(%(until)s::timestamptz, 'infinity')
"""
AMONG = "AND {key} IN (SELECT pgh_obj_id FROM touched)"

NOW = """
SELECT i.id, {row} FROM programmes_planitem i
WHERE i.programme_id = ANY(%(programmes)s) AND i.removed_at IS NULL {among}
"""

# The last copy of each row by then. One sort of the copies: a search for each row would take longer.
THEN = """
SELECT t.id, {row} FROM (
    SELECT DISTINCT ON (e.pgh_obj_id) {copy} FROM programmes_planitemevent e
    WHERE e.programme_id = ANY(%(programmes)s) AND e.pgh_created_at <= %({name}_at)s {among}
    ORDER BY e.pgh_obj_id, e.pgh_id DESC
) t WHERE t.removed_at IS NULL AND t.pgh_label <> 'delete'
"""

# What a row's heading was called in a state: looked for among the rows of it, or by itself where those that
# stayed as they were are not read.
HEADING = "LEFT JOIN {s} {s}p ON {s}p.id = {s}.parent_id"
HEADING_NOW = "LEFT JOIN programmes_planitem {s}p ON {s}p.id = {s}.parent_id"
HEADING_THEN = """LEFT JOIN LATERAL (
    SELECT e.name FROM programmes_planitemevent e
    WHERE e.pgh_obj_id = {s}.parent_id AND e.pgh_created_at <= %({name}_at)s
    ORDER BY e.pgh_id DESC LIMIT 1
) {s}p ON true"""

# What the baseline agreed of each row, with the names, headings and owners of the moment it was agreed at.
BASELINE = """
SELECT t.id, {row} FROM (
    SELECT DISTINCT ON (a.item_id) a.item_id, a.start AS agreed_start, a.finish AS agreed_finish, a.removed
    FROM programmes_agreeddates a JOIN programmes_baseline b ON b.id = a.baseline_id
    WHERE b.programme_id = ANY(%(programmes)s) AND b.number <= %({name}_number)s
    ORDER BY a.item_id, b.number DESC
) agreed JOIN (
    SELECT DISTINCT ON (e.pgh_obj_id) {copy} FROM programmes_planitemevent e
    JOIN (
        SELECT programme_id, max(agreed_at) AS at FROM programmes_baseline
        WHERE programme_id = ANY(%(programmes)s) AND number <= %({name}_number)s GROUP BY programme_id
    ) last ON last.programme_id = e.programme_id AND e.pgh_created_at <= last.at
    ORDER BY e.pgh_obj_id, e.pgh_id DESC
) t ON t.pgh_obj_id = agreed.item_id
WHERE NOT agreed.removed
"""

KINDS = {
    ChangeOf.ADDED: "b.id IS NULL",
    ChangeOf.REMOVED: "a.id IS NULL",
    ChangeOf.MOVED: "(b.start, b.finish) IS DISTINCT FROM (a.start, a.finish)",
    ChangeOf.RENAMED: "b.name <> a.name",
    ChangeOf.REPARENTED: "b.parent_id IS DISTINCT FROM a.parent_id",
    ChangeOf.REOWNED: "b.owner_id IS DISTINCT FROM a.owner_id",
}
IN_BOTH = "b.id IS NOT NULL AND a.id IS NOT NULL"

SIDES = "WITH {touched} a AS MATERIALIZED ({after}), b AS MATERIALIZED ({before}), d AS MATERIALIZED ({differing})"

# Of a row that nobody touched, both states are the later one.
REST = "SELECT a.* FROM a WHERE a.id NOT IN (SELECT pgh_obj_id FROM touched)"

DIFFERING = """
SELECT COALESCE(a.id, b.id) AS id, COALESCE(a.programme_id, b.programme_id) AS programme_id,
       COALESCE(a.position, b.position) AS position, {flags}
FROM b FULL JOIN a ON a.id = b.id {where}
"""

COUNTED = "SELECT count(*) AS every, {sums} FROM d"

# A page beyond the last is the last.
PAGE = """
LIMIT %(count)s OFFSET (
    SELECT LEAST(%(first)s::bigint, GREATEST((count(*) - 1) / %(count)s * %(count)s, 0)) FROM d {where}
)
"""

CHOSEN = """
SELECT d.id, row_number() OVER (ORDER BY p."order", p.id, d.position, d.id) AS number
FROM d JOIN programmes_programme p ON p.id = d.programme_id {where}
ORDER BY number {limit}
"""

SIDE = ("name", "kind", "start", "finish", "start_tbc", "finish_tbc", "parent_id", "owner_id")

SHOWN = """
SELECT n.*, c.id, p.code, p.name, COALESCE(a.plan_id, b.plan_id), COALESCE(a.level, b.level),
       b.id IS NOT NULL, {before}, bp.name, bo.title, a.id IS NOT NULL, {after}, ap.name, ao.title
FROM n LEFT JOIN c ON true LEFT JOIN d ON d.id = c.id
LEFT JOIN programmes_programme p ON p.id = d.programme_id
LEFT JOIN b ON b.id = c.id {above_before}
LEFT JOIN programmes_post bo ON bo.id = b.owner_id
LEFT JOIN a ON a.id = c.id {above_after}
LEFT JOIN programmes_post ao ON ao.id = a.owner_id
ORDER BY c.number
"""
