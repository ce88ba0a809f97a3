"""sources.toml: the company and what to read, validated before a single file is opened."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from data.contract import contract
from data.errors import UserError, check_keys, nearest

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COMPANY_KEYS = ("name", "currency", "timezone", "week_starts", "simulated", "notice", "holidays")
SOURCE_KEYS = ("name", "reader", "path", "table", "where", "dates", "timezone", "nulls", "columns", "constants",
               "values", "encoding", "delimiter", "decimal", "records", "options")


@dataclass(frozen=True)
class Company:
    name: str = "Your company"
    currency: str = "EUR"
    timezone: str = "UTC"
    week_starts: str = "monday"
    simulated: bool = False             # the views then say so and how to replace it
    notice: str | None = None           # a sentence every view shows, for a data set that needs one
    holidays: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """One [[source]] block. `columns` maps contract column → the file's column."""

    name: str
    reader: str
    path: str
    table: str | None = None
    where: str | None = None
    dates: tuple[str, ...] = ()
    timezone: str = "UTC"
    nulls: tuple[str, ...] | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str = "."
    records: str | None = None
    options: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Sources:
    company: Company
    sources: tuple[Source, ...]
    file: Path

    def files(self, source: Source) -> list[Path]:
        """The files a source names, in a stable order. A path without a match is returned as written."""
        found = sorted(self.file.parent.glob(source.path)) if not Path(source.path).is_absolute() else \
            sorted(Path("/").glob(source.path.lstrip("/")))
        return found or [self.file.parent / source.path]

    def label(self, path: Path) -> str:
        """How a file is named to people: relative to sources.toml, never a path of this machine."""
        try:
            return path.resolve().relative_to(self.file.parent.resolve()).as_posix()
        except ValueError:
            return path.name


def load_toml(file: Path) -> dict:
    """Parse a TOML file; every failure is one sentence with file and line."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UserError("there is no such file", file=file, fix="Check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"not valid TOML: {error}", file=file, fix="Mend that line") from None
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror}", file=file) from None


def load_sources(file: Path, readers: tuple[str, ...]) -> Sources:
    """Read and check sources.toml. Raises UserError naming key, value found and values allowed."""
    spec = load_toml(file)
    check_keys(spec, ("company", "source"), file=file, where="top level")
    company = _company(spec.get("company", {}), file)
    blocks = spec.get("source", [])
    if not isinstance(blocks, list) or not blocks:
        raise UserError("no [[source]] block", file=file, fix="Add one for each export you want to read")
    sources = tuple(_source(block, number, readers, file) for number, block in enumerate(blocks, 1))
    names = [source.name for source in sources]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"two [[source]] blocks are named {name!r}", file=file, fix="Give each its own name")
    return Sources(company, sources, file)


def _company(spec: dict, file: Path) -> Company:
    check_keys(spec, COMPANY_KEYS, file=file, where="[company]")
    company = Company(**spec)
    _zone(company.timezone, file, "[company] timezone")
    if company.week_starts not in WEEKDAYS:
        raise UserError("unknown week start", file=file, where="[company] week_starts",
                        found=repr(company.week_starts), allowed=", ".join(WEEKDAYS))
    return company


def _zone(name: object, file: Path, where: str) -> None:
    if not isinstance(name, str) or name not in available_timezones():
        raise UserError("unknown time zone", file=file, where=where, found=repr(name),
                        allowed="an IANA name such as Europe/Berlin",
                        fix=nearest(str(name), available_timezones()))
    ZoneInfo(name)


def _source(spec: dict, number: int, readers: tuple[str, ...], file: Path) -> Source:
    where = f"[[source]] {number} {spec.get('name', '')!r}"
    check_keys(spec, SOURCE_KEYS, file=file, where=where)
    for key in ("name", "reader", "path"):
        if not isinstance(spec.get(key), str) or not spec[key].strip():
            raise UserError(f"{key} is missing", file=file, where=where, fix=f'Add {key} = "…"')
    if spec["reader"] not in readers:
        raise UserError("unknown reader", file=file, where=where, found=repr(spec["reader"]),
                        allowed=", ".join(readers), fix=nearest(spec["reader"], readers))
    _zone(spec.get("timezone", "UTC"), file, f"{where} timezone")
    if spec["reader"] == "table":
        _check_mapping(spec, where, file)
    dates = spec.get("dates", ())
    nulls = spec.get("nulls")
    return Source(**spec | {"dates": (dates,) if isinstance(dates, str) else tuple(dates),
                            "nulls": None if nulls is None else tuple(nulls)})


def _check_mapping(spec: dict, where: str, file: Path) -> None:
    tables = contract().tables
    if spec.get("table") not in tables:
        raise UserError("the table reader needs the contract table it fills", file=file, where=f"{where} table",
                        found=repr(spec.get("table")), allowed=", ".join(tables))
    allowed = tables[spec["table"]].fillable
    for key in ("columns", "constants", "values"):
        names = {name.removeprefix("ids."): value for name, value in spec.get(key, {}).items()}
        check_keys(names, allowed, file=file, where=f"{where} {key}")
        spec[key] = names
