"""What a mapping needs beside its columns: the order of day and month, decimals, the records that count, sessions; or the question."""

import re

from data.inspection import codes
from data.inspection.block import Block, where_name
from data.inspection.profile.opening import Opened
from data.inspection.profile.values import Column, fits
from data.inspection.profile.words import fold, language_of, meanings, name_of
from data.settings.sources import SOURCE_KEYS

DATE = re.compile(r"^\s*(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})(?=\D|$)(.*)$")
CLOCKS = (
    ("", ""),
    (r"\d{1,2}:\d{2}", "%H:%M"),
    (r"\d{1,2}:\d{2}:\d{2}", "%H:%M:%S"),
    (r"\d{1,2}:\d{2}:\d{2}\.\d+", "%H:%M:%S.%f"),
    (r"\d{1,2}:\d{2} ?[AaPp]\.?[Mm]\.?", "%I:%M %p"),
    (r"\d{1,2}:\d{2}:\d{2} ?[AaPp]\.?[Mm]\.?", "%I:%M:%S %p"),
)
SEVERAL = 5  # lines of which an order number says something
LEAST_ORDERS = 3  # orders of several lines by which it can be told what a line is
ENOUGH = 8  # different dates from which the order of a file says something
COMPLETION = ("response status", "response type", "completion status")
SUBMITTED = re.compile(r"survey sent$")


def dates(times: list[Column], headers: tuple[str, ...]) -> tuple[list[str], str | None, list[str]]:
    """(formats to state, by what evidence, the two that are open) for dates whose day and month cannot be told apart by one column."""
    parts = [match for found in times for value in found.values if (match := DATE.match(value))]
    if not parts:
        return [], None, []
    first, second = max(int(match[1]) for match in parts), max(int(match[3]) for match in parts)
    both = {order: formats(times, order) for order in ("day", "month")}
    if first > 12 and second > 12:
        return [], None, []
    if first > 12 or second > 12:
        alone = [max(int(match[place]) for match in column) > 12 for column in _by_column(times) for place in (1, 3)]
        if all(any(alone[at : at + 2]) for at in range(0, len(alone), 2)):
            return [], None, []  # each column shows it by itself
        return both["day" if first > 12 else "month"], "another column of this file shows the order", []
    order = _by_order(times)
    if order:
        return both[order], f"the records are in order of time only if the {order} comes first", []
    if {match[2] for match in parts} == {"."}:
        return both["day"], "dates with dots put the day first", []
    language = language_of(headers)
    hint = "day" if language in ("de", "fr", "es", "nl", "pt", "it") else None
    if hint:
        return both["day"], f"the headers are {language}, where the day comes first", []
    return [], None, [both["day"][0], both["month"][0]]


def _by_column(times: list[Column]) -> list[list[re.Match[str]]]:
    return [found for column in times if (found := [match for value in column.values if (match := DATE.match(value))])]


def _by_order(times: list[Column]) -> str | None:
    """day or month, where the file runs forwards or backwards in time under one of the two readings alone."""
    for column in times:
        found = [match for cell in column.cells if (match := DATE.match(cell))]
        runs = {
            "day": [(match[4], int(match[3]), int(match[1])) for match in found],
            "month": [(match[4], int(match[1]), int(match[3])) for match in found],
        }
        if len(set(runs["day"])) < ENOUGH:
            continue
        ordered = [order for order, run in runs.items() if run in (sorted(run), sorted(run, reverse=True))]
        if len(ordered) == 1:
            return ordered[0]
    return None


def formats(times: list[Column], order: str) -> list[str]:
    """The patterns of all the values, the commonest first: `%d.%m.%Y %H:%M`."""
    counts: dict[str, int] = {}
    for found in times:
        for value, count in found.counts.items():
            if match := DATE.match(value):
                clock = match[4 + 1]
                # a clock in words (às 10:05, um 10 Uhr) is read by itself: stating the day alone settles the order
                pattern = next((name for shape, name in CLOCKS if re.fullmatch(shape, clock.strip(" T,"))), "")
                between = clock[: len(clock) - len(clock.lstrip(" T,"))] if pattern else ""
                day, month = ("%d", "%m") if order == "day" else ("%m", "%d")
                year = "%Y" if len(match[4]) == 4 else "%y"
                text = f"{day}{match[2]}{month}{match[2]}{year}{between}{pattern}"
                counts[text] = counts.get(text, 0) + count
    return sorted(counts, key=lambda text: -counts[text])[:4]


def last_day(heading: str) -> str | None:
    """The latest date in the lines above a table: `20240301-20240331` ends on 2024-03-31."""
    found = [
        f"{year}-{month}-{day}"
        for year, month, day in re.findall(
            r"(?<!\d)((?:19|20)\d\d)[-/.]?(0[1-9]|1[0-2])[-/.]?(0[1-9]|[12]\d|3[01])(?!\d)", heading
        )
    ]
    return max(found, default=None)


def numbers(columns: list[Column]) -> tuple[dict[str, object], list[str]]:
    """(decimal and thousands to state, questions) of amounts written with commas."""
    values = [value.strip("€$£ ") for column in columns for value in column.values]
    comma = any(re.search(r",\d{1,2}$|\.\d{3},\d+$", value) for value in values)
    point = any(re.search(r"\.\d{1,2}$|,\d{3}\.\d+$", value) for value in values)
    grouped = [value for value in values if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", value)]
    if comma and not point:
        stated: dict[str, object] = {"decimal": ","}
        if any("." in value for value in values) and "thousands" in SOURCE_KEYS:
            stated["thousands"] = "."
        return stated, []
    if point and any("," in value for value in values) and "thousands" in SOURCE_KEYS and not comma:
        return {"thousands": ","}, []
    if grouped and not comma and not point:
        return {}, [
            f"is {grouped[0]!r} more than a thousand or a little more than {grouped[0][:1]}? State decimal (and thousands) for this source"
        ]
    return {}, []


def order_lines(number: Column | None, amount: Column | None) -> tuple[dict[str, object], list[str], list[str]]:
    """(keys, comments, questions) where many lines have an order number that stands on another line as well: the items of one order,
    or its total again on each line. Nothing where all but one line of an order lack an amount: those are kept with it by themselves."""
    if not number or not amount or number.given <= SEVERAL or number.different >= 0.9 * number.given:
        return {}, [], []
    amounts = dict(zip(amount.places, amount.cells))
    orders: dict[str, list[str]] = {}
    for place, name in zip(number.places, number.cells):
        orders.setdefault(name, []).extend([amounts[place]] if place in amounts else [])
    several = [held for held in orders.values() if len(held) > 1]
    if not several:
        return {}, [], []
    said = f"{number.given:,} lines have {number.different:,} different {number.name!r}"
    alike = all(len(set(held)) == 1 for held in several)
    if alike and len(several) >= LEAST_ORDERS and len({held[0] for held in several}) > len(several) / 2:
        return (
            {"lines": "total"},
            ['lines = "items" instead   # if each line is an item of its order'],
            [
                f'{said}, and all lines of an order have one amount: is that the whole order\'s total? lines = "total" says so; '
                'state "items" if each line is an item of that price'
            ],
        )
    return (
        {},
        [
            'lines = "items"   # each line is an item of its order: amounts are added up,',
            'lines = "total"   # or each holds the whole order\'s total: take the # from the one that is right',
        ],
        [
            f'{said}: is a line an order\'s item? Until lines = "items" or lines = "total" is stated, one line of each order counts, '
            "and revenue may be too low"
        ],
    )


def where(opened: Opened, table: str, mapped: dict[str, str]) -> tuple[str | None, str | None]:
    """(condition, what it leaves out): deleted and outdated records, other streams, events that are no answers, orders nobody paid.
    `mapped`: contract column → the file's."""
    parts, said = [], []
    if table == "orders":
        for condition, what in codes.orders_left_out(opened.columns, mapped):
            parts.append(condition)
            said.append(what)
    if table == "survey_answers" and (unsent := codes.unfinished(opened.columns, mapped.get("responded_at"))):
        parts.append(unsent)
        said.append("unfinished responses")
    if table == "survey_answers" and (left := codes.void(opened.columns)):
        parts.append(left[0])
        said.append(left[1])
    if table == "support_tickets" and (begun := codes.outbound(opened.columns)):
        parts.append(begun[0])
        said.append(begun[1])
    if opened.stream:
        parts.append(f"{where_name(opened.stream[0])} = {_text(opened.stream[1])}")
    for found in opened.columns:
        name = fold(found.name) if found.name.startswith("_") else name_of(found.name)
        if re.match(meanings()["marks"]["gone"], name) and fits("truth", found, 0) and found.share(_is_true) < 1:
            parts.append(f"lower(coalesce({where_name(found.name)}, 'false')) not in ('true', '1', 'yes')")
            said.append("deleted records")
        if re.match(meanings()["marks"]["current"], name) and found.share(_is_true) > 0:
            parts.append(f"lower({where_name(found.name)}) = 'true'")
            said.append("older versions of a record")
        if table == "survey_answers" and name == "event" and any(SUBMITTED.search(value) for value in found.values):
            parts.append(f"{where_name(found.name)} = 'survey sent'")
            said.append("events that are no answers")
        if table == "survey_answers" and name in COMPLETION and "completed" in found.values:
            parts.append(f"{where_name(found.name)} = 'completed'")
            said.append("unfinished responses")
    return (" and ".join(dict.fromkeys(parts)) or None), (", ".join(dict.fromkeys(said)) or None)


def _is_true(value: str) -> bool:
    return value.lower() in ("true", "1", "yes")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def session(block: Block, opened: Opened) -> None:
    """GA4's session number is a visitor's own: the key is both."""
    column = block.columns.get("session_id", "")
    visitor = block.columns.get("anonymous_id")
    if (
        visitor
        and name_of(column) in ("ga session id", "session number", "visit number")
        and "{" not in visitor + column
    ):
        block.columns["session_id"] = f"{{{visitor}}}.{{{column}}}"


def named_utc(times: list[Column]) -> bool:
    """Whether the headers of all these times say UTC: `Submit Date (UTC)`."""
    return bool(times) and all(re.search(r"\b(UTC|GMT)\b", found.name) for found in times)


def known_utc(times: list[Column], headers: tuple[str, ...]) -> bool:
    """Whether only a tool that writes UTC calls its times so: Snowplow's tstamps, Amplitude's event_time beside its $insert_id."""
    amplitude = {"$insert_id", "event_type"} <= {header.lower() for header in headers} or "amplitude_id" in headers
    return bool(times) and all(
        re.fullmatch(r"(derived|collector|dvce_created|dvce_sent|etl|true|refr_dvce)_tstamp", found.name)
        or amplitude
        and found.name in ("event_time", "client_event_time", "server_upload_time", "server_received_time")
        for found in times
    )


def zone(times: list[Column]) -> str | None:
    """A line on the time zone where times name none."""
    zoned = re.compile(r"(Z|z|[+-]\d{2}:?\d{2}|:\d{2}(\.\d+)? ?[+-]\d{2}|UTC|GMT.*|[A-Z]{3,4}|[A-Z][a-z]+/[A-Za-z_]+)$")
    bare = [
        found.name
        for found in times
        if found.share(lambda value: bool(re.search(r"\d:\d", value)) and not zoned.search(value)) > 0.5
    ]
    return (
        f'timezone = "Europe/Berlin"   # of {", ".join(bare[:4])}, which name no zone; without it the company\'s holds'
        if bare
        else None
    )
