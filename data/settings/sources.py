"""sources.toml: the company and what to read, validated before a single file is opened."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from data.contract import contract
from data.errors import FileProblem, UserError, check_keys, nearest
from data.files.archives import Input, is_zip, members
from data.files.json_paths import is_template
from data.files.limits import NAMES, Limits
from data.files.prepare import Shape
from data.files.wildcards import TooMany, find
from data.masking.orders import Orders
from data.settings import wide
from data.settings.where import where_sql

QUESTIONS = Path(__file__).parents[1] / "questions"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COMPANY_KEYS = (
    "name",
    "currency",
    "timezone",
    "week_starts",
    "simulated",
    "notice",
    "holidays",
    "confidential",
    "order_number",
    "cost_per_contact",
    "confirmed",
)
SOURCE_KEYS = (
    "name",
    "reader",
    "path",
    "table",
    "where",
    "dates",
    "timezone",
    "nulls",
    "columns",
    "constants",
    "values",
    "encoding",
    "delimiter",
    "decimal",
    "thousands",
    "records",
    "sheet",
    "skip_rows",
    "header_rows",
    "comment",
    "options",
    "questions",
    "confirmed",
)
TEXTS, TABLES = (str, "a text"), (dict, "a table { … }")
SHAPES = {
    "name": TEXTS,
    "currency": TEXTS,
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
    "confirmed": (list, "a list of questions that are answered: it is so"),
}
MAPPED = {
    "columns": (str, "the name of a column of the file"),
    "values": TABLES,
    "constants": ((str, int, float, date, time), "a text, a number, a date, true or false"),
}
WHERE = "comparisons of columns with text or numbers, and, or, not, in, like, is null, between, lower, upper, trim, length, cast"


@dataclass(frozen=True)
class Company:
    name: str = "Your company"
    currency: str = "EUR"
    timezone: str = "UTC"
    week_starts: str = "monday"
    simulated: bool = False  # the views then say so and how to replace it
    confidential: bool = False  # counts rounded, whole weeks only: for numbers that leave the house
    order_number: tuple[str, ...] = ()  # RE2 expressions of what is masked as [order] where people write it
    notice: str | None = None  # a sentence every view shows, for a data set that needs one
    holidays: dict[str, list[str]] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()  # questions about several sources that are answered: it is so
    cost_per_contact: dict[str, float] = field(
        default_factory=dict
    )  # by contact_via, "other" for the rest; empty: not known


@dataclass(frozen=True)
class Source:
    """One [[source]] block. `columns` maps contract column → the file's column."""

    name: str
    reader: str
    path: str
    table: str | None = None
    where: str | None = None
    dates: tuple[str, ...] = ()
    timezone: str = "UTC"  # of times that name none: its own, else the company's
    own_zone: bool = True  # whether the block states it
    nulls: tuple[str, ...] | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None  # of numbers; where not stated, by the values of each column
    thousands: str | None = None
    records: str | None = None
    sheet: str | None = None
    skip_rows: int | None = None
    header_rows: int | None = None
    comment: str | None = None
    options: dict[str, object] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(
        default_factory=dict
    )  # of the table reader: one column a question (data/settings/wide.py)
    confirmed: tuple[str, ...] = ()  # questions about its records that are answered: it is so

    @property
    def shape(self) -> Shape:
        """How its files are laid out, as far as the block says."""
        return Shape(
            self.encoding,
            self.delimiter,
            self.sheet,
            self.skip_rows,
            self.comment,
            self.header_rows,
            self.decimal or ".",
            tuple(name for name in self.columns.values() if isinstance(name, str) and not is_template(name)),
        )

    @property
    def vendor_zone(self) -> str:
        """The zone of a vendor who writes UTC without saying so: UTC, unless this block states another."""
        return self.timezone if self.own_zone else "UTC"


@dataclass(frozen=True)
class Sources:
    company: Company
    sources: tuple[Source, ...]
    file: Path
    limits: Limits = Limits()

    def files(self, source: Source) -> list[Path]:
        """The files a source names, in a stable order; of an archive, the archive. A path without a match is returned as written."""
        return find(self.file.parent, _archive_of(source.path)[0], int(self.limits.files)) or [
            self.file.parent / source.path
        ]

    def inputs(self, source: Source, scratch: Path) -> list[Input]:
        """The files a source names as plain files: the members of its ZIP archives unpacked into `scratch`."""
        try:
            paths = self.files(source)
        except TooMany as error:
            return [
                Input(
                    self.file.parent / source.path,
                    source.path,
                    str(
                        FileProblem(
                            f"the path stands for too much: {error}",
                            file=source.path,
                            allowed=f"{self.limits.files:,g} files ([limits] files)",
                            fix="Name a folder nearer to the files",
                        )
                    ),
                )
            ]
        inside = _archive_of(source.path)[1] or "**"
        return [
            found
            for path in paths
            for found in (
                members(path, self.label(path), scratch, self.limits, inside)
                if is_zip(path)
                else [Input(path, self.label(path))]
            )
        ]

    def label(self, path: Path) -> str:
        """How a file is named to people: relative to sources.toml, never a path of this machine."""
        for near in (
            lambda: path.absolute().relative_to(self.file.parent.absolute()),
            lambda: path.resolve().relative_to(self.file.parent.resolve()),
        ):
            try:
                if (found := near().as_posix()) != ".":
                    return found
            except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads to itself
                continue
        return path.name


def _archive_of(path: str) -> tuple[str, str]:
    """A path into an archive in its two parts: `exports/*.zip` and what follows in it, if anything."""
    outer, sign, inner = path.partition(".zip/")
    return (outer + ".zip", inner) if sign else (path, "")


def load_toml(file: Path) -> dict[str, Any]:
    """Parse a TOML file; every failure is one sentence with file and line."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UserError("there is no such file", file=file, fix="Check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"not valid TOML: {error}", file=file, fix="Mend that line") from None
    except RecursionError:
        raise UserError("not valid TOML: brackets within brackets without end", file=file, fix="Mend it") from None
    except (ValueError, OverflowError) as error:  # a date or a number beyond what there is
        raise UserError(f"not valid TOML: {error}", file=file, fix="Mend that value") from None
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", file=file) from None


def blocks(spec: dict[str, Any], key: str, what: str, file: Path) -> list[dict[str, Any]]:
    """The blocks written `what`; anything else under that key is refused."""
    found = spec.get(key, [])
    if not isinstance(found, list) or not all(isinstance(block, dict) for block in found):
        raise UserError(
            f"{what} is a block of keys, one for each",
            file=file,
            where=key,
            found=repr(found)[:80],
            fix=f"Write {what} above its keys",
        )
    return found


def load_sources(file: Path, readers: Collection[str]) -> Sources:
    """Read and check sources.toml. `readers` by name; where it maps to their modules, the options each knows are checked too.

    Raises UserError naming key, value found and values allowed.
    """
    spec = load_toml(file)
    check_keys(spec, ("company", "limits", "source"), file=file, where="top level")
    company = _company(_table(spec, "company", file), file)
    limits = _limits(_table(spec, "limits", file), file)
    if not (found := blocks(spec, "source", "[[source]]", file)):
        raise UserError("no [[source]] block", file=file, fix="Add one for each export you want to read")
    sources = tuple(_source(block, number, readers, file, company.timezone) for number, block in enumerate(found, 1))
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"two [[source]] blocks are named {name!r}", file=file, fix="Give each its own name")
    return Sources(company, sources, file, limits)


def _limits(spec: dict[str, Any], file: Path) -> Limits:
    """[limits]: positive numbers."""
    check_keys(spec, NAMES, file=file, where="[limits]")
    for name, value in spec.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
            raise UserError("a limit is a number above 0", file=file, where=f"[limits] {name}", found=repr(value))
    return Limits(**spec)


def _company(spec: dict[str, Any], file: Path) -> Company:
    check_keys(spec, COMPANY_KEYS, file=file, where="[company]")
    _check_shapes(spec, file, "[company]")
    _check_confirmed(spec, file, "[company]")
    _check_holidays(spec.get("holidays", {}), file)
    company = Company(
        **spec
        | {"confirmed": tuple(spec.get("confirmed", ())), "order_number": _orders(spec.get("order_number", []), file)}
        | ({"cost_per_contact": _costs(spec["cost_per_contact"], file)} if "cost_per_contact" in spec else {})
    )
    _zone(company.timezone, file, "[company] timezone")
    if company.week_starts not in WEEKDAYS:
        raise UserError(
            "unknown week start",
            file=file,
            where="[company] week_starts",
            found=repr(company.week_starts),
            allowed=", ".join(WEEKDAYS),
        )
    return company


def _orders(given: str | list[Any], file: Path) -> tuple[str, ...]:
    """The forms of order numbers: each `re:` and an expression that can be read and does not fit the empty text."""
    found = []
    for word in [given] if isinstance(given, str) else given:
        try:
            if not isinstance(word, str) or not word.startswith("re:") or not word.removeprefix("re:"):
                raise ValueError("it begins with re: and goes on with an expression")
            Orders((word.removeprefix("re:"),))
        except ValueError as error:
            raise UserError(
                f"this form of an order number cannot be read: {error}",
                file=file,
                where="[company] order_number",
                found=repr(word)[:80],
                allowed=r"'re:\bORD-\d{6}\b'",
            ) from None
        found.append(word.removeprefix("re:"))
    return tuple(found)


def _check_holidays(holidays: dict[str, Any], file: Path) -> None:
    for name, days in holidays.items():
        try:
            wrong = not isinstance(days, list) or [
                day for day in days if not isinstance(day, date) and not date.fromisoformat(day)
            ]
        except (ValueError, TypeError):
            wrong = True
        if wrong:
            raise UserError(
                "a holiday is a list of days",
                file=file,
                where=f"[company] holidays {name!r}",
                found=repr(days)[:80],
                allowed='["2026-11-27", "2027-11-26"]',
            )


def _costs(given: object, file: Path) -> dict[str, float]:
    """What a contact costs by the way it came in; one amount holds for all."""
    costs = {str(name).lower(): cost for name, cost in given.items()} if isinstance(given, dict) else {"other": given}
    where = "[company] cost_per_contact"
    for name, cost in costs.items():
        if isinstance(cost, bool) or not isinstance(cost, (int, float)) or not 0 <= cost < float("inf"):
            raise UserError(
                "a cost is an amount of the company's currency, from 0",
                file=file,
                where=f"{where} {name}",
                found=repr(cost),
            )
    if "other" not in costs:
        raise UserError(
            "no cost for contacts that come in another way",
            file=file,
            where=where,
            found=", ".join(costs),
            fix="Add other = …",
        )
    return {name: float(cost) for name, cost in costs.items()}


def _table(spec: dict[str, Any], key: str, file: Path) -> dict[str, Any]:
    found = spec.get(key, {})
    if not isinstance(found, dict):
        raise UserError(f"[{key}] stands once, and holds keys", file=file, fix=f"Write [{key}], not [[{key}]]")
    return found


def _check_shapes(spec: dict[str, Any], file: Path, where: str) -> None:
    """A value of another type than its key takes is refused: nulls = "NA" would else mean N and A."""
    for key, value in spec.items():
        kind, words = SHAPES.get(key, (object, ""))
        if not isinstance(value, kind) or isinstance(value, list) and not all(isinstance(item, str) for item in value):
            raise UserError(
                "a value of another kind than expected",
                file=file,
                where=f"{where} {key}",
                found=repr(value),
                allowed=words,
            )


def _check_confirmed(spec: dict[str, Any], file: Path, where: str) -> None:
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


def _zone(name: object, file: Path, where: str) -> None:
    if not isinstance(name, str) or name not in available_timezones():
        raise UserError(
            "unknown time zone",
            file=file,
            where=where,
            found=repr(name),
            allowed="an IANA name such as Europe/Berlin",
            fix=nearest(str(name), available_timezones()),
        )
    ZoneInfo(name)


def _source(spec: dict[str, Any], number: int, readers: Collection[str], file: Path, zone: str) -> Source:
    where = f"[[source]] {number} {spec.get('name', '')!r}"
    check_keys(spec, SOURCE_KEYS, file=file, where=where)
    for key in ("name", "reader", "path"):
        if key in spec and not isinstance(spec[key], str):
            raise UserError(f"{key} is a text", file=file, where=where, found=repr(spec[key]), fix=f'Write {key} = "…"')
        if not spec.get(key, "").strip():
            raise UserError(f"{key} is missing", file=file, where=where, fix=f'Add {key} = "…"')
    if spec["reader"] not in readers:
        raise UserError(
            "unknown reader",
            file=file,
            where=where,
            found=repr(spec["reader"]),
            allowed=", ".join(readers),
            fix=nearest(spec["reader"], readers),
        )
    _check_shapes(spec, file, where)
    _check_confirmed(spec, file, where)
    if isinstance(readers, Mapping):
        check_keys(
            spec.get("options", {}),
            getattr(readers[spec["reader"]], "OPTIONS", ()),
            file=file,
            where=f"{where} options",
        )
    _zone(spec.get("timezone", zone), file, f"{where} timezone")
    _check_path(spec["path"], file, where)
    _check_characters(spec, file, where)
    if spec["reader"] == "table":
        _check_mapping(spec, where, file)
    if "questions" in spec:
        wide.check(spec["questions"], spec.get("table"), f"{where} questions", file)
    dates = spec.get("dates", ())
    nulls = spec.get("nulls")
    if spec.get("thousands") == ".":
        spec.setdefault("decimal", ",")
    return Source(
        **spec
        | {
            "timezone": spec.get("timezone", zone),
            "own_zone": "timezone" in spec,
            "dates": (dates,) if isinstance(dates, str) else tuple(dates),
            "nulls": None if nulls is None else tuple(nulls),
            "confirmed": tuple(spec.get("confirmed", ())),
        }
    )


def _check_path(path: str, file: Path, where: str) -> None:
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


def _check_characters(spec: dict[str, Any], file: Path, where: str) -> None:
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


def _check_mapping(spec: dict[str, Any], where: str, file: Path) -> None:
    tables = contract().tables
    if spec.get("table") not in tables:
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
