"""What a [[source]] block and [company] may say: each key's kind, and one sentence for what is wrong."""

import functools
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from data.contract import contract
from data.errors import Problems, UserError, check_keys, nearest
from data.settings.where import where_sql

QUESTIONS = Path(__file__).parents[1] / "questions"
TEXTS, TABLES = (str, "a text"), (dict, "a table { … }")
SHAPES: dict[str, tuple[Any, str]] = {
    "name": TEXTS,
    "currency": TEXTS,
    "locale": TEXTS,
    "language": TEXTS,
    "notice": TEXTS,
    "simulated": (bool, "true or false"),
    "confidential": (bool, "true or false"),
    "order_number": ((str, list), "a text or a list of texts"),
    "holidays": TABLES,
    "cost_per_contact": ((int, float, dict), "an amount, or a table { voice = 8.0, other = 4.0 }"),
    "path": TEXTS,
    "reader": TEXTS,
    "where": TEXTS,
    "dates": ((str, list), "a text or a list of texts"),
    "nulls": (list, "a list of texts"),
    "columns": TABLES,
    "constants": TABLES,
    "values": TABLES,
    "encoding": TEXTS,
    "delimiter": TEXTS,
    "decimal": TEXTS,
    "thousands": TEXTS,
    "records": TEXTS,
    "sheet": TEXTS,
    "skip_rows": (int, "a whole number from 0"),
    "header_rows": (int, "a whole number; 0 where no row names the columns"),
    "comment": TEXTS,
    "options": TABLES,
    "questions": TABLES,
    "lines": TEXTS,
    "confirmed": (list, "a list of questions that are answered: it is so"),
}
MAPPED: dict[str, tuple[Any, str]] = {
    "columns": (str, "the name of a column of the file"),
    "values": TABLES,
    "constants": ((str, int, float, date, time), "a text, a number, a date, true or false"),
}
LINES = ("items", "total")
WHERE = "comparisons of columns with text or numbers, and, or, not, in, like, is null, between, lower, upper, trim, length, cast"


def check_shapes(spec: dict[str, Any], file: Path, where: str) -> None:
    """A value of another type than its key takes is refused: nulls = "NA" would else mean N and A."""
    problems = Problems()
    for key, value in spec.items():
        kind, words = SHAPES.get(key, (object, ""))
        wrong = (
            not isinstance(value, kind) or isinstance(value, bool) and kind is not object and bool not in _kinds(kind)
        )
        if wrong or isinstance(value, list) and not all(isinstance(item, str) for item in value):
            problems.found.append(
                UserError(
                    "a value of another kind than expected",
                    file=file,
                    where=f"{where} {key}",
                    found=repr(value)[:200],
                    allowed=words,
                    fix="Write it so, or leave the key out",
                )
            )
    problems.end()


def _kinds(kind: Any) -> tuple[Any, ...]:
    return kind if isinstance(kind, tuple) else (kind,)


def check_confirmed(spec: dict[str, Any], file: Path, where: str) -> None:
    """A question that nobody asks cannot be answered: a misspelt one would never be quiet."""
    known = [path.stem for path in QUESTIONS.glob("*.sql")]
    for name in spec.get("confirmed", ()):
        if name.partition(":")[0] not in known:
            raise UserError(
                "there is no such question",
                file=file,
                where=f"{where} confirmed",
                found=repr(name),
                allowed=", ".join(sorted(known)),
                fix=nearest(name, known),
            )


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_zone(name: object, file: Path, where: str) -> None:
    if not isinstance(name, str) or name not in _zones():
        raise UserError(
            "unknown time zone",
            file=file,
            where=where,
            found=repr(name),
            allowed="an IANA name such as Europe/Berlin",
            fix=nearest(str(name), _zones()),
        )
    ZoneInfo(name)


def check_lines(spec: dict[str, Any], file: Path, where: str) -> None:
    """How several lines of one order are meant: its items, or the whole order again."""
    if "lines" in spec and (spec["lines"] not in LINES or spec.get("table") != "orders"):
        raise UserError(
            "unusable lines",
            file=file,
            where=f"{where} lines",
            found=repr(spec["lines"]),
            allowed='"items" (added up by order) or "total" (each line is the whole order), in a block with table = "orders"',
        )


def check_amounts(spec: dict[str, Any], file: Path, where: str) -> None:
    """How the table reader is to take amounts: cents, and the column of the pieces that a piece's price is multiplied by."""
    options = spec.get("options", {})
    if spec.get("reader") != "table" or not isinstance(options, dict) or not {"cents", "quantity"} & set(options):
        return
    right = isinstance(options.get("cents", True), bool) and isinstance(options.get("quantity", ""), str)
    if not right or spec.get("table") != "orders":
        raise UserError(
            "unusable options",
            file=file,
            where=f"{where} options",
            found=repr(options),
            allowed='{ cents = true, quantity = "the column of the pieces" }, in a block with table = "orders"',
        )


def check_path(path: str, file: Path, where: str) -> None:
    """A path that can be a path; whether there is anything is seen when it is read."""
    wild = [step for step in Path(path).parts if "**" in step and step != "**"]
    if wild or "\0" in path or len(path) > 4000:
        raise UserError(
            "not a path",
            file=file,
            where=f"{where} path",
            found=repr(path[:200]),
            allowed="a path, with * and ** as whole steps",
        )


def check_characters(spec: dict[str, Any], file: Path, where: str) -> None:
    for key, allowed, signs in (
        ("delimiter", "one character, such as ; or \\t", ""),
        ("decimal", ". or ,", ".,"),
        ("thousands", "one of . , ' or a blank", ".,'’ \u00a0\u202f"),
        ("comment", "one or two characters, such as # or //", ""),
    ):
        if key in spec and (
            not 1 <= len(spec[key]) <= 1 + (key == "comment")
            or signs
            and spec[key] not in signs
            or spec[key] in '"\r\n'
        ):
            raise UserError(
                f"unusable {key}", file=file, where=f"{where} {key}", found=repr(spec[key]), allowed=allowed
            )
    for key, least in (("skip_rows", 0), ("header_rows", 0)):
        if key in spec and (isinstance(spec[key], bool) or not least <= spec[key] <= 50):
            raise UserError(
                f"unusable {key}",
                file=file,
                where=f"{where} {key}",
                found=repr(spec[key]),
                allowed=f"a whole number, {least} to 50",
            )
    if "thousands" in spec and spec["thousands"] == spec.get("decimal", "," if spec["thousands"] == "." else "."):
        raise UserError(
            "thousands and decimal are the same sign",
            file=file,
            where=f"{where} thousands",
            found=repr(spec["thousands"]),
            fix="State the other as decimal",
        )


def _check_where(text: str, where: str, file: Path) -> None:
    try:
        where_sql(text, lambda name: "x")
    except ValueError as error:
        raise UserError(f"where cannot be used: {error}", file=file, where=where, found=text, allowed=WHERE) from None


def check_mapping(spec: dict[str, Any], where: str, file: Path) -> None:
    tables = contract().tables
    if not isinstance(spec.get("table"), str) or spec["table"] not in tables:
        raise UserError(
            "the table reader needs the contract table it fills",
            file=file,
            where=f"{where} table",
            found=repr(spec.get("table")),
            allowed=", ".join(tables),
        )
    allowed = tables[spec["table"]].fillable
    for key in ("columns", "constants", "values"):
        names = {name.removeprefix("ids."): value for name, value in spec.get(key, {}).items()}
        check_keys(names, allowed, file=file, where=f"{where} {key}")
        for name, value in names.items():
            if not isinstance(value, MAPPED[key][0]):
                raise UserError(
                    "a value of another kind than expected",
                    file=file,
                    where=f"{where} {key}.{name}",
                    found=repr(value),
                    allowed=MAPPED[key][1],
                )
        spec[key] = names
    if "where" in spec:
        _check_where(spec["where"], where, file)
