"""Chat transcripts and mails: of a text in which several speak, what the customer said. An agent's kind words are not the customer's."""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from data.values.mails import MAIL_SIGN, own_words, plain

PLACES = (("src_support_tickets", "body"), ("src_survey_answers", "comment"))
STAMP = r"[(\[]?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ,]*)?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?Z?[)\]]?"
LINE = re.compile(
    rf"^\s*(?:{STAMP}\s*[-–]?\s*)?(?P<name>[^\W\d_][^:\n<>()\[\]]{{0,39}}?)\s*(?:[(\[](?P<role>[^)\]\n]{{1,30}})[)\]])?\s*(?:{STAMP})?\s*:\s+(?P<text>.*)$"
)
# in SQL: a line, or what stands for one in HTML, that begins with a name and a colon
TURNS = r"(?mi)(^|<br ?/?>|</p>|</div>)[^:\n]{0,60}(:\d\d[^:\n]{0,60}){0,2}:\s"
OFTEN = 3  # transcripts in which a name must stand to be that of somebody who works there


@cache
def roles() -> dict[str, str]:
    """Word → customer or company."""
    spec = tomllib.loads(Path(__file__).with_name("speakers.toml").read_text(encoding="utf-8"))
    return {word: role for role, names in spec.items() for word in names}


def turns(text: str) -> list[tuple[str, str, str]]:
    """(name, its role or "", what was said) of each turn; a line without a name goes on with the turn before. Empty: no transcript."""
    found: list[list[str]] = []
    named = 0
    for line in plain(text).splitlines():
        match = LINE.match(line)
        if match and len(match["name"].split()) <= 4:
            found.append([match["name"].strip().casefold(), _role(match["name"], match["role"]), match["text"]])
            named += 1
        elif found:
            found[-1][2] += "\n" + line
        elif line.strip():
            found.append(["", "", line])  # before anybody is named
    speakers = {name for name, *_ in found if name}
    return (
        [(turn[0], turn[1], turn[2]) for turn in found]
        if named >= 2 and len(speakers) >= 2 and named >= len(found) - 1
        else []
    )


def _role(name: str, beside: str | None) -> str:
    words = [
        word
        for text in (beside, name)
        if text
        for word in re.findall(r"[^\W\d_]+(?:[ -][^\W\d_]+)?|[^\W\d_]+", text.casefold())
    ]
    single = [word for text in (beside, name) if text for word in re.findall(r"[^\W\d_]+", text.casefold())]
    return next((roles()[word] for word in [*words, *single] if word in roles()), "")


def customers_words(texts: list[str]) -> dict[str, str]:
    """Of those texts that are transcripts: what the customer said. Who has no role is the company's where the same name speaks in
    several transcripts, else, where the company is told, the customer; a transcript in which nobody can be told keeps nothing."""
    read = {text: turns(text) for text in texts}
    read = {
        text: found for text, found in read.items() if found and (any(role for _, role, _ in found) or len(found) >= 2)
    }
    names = Counter(name for found in read.values() for name in {name for name, *_ in found if name})
    kept = {}
    for text, found in read.items():
        told = {name: role or ("company" if names[name] >= OFTEN else "") for name, role, _ in found}
        if "customer" not in told.values() and "company" not in told.values():
            continue  # two names nobody knows: perhaps no transcript at all
        others = "" if "customer" in told.values() else "customer"
        lines = [said for name, _, said in found if (told[name] or others) == "customer"]
        kept[text] = "\n".join(line.strip() for line in lines if line.strip())
    return kept


def keep_customers(con: duckdb.DuckDBPyConnection) -> None:
    """Replace each transcript by what the customer said in it, and each mail by what its writer wrote: no quotes, no signature."""
    for table, column in PLACES:
        texts = [
            row[0]
            for row in con.execute(f"""select distinct {column} from {table} where {column} is not null
            and (len(regexp_extract_all({column}, '{TURNS}')) >= 2 or regexp_matches({column}, '{MAIL_SIGN}'))""").fetchall()
        ]
        kept = {text: words for text in texts if (words := own_words(text)) != text}
        said = customers_words([kept.get(text, text) for text in texts])
        kept |= {text: said[kept.get(text, text)] for text in texts if kept.get(text, text) in said}
        if not kept:
            continue
        con.register(
            "_kept",
            pa.table(
                [pa.array(kept.keys(), pa.string()), pa.array([text or None for text in kept.values()], pa.string())],
                names=["whole", "kept"],
            ),
        )
        con.execute(f"update {table} as t set {column} = k.kept from _kept k where t.{column} = k.whole")
        con.unregister("_kept")
