"""Readings of a file as each contract table, by the pair of values and header words; the best first."""

import re
from dataclasses import dataclass, field
from typing import Any

from data.contract import contract
from data.inspection.codes import is_coded_rating, messages
from data.inspection.profile.groups import is_group
from data.inspection.profile.items import items_of
from data.inspection.profile.opening import Opened
from data.inspection.profile.patterns import EMAIL
from data.inspection.profile.ratings import rated
from data.inspection.profile.values import ANSWERED, Column, counts_up, fits, is_name, is_time, shown
from data.inspection.profile.wording import is_machinery, is_picked, worked_out
from data.inspection.profile.words import calls_metric, fold, is_question, meanings, name_of, said, shapes

NAMED = 0.35  # from here on a header says what its column is
IDS = {
    "email": ("email", 0.5),
    "phone": ("phone", 0.2),
    "customer_id": ("id", 0.4),
    "vendor_id": ("id", 0.2),
    "anonymous_id": ("id", 0.4),
    "account": ("word", 0.1),
}
ALONE = {"email": "email", "url": "url", "body": "free", "responded_at": "time", "phone": "phone"}
ALONE_PAIR = 0.4  # what a pair is worth that only its values speak for
SOLID = 0.5  # what a pair must be worth where a table stands on it
BARE = {
    "id",
    "sys id",
    "no",
    "nr",
    "number",
    "key",
    "uuid",
    "name",
}  # headers that mean the record's own id where the file says what it holds
OWN, ANSWERS_OWN = ("id", "record id", "entry id"), ("survey id", "survey record id")
SENT = 4.0  # what it adds that most events of an analytics export are of surveys
SURE = {"status", "subject", "solved_at", "first_reply_at", "amount", "ordered_at"}  # what a side table does not have
CALLED = 1.0  # what a fitting name of the file adds


@dataclass
class Mapped:
    """A file's column for a contract column, and why."""

    column: Column
    worth: float  # 0 to 1: values and words together
    evidence: str


@dataclass
class Reading:
    """The file as one contract table. `strength` compares readings; it has no unit."""

    table: str
    columns: dict[str, Mapped] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    strength: float = 0.0
    lacks: str | None = None  # why this table cannot be filled
    wide: bool = False  # a questionnaire whose headers are short names: any column of words is a question

    @property
    def what(self) -> str:
        return str(shapes().get(self.table, {}).get("what", "ids of the same person"))


# What describes a question inside a list of answers: its type and ids are no answers.
RECORD = re.compile(r"_airbyte_data\.")  # a loader's raw table keeps the record itself in a column of its own
ABOUT_QUESTION = re.compile(r"\[[^\]]*=[^\]]*\]\.(type|(field|question)\.(id|ref|type))$")


def usable(opened: Opened) -> list[Column]:
    """The columns that say something: no loader's own, none empty, none that only describes a question, no JSON whose parts stand beside it."""
    loader = re.compile(meanings()["machinery"]["loader"], re.IGNORECASE)
    return [
        found
        for found in opened.columns
        if found.given
        and not (loader.match(found.name) and not RECORD.match(found.name))
        and not ABOUT_QUESTION.search(found.name)
    ]


def readings(opened: Opened, stem: str = "") -> list[Reading]:
    """A reading of every contract table, those that can be filled first and the strongest of them at the front. `stem`: the file's name."""
    columns = usable(opened)
    name = fold(f"{stem} {opened.stream[1] if opened.stream else ''}")
    found = [_read_as(table, columns, name) for table in shapes()] + [_edges(columns)]
    return sorted(found, key=lambda reading: (reading.lacks is not None, -reading.strength))


def _read_as(table: str, columns: list[Column], file: str) -> Reading:
    spec, reading = shapes()[table], Reading(table)
    if table == "support_tickets" and (rating := rated(columns)):
        columns = [found for found in columns if found.name not in rating.names]  # they say nothing of the ticket
    called = bool(re.search(spec["called"], file))
    elsewhere = not called and any(re.search(other["called"], file) for other in shapes().values())
    wanted = (IDS if contract().tables[table].ids else {}) | {
        name: tuple(kind) for name, kind in spec["columns"].items()
    }
    pairs = [
        pair
        for name, (kind, weight) in wanted.items()
        for found in columns
        if (pair := _pair(table, name, kind, weight, found, spec, called))
    ]
    taken: set[str] = set()
    for mapped, weight, name in sorted(pairs, key=lambda pair: (-pair[0].worth, -pair[1])):
        if name not in reading.columns and mapped.column.name not in taken:
            reading.columns[name] = mapped
            taken.add(mapped.column.name)
            reading.strength += weight * mapped.worth
    _own_id(reading, columns, taken)
    _own_browser(reading, columns, taken)
    _own_visit(reading, columns, taken)
    reading.strength += 1.5 * len(taken) / max(len(columns), 4) + CALLED * called
    reading.strength *= 0.7 if elsewhere else 1.0
    reading.lacks = _lacks(spec, reading)
    if len(columns) > spec.get("widest", len(columns)):
        reading.lacks = f"{len(columns)} columns, which is more than such a table has"
    if (
        called
        and table in ("support_tickets", "orders")
        and re.search(meanings()["beside"]["words"], file)
        and len(SURE & set(reading.columns)) < 2
    ):
        reading.lacks = reading.lacks or f"its name says that it stands beside them ({file})"
    if table == "ticket_tags" and not called:
        reading.lacks = reading.lacks or "its name does not say that it holds tags"
    if table == "web_daily" and "path" not in reading.columns and (other := _broken_down(columns, taken)):
        reading.lacks = f"these are counts by {other!r}, not by page: every such table counts the same visits once more"
    if table in ("support_tickets", "ticket_status_changes") and (held := reading.columns.get("ticket_id")):
        reading.lacks = reading.lacks or messages(columns, held.column)
    if table == "survey_answers":
        _as_questionnaire(reading, columns, taken, called)
    return reading


def _broken_down(columns: list[Column], taken: set[str]) -> str | None:
    """The column by which counts are broken down where that is no page: a browser, a source, a country."""
    words = meanings()["breakdown"]["words"]
    return next(
        (found.name for found in columns if found.name not in taken and re.match(words, name_of(found.name))), None
    )


def _own_id(reading: Reading, columns: list[Column], taken: set[str]) -> None:
    """A column called id, unlike in every record, is the record's own where nothing else is; it speaks for no table."""
    key = next((name for name in contract().tables[reading.table].key if name.endswith("_id")), None)
    own = next((found for found in columns if _is_own(found, reading.table) and found.name not in taken), None)
    if key and own and key not in reading.columns and own.different == own.given == own.rows:
        reading.columns[key] = Mapped(own, 0.0, f"its name, and no two alike: {shown(own)}")


def _own_browser(reading: Reading, columns: list[Column], taken: set[str]) -> None:
    """A distinct id is a person's once they are known, and the browser's before: where each record has its device's own id, that is
    the browser's."""
    held = reading.columns.get("anonymous_id")
    device = next((found for found in columns if name_of(found.name) == "device id" and found.name not in taken), None)
    if held and device and name_of(held.column.name) == "distinct id" and device.given == device.rows:
        reading.columns["anonymous_id"] = Mapped(
            device, held.worth, f"its name (device id) and its values: {shown(device)}"
        )
        taken.discard(held.column.name)
        taken.add(device.name)


def _own_visit(reading: Reading, columns: list[Column], taken: set[str]) -> None:
    """Where sessions hold several visits each (Umami's last as long as the browser is known), the visit is the session and what was called
    so is the browser."""
    held = reading.columns.get("session_id")
    visit = next((found for found in columns if name_of(found.name) == "visit id" and found.name not in taken), None)
    if not held or not visit or name_of(held.column.name) != "session id" or visit.given < visit.rows:
        return
    of_visit: dict[str, set[str]] = {}
    sessions = dict(zip(held.column.places, held.column.cells))
    for place, cell in zip(visit.places, visit.cells):
        of_visit.setdefault(cell, set()).add(sessions.get(place, ""))
    if visit.different > held.column.different and all(len(names) == 1 for names in of_visit.values()):
        reading.columns["session_id"] = Mapped(visit, held.worth, f"its name (visit id) and its values: {shown(visit)}")
        taken.add(visit.name)
        if reading.columns.setdefault("anonymous_id", held) is not held:
            taken.discard(held.column.name)


def _is_own(column: Column, table: str) -> bool:
    """Whether a header says that it numbers the file's records; an answer's is a survey's id too, where no two are alike."""
    own = OWN + ANSWERS_OWN if table == "survey_answers" else OWN
    return column.name.strip().lower() == "#" or name_of(column.name) in own


def _as_questionnaire(reading: Reading, columns: list[Column], taken: set[str], called: bool) -> None:
    """What makes a survey beside its columns: headers that are questions, events of a survey, a name."""
    held = reading.columns.get("survey")
    reading.wide = "score" not in reading.columns and bool(
        held and held.worth > 0.9 and reading.columns.get("responded_at")
    )
    reading.lacks = reading.lacks or worked_out(columns, set(reading.columns))
    asked = _asked(columns, taken, reading.wide) + sum(len(group.columns) for group in items_of(columns))
    if asked and not worked_out(columns, set(reading.columns)):
        reading.lacks, reading.strength = None, reading.strength + min(4.0, 0.6 * asked) + 1.0
    elif not reading.lacks and "score" not in reading.columns and not any(map(is_group, columns)):
        reading.lacks = _only_words(reading, called)
    reading.strength += SENT * any(
        found.share(_is_survey_event) >= 0.5 for found in columns if name_of(found.name) == "event"
    )


def _asked(columns: list[Column], taken: set[str], wide: bool) -> int:
    """How many headers are questions somebody answered; in a file that names its survey, any column of words is one."""
    return sum(
        (is_question(found.name) or found.told in ANSWERED or wide and is_picked(found))
        and found.name not in taken
        and not is_machinery(found)
        and not is_time(found)
        and bool(fits("rating", found, 0.0) or fits("free", found, 0.0) or fits("word", found, 0.0))
        for found in columns
    )


def _is_survey_event(value: str) -> bool:
    return value.startswith("survey ")


def _only_words(reading: Reading, called: bool) -> str | None:
    """Texts and choices without a score are a survey's only where the file says so: any table has a description."""
    sure = called or {"survey", "question"} & {name for name, mapped in reading.columns.items() if mapped.worth > 0.8}
    return (
        None
        if sure and reading.columns.get("responded_at")
        else "no score, and nothing that says its texts are answers"
    )


def _pair(
    table: str, name: str, kind: str, weight: float, column: Column, spec: dict[str, Any], called: bool = False
) -> tuple[Mapped, float, str] | None:
    """Values and words of one column for one contract column; None where either speaks against it."""
    words, phrase = said(table, name, column.name)
    if kind in ("rating", "word", "free", "text") and counts_up(column):
        return None  # it numbers the records
    if name == "score" and name_of(column.name).endswith(" count"):
        return None  # how many responded is no response
    if name == "survey" and column.given > 3 and column.different == column.given:
        return None  # each record has its own: it names the answer
    if table == "survey_answers" and _is_elses(name, column):
        return None
    if name == "order_id" and table == "orders" and re.search(meanings()["machinery"]["items"], name_of(column.name)):
        return None  # the number of a line is not its order's
    if name == "amount" and _is_no_price(column):
        return None
    if name == "device" and name_of(column.name).endswith(" id"):
        return None  # which device, not what kind of one
    if name in IDS and words < 0.95 and re.search(meanings()["machinery"]["facts"], name_of(column.name)):
        return None  # "Customer interactions" says something of a customer, and names none
    if name == "choice" and is_group(column):
        words, phrase = 0.9, "promoters, passives and detractors"
    if name in IDS and words < 0.95 and re.search(meanings()["machinery"]["staff"], name_of(column.name)):
        return None  # who looked after it is not whose it is
    if name == "score" and words < 0.9 and fits("rating", column, 1.0) and calls_metric(column.name):
        words, phrase = 0.9, "a metric's name"
    if table == "survey_answers" and name == "ticket_id" and name_of(column.name) in BARE:
        return None  # the running number of an answer is nobody's ticket
    if table == "survey_answers" and is_coded_rating(column):
        how = f"its values, which are codes of ratings; {shown(column)}"
        return (Mapped(column, 0.95, how), weight, name) if name == "score" else None
    if name == "category" and "status" in fold(column.name).split():
        return None  # Jira's category of a status is its state
    if name == "category" and column.different == 1 and re.fullmatch(spec["called"], fold(column.values[0])):
        return None  # "type": "conversation" says what the record is, not what it is about
    if (
        called
        and words < 0.9
        and name_of(column.name) in BARE
        and (kind == "key" and name in contract().tables[table].key or name == "event_name")
    ):
        words, phrase = 0.9, f"{name_of(column.name)}, in a file of that name"
    if name in IDS and name != "phone" and column.share(lambda value: bool(EMAIL.match(value))) > 0.5:
        # a login that is an address is one: it ties to the addresses of other files, and is kept as a hash
        if name != "email":
            return None
        if words < NAMED and said("ids", "customer_id", column.name)[0] >= 0.6:
            words, phrase = 0.9, "an id whose values are addresses"
    if words < NAMED and name not in spec.get("alone", ()):
        return None
    if is_name(column) and name not in ("subject", "survey", "event_name", "experiment", "account") and words < 0.9:
        return None
    values = fits(kind, column, words)
    if not values:
        return None
    if name == "url" and re.match(r"(landing|entry|exit|first|last) ?page", name_of(column.name)):
        values *= 0.4  # the visit's, on each of its events: only where no other page stands there
    if phrase == "survey submission id":
        values = 1.0  # several events of one submission: the submission is the response
    if words >= NAMED:
        return (
            Mapped(column, 0.6 * words + 0.4 * values, f"its name ({phrase}) and its values: {shown(column)}"),
            weight,
            name,
        )
    if name in ALONE and fits(ALONE[name], column, 0.0) >= 0.9:
        return Mapped(column, ALONE_PAIR, f"its values: {shown(column)}"), weight, name
    return None


def _is_elses(name: str, column: Column) -> bool:
    """Whether an answer's column plainly is another one's: the id of the response is no score, `NPS - Store visit` is one and no visit,
    and when the company replied is not when somebody answered."""
    header = name_of(column.name)
    if name == "score" and re.search(meanings()["machinery"]["averages"], header):
        return True
    if name == "score":
        numbered = re.search(r"\b(id|nr|no|number|nummer|uuid|token)$", header)
        return bool(numbered) and said("survey_answers", "response_id", column.name)[0] > 0.95
    if name == "comment":
        return bool(re.search(r"^(id|nr|no)\b|\b(id|nr|no|number|nummer)$", header))
    if name == "responded_at":
        return bool(re.search(meanings()["machinery"]["replied"], header))
    rated_so = calls_metric(column.name) and not re.search(r"(id|nr|no|number|date|at|on|time)$", header)
    return rated_so and bool(fits("rating", column, 1.0))


def _is_no_price(column: Column) -> bool:
    """Whether a total is one of pieces, tax, postage or discounts: `Total Quantity` is not what was paid."""
    words = meanings()["machinery"]
    return bool(re.search(words["not_paid"], re.sub(words["beside_paid"], "", name_of(column.name)).strip()))


def _lacks(spec: dict[str, Any], reading: Reading) -> str | None:
    have = {name for name, mapped in reading.columns.items() if mapped.worth >= SOLID}
    for group in spec.get("needs", ()):
        if not have & set(group):
            return "no column for " + " or ".join(group)
    signs = spec.get("signs", ())
    if len(have & set(signs)) < spec.get("least", 0):
        return "none of " + ", ".join(name for name in signs if name not in have)
    return None


def _edges(columns: list[Column]) -> Reading:
    """Two ids of the same person on a record: the login of a visitor."""
    reading = Reading("identity_edges")
    pairs = [
        pair
        for kind in contract().linking
        for found in columns
        if (pair := _pair("identity_edges", kind, IDS[kind][0], 1.0, found, {"alone": ["email", "phone"]}))
    ]
    taken: dict[str, Mapped] = {}
    for mapped, _, kind in sorted(pairs, key=lambda pair: -pair[0].worth):
        if kind not in taken and mapped.column.name not in {other.column.name for other in taken.values()}:
            taken[kind] = mapped
    if len(taken) < 2:
        reading.lacks = "no two ids of a person on one record"
        return reading
    first, second = sorted(taken, key=lambda kind: (kind != "anonymous_id", -taken[kind].worth))[:2]
    reading.columns = {"value_a": taken[first], "value_b": taken[second]}
    reading.constants = {"kind_a": first, "kind_b": second}
    times = [pair for found in columns if (pair := _pair("identity_edges", "first_seen", "time", 0.5, found, {}))]
    if times:
        reading.columns["first_seen"] = max(times, key=lambda pair: pair[0].worth)[0]
    reading.strength = 1.4 + 2.0 * len(reading.columns) / max(len(columns), 3)
    return reading


def rivals(reading: Reading, columns: list[Column]) -> list[str]:
    """Questions where two columns could be the customer's id and neither name nor values settle which."""
    chosen = reading.columns.get("customer_id")
    if not chosen or reading.table == "exposures":
        return []
    used = {mapped.column.name for mapped in reading.columns.values()}
    if reading.table == "support_tickets" and (rating := rated(columns)):
        used |= rating.names
    others = [
        found.name
        for found in columns
        if found.name not in used
        and said("ids", "customer_id", found.name)[0] >= 0.6
        and fits("id", found, 1.0)
        and found.given > 0.3 * found.rows
    ]
    if not others:
        return []
    return [
        f"which is the customer's id: {chosen.column.name!r} (taken) or {', '.join(map(repr, others[:3]))}? It must be the one your other exports have"
    ]
