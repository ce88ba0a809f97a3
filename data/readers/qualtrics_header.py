"""Qualtrics' header rows: what each column is. One, two (V1, V2 …) or three rows (the third holds ImportIds)."""

import re
from dataclasses import dataclass, field

from data.files.prepare import InputFile
from data.files.tabular import head_rows, sniff_delimiter, unique_names

META = {
    "recordeddate": "recorded_at",
    "enddate": "ended_at",
    "status": "status",
    "finished": "finished",
    "_recordid": "response_id",
    "responseid": "response_id",
    "recipientemail": "email",
    "emailaddress": "email",
    "externaldatareference": "external",
    "externalreference": "external",
    "distributionchannel": "asked_via",
    "userlanguage": "language",
    "q_language": "language",
}
NEVER = {
    "ipaddress",
    "locationlatitude",
    "locationlongitude",
    "locationaccuracy",
    "recipientlastname",
    "recipientfirstname",
    "name",
    "responseset",
    "responsesetid",
    "startdate",
    "progress",
    "duration",
    "duration(inseconds)",
}
LEGACY = (
    "ResponseID",
    "ResponseSet",
    "Name",
    "ExternalDataReference",
    "EmailAddress",
    "IPAddress",
    "Status",
    "StartDate",
    "EndDate",
    "Finished",
)
EMBEDDED = {
    "customer_id": "customer_id",
    "customerid": "customer_id",
    "anonymous_id": "anonymous_id",
    "ga_client_id": "anonymous_id",
    "client_id": "anonymous_id",
    "clientid": "anonymous_id",
    "session_id": "session_id",
    "sessionid": "session_id",
    "order_id": "order_id",
    "orderid": "order_id",
    "ticket_id": "ticket_id",
    "ticketid": "ticket_id",
    "url": "url",
    "page_url": "url",
    "q_url": "url",
    "invited_at": "invited_at",
    "experienced_at": "experienced_at",
    "incentive": "incentive",
    "account": "account",
    "account_id": "account",
    "phone": "phone",
    "stage": "stage_hint",
    "stage_hint": "stage_hint",
    "trigger": "trigger",
    "weight": "weight",
    "task": "task",
    "product_category": "task",
    "item_category": "task",
}
QUESTION = re.compile(r"^(\d+_)?(QID\d+)(.*)$")


@dataclass
class Question:
    """One column of answers. `text` columns hold what people wrote, the others what they picked."""

    column: str
    tag: str  # the question as the export names it, without its item
    item: str
    key: str  # what columns of one question share
    wording: str
    is_text: bool
    position: int = 0
    nps: bool = False  # the vendor says so: it has a twin column _NPS_GROUP


@dataclass
class Header:
    """`fields`: Throughline's name → column of the file. `skip`: header rows below the first."""

    columns: list[str]
    skip: int
    fields: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    timezone: str | None = None


def read_header(file: InputFile, delimiter: str | None = None) -> Header | None:
    """The header of a response export, or None where the file is none."""
    rows = head_rows(file, 3, delimiter or sniff_delimiter(file))
    if not rows:
        return None
    imports = [_import_id(cell) for cell in rows[2]] if len(rows) > 2 else []
    modern = sum(bool(found) for found in imports) > len(rows[0]) / 2
    legacy = [cell.strip() for cell in rows[0][:2]] == ["V1", "V2"] and len(rows) > 1
    if not modern and not legacy and not _plain(rows[0]):
        return None
    header = Header(unique_names(rows[0]), 2 if modern else 1 if legacy else 0)
    texts = rows[1] if modern or legacy else rows[0]
    twins: set[str] = set()
    for number, column in enumerate(header.columns):
        name, text = rows[0][number].strip(), _tidy(texts[number]) if number < len(texts) else ""
        imported = imports[number] if modern and number < len(imports) else ""
        if imported and not header.timezone:
            header.timezone = _zone(rows[2][number])
        _place(header, twins, column, LEGACY[number] if legacy and number < len(LEGACY) else name, text, imported)
    _finish(header, twins)
    return header


def _plain(names: list[str]) -> bool:
    """One header row only: it has the two columns every response export has."""
    folded = {name.strip().lower() for name in names}
    return "responseid" in folded and bool(folded & {"enddate", "recordeddate"})


def _import_id(cell: str) -> str:
    found = re.search(r"""['"]ImportId['"]\s*:\s*['"]([^'"]*)['"]""", cell)
    return found[1] if found else ""


def _zone(cell: str) -> str | None:
    found = re.search(r"""['"]timeZone['"]\s*:\s*['"]([^'"]*)['"]""", cell)
    return {"Z": "UTC"}.get(found[1], found[1]) if found else None


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|&nbsp;", " ", text)).strip()


def _folded(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())


def _place(header: Header, twins: set[str], column: str, name: str, text: str, imported: str) -> None:
    """Say what a column is: a field of the response, embedded data, a question, a twin, or nothing for us."""
    official = (imported or name).lower().removeprefix("panel-").removeprefix("location-").replace(" ", "")
    question = QUESTION.match(imported)
    if official in META and not question:
        header.fields.setdefault(META[official], column)
    elif official in NEVER:
        return
    elif not question and _folded(name) in EMBEDDED:
        header.fields.setdefault(EMBEDDED[_folded(name)], column)
    elif name.upper().endswith("_NPS_GROUP"):
        twins.add(name[: -len("_NPS_GROUP")])
    elif question and imported.upper().endswith("NPS_GROUP"):
        twins.add(question[2])
    elif question:
        _add_imported(header, column, name, text, question)
    elif not imported and text and text != name:
        _add_named(header, column, name, text)


def _add_imported(header: Header, column: str, name: str, text: str, question: re.Match[str]) -> None:
    loop, key, rest = question[1] or "", question[2], question[3].replace("-", "_")
    is_text = rest.upper().endswith("_TEXT")
    item = (rest[: -len("_TEXT")] if is_text else rest).strip("_")
    if re.fullmatch(r"[#\d_x: ]*", item) is None:
        return  # display order, timing, topics, sentiment, files: nothing a person answered
    plain = name[: -len("_TEXT")] if is_text and name.upper().endswith("_TEXT") else name
    tag, shown = _split(plain, item)
    header.questions.append(
        Question(column, tag, "_".join(part for part in (loop.strip("_"), shown) if part), loop + key, text, is_text)
    )


def _split(name: str, item: str) -> tuple[str, str]:
    """Question and item of a column's name: Q8_2 → (Q8, 2), Q23_mangos → (Q23, mangos), Q1#1_2 → (Q1, 1_2)."""
    if not item:
        return name, ""
    suffix = item if item.startswith("#") else f"_{item}"
    if name.endswith(suffix) and len(name) > len(suffix):
        return name[: -len(suffix)], item.lstrip("#")
    base, _, last = name.partition("_")
    return (base, last) if last else (name, item.lstrip("#"))


def _add_named(header: Header, column: str, name: str, text: str) -> None:
    """Without ImportIds only the name tells: _TEXT is free text, a number at the end is an item."""
    is_text = name.upper().endswith("_TEXT")
    plain = name[: -len("_TEXT")] if is_text else name
    found = re.fullmatch(r"(.+?)((?:[_#]-?\d+)+)", plain)
    tag, item = (found[1], found[2].lstrip("_#")) if found else (plain, "")
    header.questions.append(Question(column, tag, item, tag, text, is_text))


def _finish(header: Header, twins: set[str]) -> None:
    positions: dict[str, int] = {}
    for question in header.questions:
        question.position = positions.setdefault(question.key, len(positions) + 1)
        question.nps = not question.is_text and bool({question.column, question.tag, question.key} & twins)
