"""Headers and wordings folded to plain words, and how well they say what a column is."""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BEGUN_WORDS = 4  # from here on what begins as a question does is one
BEGINS = re.compile(
    r"(how|what|why|which|would|please|wie|warum|wieso|welche[rs]?|wuerden|waren|bitte|comment|pourquoi|quelle?|veuillez|recommanderiez"
    r"|como|cuanto|por (que|favor)|recomendaria|hoe|waarom|zou|gelieve|quanto|quao|come|perche|consiglieresti) "
)
QUESTION_WORDS = 6  # a header of so many words is a question, not a name
GENERIC = {
    "id",
    "name",
    "value",
    "label",
    "email",
    "key",
    "text",
    "number",
    "display name",
    "title",
    "type",
    "date",
    "href",
    "url",
    "boolean",
    "description",
    "status",
    "state",
    "phone",
    "count",
    "total",
    "account id",
}
OTHERS_OWN = {"description", "name", "title", "type", "key", "id", "value", "text", "label", "number"}
CONTAINERS = {
    "fields",
    "record",
    "data",
    "properties",
    "attributes",
    "rendered fields",
    "values",
    "items",
    "custom fields",
    "airbyte data",
}
SCALE = re.compile(
    r"\s*[(\[]\s*\d{1,2}\s*(-|–|to|bis|à|a|au|tot|al?)\s*\d{1,3}\s*[)\]]", re.IGNORECASE
)  # behind what is rated
SHARED = ("ids", "shared")  # sections that hold for every table


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


def meanings() -> dict[str, Any]:
    """meanings.toml: wordings of metrics, kinds of surveys, states, what is no question."""
    return _read("meanings")


def shapes() -> dict[str, Any]:
    """shapes.toml: what a record of each contract table looks like."""
    return _read("shapes")


@cache
def fold(text: str) -> str:
    """Small letters, no accents, words apart by one blank: `Antwort-ID` and `antwortId` are both `antwort id`."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = text.lower().replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


@cache
def name_of(header: str) -> str:
    """The folded header without what a connector, a group of questions or a path puts before or behind it."""
    header = SCALE.sub("", header).strip() or header
    tail = header.rsplit("/", 1)[-1] if "/" in header and "?" not in header and " " not in header else header
    tail = re.sub(r"(?<=[A-Za-z])_[2-9]$", "", tail)  # the second column of a name
    name = re.sub(r"^(property (hs )?|custom field |custom (?!data)|param )|( c)$", "", fold(_last(tail)))
    name = re.sub(r"^(?!lfd)(\w{3,}?) ?nr$", r"\1nummer", name)  # Fall-Nr., Kundennr.
    name = re.sub(r"^ticket(?!s\b)(?=[a-z]{3,})", "ticket ", name)  # Ticketstatus, Ticketkanal
    return name or fold(header)


def _last(path: str) -> str:
    """The last key of a path, with the one before where that says nothing by itself: `fields.status.name`, status name."""
    if "." not in path or re.search(r"[\s?]", path):
        return path
    steps = [step.split("[")[-1].rstrip("]").split("=")[-1] for step in path.replace("[*]", "").split(".") if step]
    steps = [step for step in steps[:-1] if fold(step) not in CONTAINERS] + steps[-1:]
    return " ".join(steps[-2:] if fold(steps[-1] if steps else "") in GENERIC else steps[-1:]) or path


def is_question(header: str) -> bool:
    """Whether a header is what somebody was asked rather than a name."""
    words = len(fold(header).split()) if " " in header.strip() else 1
    begun = words >= BEGUN_WORDS and bool(BEGINS.match(fold(header)))
    return header.strip().endswith("?") or begun or words >= QUESTION_WORDS


def calls_metric(header: str) -> bool:
    """Whether a header calls a metric by its name: `q_ltr_scale_11`, `nps_score`, `OSAT`."""
    return any(re.search(spec["called"], fold(header)) for spec in meanings()["metric"])


@cache
def phrases(table: str, column: str) -> tuple[tuple[str, str, int], ...]:
    """(phrase, language, place) of every word a column of a table is known by; its own name first."""
    words = _read("words")
    found = [(column.replace("_", " "), "any", 0)]
    for section in (table, *SHARED):
        for language, known in words.get(section, {}).get(column, {}).items():
            found += [(fold(phrase), language, place) for place, phrase in enumerate(known, 1)]
    return tuple(found)


@cache
def said(table: str, column: str, header: str) -> tuple[float, str]:
    """How well a header names a column, 0 to 1, and by which words. A question names none by a word inside it."""
    name, best = name_of(header), (0.0, "")
    leaf = fold(re.split(r"[.\[]", header)[-1]) if "." in header else ""
    for phrase, _, place in phrases(table, column):
        share = _match(phrase, name) - 0.004 * min(place, 25)
        if name != leaf and (
            phrase == leaf and leaf in OTHERS_OWN or leaf in ("description", "title") and leaf not in phrase
        ):
            continue  # issuetype.description describes the type, not the record
        if share > best[0]:
            best = (share, phrase)
    if is_question(header) and best[0] < 0.85:
        return best[0] * 0.3, best[1]
    return max(best[0], 0.0), best[1]


def _match(phrase: str, name: str) -> float:
    if phrase == name:
        return 1.0
    if len(phrase) < 3 or f" {phrase} " not in f" {name} ":
        return 0.0
    more = len(name.split()) - len(phrase.split())
    where = 0.8 if name.endswith(" " + phrase) else 0.72 if name.startswith(phrase + " ") else 0.6
    return max(where - 0.06 * (more - 1), 0.2)


@cache
def language_of(headers: tuple[str, ...]) -> str:
    """The language most headers' words are of; `any` where none stands out."""
    counts = language_counts(headers)
    best = max(counts, key=lambda language: counts[language], default="any")
    return best if counts.get(best) and list(counts.values()).count(counts[best]) == 1 else "any"


@cache
def language_counts(headers: tuple[str, ...]) -> dict[str, int]:
    """How many of these headers are a word of each language. One that English has too (`Date`, `Total`, `Region`) speaks for none."""
    names, known = {name_of(header) for header in headers}, _spoken()
    others = set().union(*(words for language, words in known.items() if language != "en"))
    shared = known["any"] | known["en"]
    return {
        language: len(names & (words - others if language == "en" else words - shared))
        for language, words in known.items()
        if language != "any"
    }


@cache
def _spoken() -> dict[str, set[str]]:
    """language → every word of it, folded, of whatever table and column."""
    found: dict[str, set[str]] = {"any": set(), "en": set()}
    for section in _read("words").values():
        for known in section.values():
            for language, words in known.items():
                found.setdefault(language, set()).update(fold(word) for word in words)
    return found
