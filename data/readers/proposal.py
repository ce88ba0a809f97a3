"""A mapping proposed for a file no vendor's reader knows: by the columns' names, kept only where the values agree."""

import re
from dataclasses import dataclass, field

import duckdb

from data.cast import NULLS
from data.contract import contract
from data.dates import date_rule
from data.readers.qualtrics_metrics import WORDING, by_values
from data.tabular import Relation

DATED = r"^\s*(\d{4}-\d{1,2}-\d|\d{1,2}[./-]\d{1,2}[./-]\d{2})"
FEW = 200  # distinct values of a column looked at
IDS = {
    "customer_id": r"(customer|client|user|member|kunden?|cust)_?(id|nr|no|number|nummer)",
    "email": r"(.*_)?e_?mail(_address)?",
    "phone": r"(.*_)?(phone|telefon|mobile)(_number)?",
    "anonymous_id": r"(ga_)?client_id|anonymous_?id|cookie_?id|visitor_?id|distinct_id",
    "account": r"account(_id)?|company(_id)?",
}
NAMES = {
    "survey_answers": {
        "score": r"(.*_)?(score|rating|nps|csat|ces|satisfaction|bewertung|punkte)(_score|_rating)?",
        "comment": r"(.*_)?(comments?|feedback|verbatim|remark|kommentar|free_?text|text)",
        "responded_at": r"(.*_)?(response|responded|submitted|answered|recorded|completed|survey)(_.*)?(date|at|time)?"
        r"|timestamp|date|datum",
        "response_id": r"response_?id|submission_?id|respondent_?id",
        "survey": r"survey(_?(name|type|sub_?type|title))?",
        "question": r"question(_text)?",
        "language": r"language|locale|sprache",
        "asked_via": r"(.*_)?channel|via",
        "url": r"(page_?)?url",
        "session_id": r"session_?id",
        "order_id": r"order_?id",
        "ticket_id": r"ticket_?id",
    },
    "support_tickets": {
        "ticket_id": r"(ticket|case|incident|request)_?(id|nr|no|number|key)",
        "created_at": r"(.*_)?(created|opened|reported)(_.*)?",
        "first_reply_at": r"first_?(reply|response|responded).*",
        "solved_at": r"(.*_)?(solved|resolved)(_.*)?",
        "closed_at": r"(.*_)?closed(_.*)?",
        "status": r"(.*_)?(status|state)",
        "priority": r"priority",
        "category": r"category|(request_|case_)?type|reason|topic",
        "contact_via": r"channel|via|origin|contact_type",
        "subject": r"subject|summary|title",
        "body": r"description|body|message",
        "tags": r"tags|labels",
    },
    "web_events": {
        "occurred_at": r"(event_?)?(time|timestamp|date|occurred_at|datetime)",
        "event_name": r"event(_?(name|type))?|action",
        "url": r"(page_?)?(url|path|location)|page",
        "event_id": r"event_?id|message_?id",
        "session_id": r"(session|visit)_?id",
        "referrer": r"referr?er",
        "device": r"device(_type|_category)?",
        "country": r"country",
        "region": r"region",
    },
    "orders": {
        "order_id": r"(order|transaction|bestell)_?(id|nr|no|number|nummer)",
        "ordered_at": r"(order(ed)?|purchased?|bestell)_?(date|at|time|datum)|date",
        "amount": r"(order_|total_)?(amount|total|revenue|value|betrag)",
        "currency": r"currency",
        "delivered_at": r"deliver(ed|y)(_at|_date)?",
        "refunded": r"refund(ed|_amount)?",
        "promised_at": r"promised(_at|_date)?",
        "task": r"task|(product|item|goods)_?(category|group|kind|type)|warengruppe",
    },
    "people": {
        "customer_since": r"(customer|member)_since|signup(_date)?|registered(_at)?",
        "segment": r"segment|tier",
        "region": r"region|state",
        "consent": r"consent|opt_in",
    },
    "exposures": {
        "experiment": r"experiment(_name|_id)?|test_name",
        "unit": r"unit(_id)?|user_id|visitor_id",
        "variant": r"variant|variation|arm",
        "exposed_at": r"exposed(_at)?|assigned(_at)?|timestamp|date",
    },
}
# A table is proposed only where each of these groups has a column.
NEEDED = {
    "survey_answers": ({"score", "comment"},),
    "support_tickets": ({"created_at"}, {"ticket_id", "subject", "body"}),
    "web_events": ({"occurred_at"}, {"url", "event_name"}),
    "orders": ({"order_id"}, {"ordered_at"}),
    "people": ({"customer_id"}, {"customer_since", "segment", "consent"}),
    "exposures": ({"experiment"}, {"variant"}),
}
NAMED = {"nps": r"(^|_)nps(_|$)", "csat": r"(^|_)csat(_|$)", "ces": r"(^|_)ces(_|$)"}


@dataclass
class Column:
    """What the values of one column look like; shares are of the answers given."""

    name: str
    given: int
    different: int
    numbers: float
    dates: float
    values: list[str]


@dataclass
class Proposal:
    """`columns`: contract column → (file's column, evidence). `questions` only the company can answer."""

    table: str | None = None
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def propose(con: duckdb.DuckDBPyConnection, relation: Relation, stem: str) -> Proposal:
    """The contract table whose columns the file's names and values fit best, or none."""
    columns = [_profile(con, relation.name, name) for name in relation.columns]
    best = max((_fit(table, columns) for table in NAMES), key=lambda proposal: len(proposal.columns))
    if not best.columns:
        best.questions.append("no table of the contract fits these columns: state table and columns in sources.toml")
        best.table = None
    if best.table == "survey_answers":
        _settle_survey(best, columns, stem)
    _ask_times(con, relation, best, columns)
    used = {column for column, _ in best.columns.values()}
    best.unused = [column.name for column in columns if column.name not in used]
    return best


def _profile(con: duckdb.DuckDBPyConnection, relation: str, name: str) -> Column:
    cell = 'trim(cast("' + name.replace('"', '""') + '" as varchar))'
    given, different, numbers, dates = con.execute(
        f"""select count(v), count(distinct v), count(try_cast(v as double)),
                   count(*) filter (regexp_matches(v, $dated))
            from (select case when not list_contains($nulls, {cell}) then {cell} end as v from {relation})""",
        {"nulls": list(NULLS), "dated": DATED},
    ).fetchone()
    values = [
        row[0]
        for row in con.execute(
            f"select v from (select {cell} as v from {relation}) where v is not null and not list_contains($nulls, v) "
            "group by v order by count(*) desc, v limit $few",
            {"nulls": list(NULLS), "few": FEW},
        ).fetchall()
    ]
    return Column(name, given, different, numbers / max(given, 1), dates / max(given, 1), values)


def _fold(name: str) -> str:
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9äöüß]+", "_", split.lower()).strip("_")


def _fit(table: str, columns: list[Column]) -> Proposal:
    proposal, kinds = Proposal(table), contract().tables[table].fillable
    patterns = {name: name for name in kinds} | NAMES[table]
    patterns |= {kind: pattern for kind, pattern in IDS.items() if kind in kinds}
    taken: set[str] = set()
    for name, pattern in patterns.items():
        exact = [column for column in columns if _fold(column.name) == name]
        named = [column for column in columns if re.fullmatch(pattern, _fold(column.name))]
        found = next(
            (column for column in exact + named if column.name not in taken and _agrees(kinds[name], column)), None
        )
        if found:
            proposal.columns[name] = (found.name, f"its name; {_shown(kinds[name], found)}")
            taken.add(found.name)
    return proposal if all(group & set(proposal.columns) for group in NEEDED[table]) else Proposal(table)


def _agrees(kind: str, column: Column) -> bool:
    """Whether the values are what the column's type asks for."""
    if not column.given:
        return False
    if kind == "time":
        return column.dates > 0.5 or all(re.fullmatch(r"\d{10}|\d{13}|\d{16}", value) for value in column.values)
    if kind in ("number", "whole"):
        return column.numbers > 0.9
    return kind != "text" or column.dates < 0.5


def _shown(kind: str, column: Column) -> str:
    if kind == "time":
        return f"{column.dates:.0%} of {column.given:,} values are dates"
    if kind in ("number", "whole"):
        numbers = [float(value) for value in column.values if re.fullmatch(r"-?\d+(\.\d+)?", value)]
        return f"numbers {min(numbers):g} to {max(numbers):g}, {column.different:,} different" if numbers else "numbers"
    return f"{column.given:,} values, {column.different:,} different"


def _settle_survey(proposal: Proposal, columns: list[Column], stem: str) -> None:
    """The survey's name, and the metric where wording and values agree; a metric is never taken from values alone."""
    if "survey" not in proposal.columns:
        proposal.constants["survey"] = stem
    if "score" not in proposal.columns:
        return
    column = next(column for column in columns if column.name == proposal.columns["score"][0])
    words = column.name.replace("_", " ")
    worded = [metric for metric, pattern in NAMED.items() if re.search(pattern, _fold(column.name))]
    worded += [metric for metric, pattern in WORDING if re.search(pattern, words, re.IGNORECASE)]
    decision = by_values(worded[0], words, column.values) if worded else None
    if decision:
        proposal.constants |= {"metric": decision.metric, "scale_min": decision.low, "scale_max": decision.high}
    else:
        guess = f", perhaps {worded[0]}" if worded else ""
        proposal.questions.append(
            f"what does {column.name!r} measure, and on which scale{guess}? State constants = "
            '{ metric = "…", scale_min = …, scale_max = … }'
        )


def _ask_times(con: duckdb.DuckDBPyConnection, relation: Relation, proposal: Proposal, columns: list[Column]) -> None:
    """What the dates do not say: their order of day and month, and their time zone."""
    kinds = contract().tables[proposal.table].fillable if proposal.table else {}
    for name, (column, _) in proposal.columns.items():
        if kinds.get(name) != "time":
            continue
        values = next(found.values for found in columns if found.name == column)
        rule = date_rule(con, relation.name, column, (), NULLS)
        if rule.question:
            proposal.questions.append(f"{column}: {rule.question}")
        if not any(re.search(r"(Z|[+-]\d{2}:?\d{2}|UTC)$", value) for value in values):
            proposal.questions.append(
                f"{column}: its times name no zone and are read in the company's ([company] timezone); state timezone for this source if that is not so"
            )
