"""sources.toml: the company and what to read, validated before a single file is opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.errors import FileProblem, Problems, UserError, check_keys, nearest
from data.files.archives import Input, is_zip, members
from data.files.json_paths import is_template
from data.files.limits import NAMES, Limits
from data.files.prepare import Shape
from data.files.wildcards import TooMany, find
from data.settings import wide
from data.settings.checks import (
    check_amounts,
    check_characters,
    check_confirmed,
    check_lines,
    check_mapping,
    check_path,
    check_shapes,
    check_zone,
)
from data.settings.company import WEEKDAYS, Company, company_of
from data.settings.retention import Retention, retention_of
from data.settings.toml_file import blocks, load_toml

__all__ = ["WEEKDAYS", "Company", "Source", "Sources", "SOURCE_KEYS", "blocks", "load_sources", "load_toml"]

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
    "lines",
    "confirmed",
)


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
    options: dict[str, Any] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(
        default_factory=dict
    )  # of the table reader: one column a question (data/settings/wide.py)
    lines: str | None = None  # of orders on several lines: "items" are added up, each "total" is the whole order's
    confirmed: tuple[str, ...] = ()  # questions about its records that are answered: it is so

    @property
    def fills(self) -> str:
        """The contract table a block of the table reader fills; it always names one."""
        assert self.table, self.name
        return self.table

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
    retention: Retention = Retention()

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
        for of in (Path.absolute, Path.resolve):
            try:
                if (found := of(path).relative_to(of(self.file.parent)).as_posix()) != ".":
                    return found
            except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads to itself
                continue
        return path.name


def _archive_of(path: str) -> tuple[str, str]:
    """A path into an archive in its two parts: `exports/*.zip` and what follows in it, if anything."""
    outer, sign, inner = path.partition(".zip/")
    return (outer + ".zip", inner) if sign else (path, "")


def load_sources(file: Path, readers: Collection[str]) -> Sources:
    """Read and check sources.toml. `readers` by name; where it maps to their modules, the options each knows are checked too.

    Raises UserError naming key, value found and values allowed.
    """
    spec = load_toml(file)
    problems = Problems()
    problems.of(check_keys, spec, ("company", "limits", "retention", "source"), file=file, where="top level")
    company = problems.of(lambda: company_of(_table(spec, "company", file), file)) or Company()
    limits = problems.of(lambda: _limits(_table(spec, "limits", file), file)) or Limits()
    kept = problems.of(lambda: retention_of(_table(spec, "retention", file), file)) or Retention()
    found = problems.of(blocks, spec, "source", "[[source]]", file)
    if found == []:
        problems.found.append(
            UserError("no [[source]] block", file=file, fix="Add one for each export you want to read")
        )
    read = [
        problems.of(_source, block, number, readers, file, company.timezone)
        for number, block in enumerate(found or [], 1)
    ]
    sources = tuple(source for source in read if source)
    names = [source.name for source in sources]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            problems.found.append(
                UserError(f"two [[source]] blocks are named {name!r}", file=file, fix="Give each its own name")
            )
    problems.end()
    return Sources(company, sources, file, limits, kept)


def _limits(spec: dict[str, Any], file: Path) -> Limits:
    """[limits]: positive numbers."""
    problems = Problems()
    problems.of(check_keys, spec, NAMES, file=file, where="[limits]")
    for name, value in spec.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
            problems.found.append(
                UserError("a limit is a number above 0", file=file, where=f"[limits] {name}", found=repr(value))
            )
    problems.end()
    return Limits(**spec)


def _table(spec: dict[str, Any], key: str, file: Path) -> dict[str, Any]:
    found = spec.get(key, {})
    if not isinstance(found, dict):
        raise UserError(f"[{key}] stands once, and holds keys", file=file, fix=f"Write [{key}], not [[{key}]]")
    return found


def _source(spec: dict[str, Any], number: int, readers: Collection[str], file: Path, zone: str) -> Source:
    where = f"[[source]] {number} {spec.get('name', '')!r}"
    problems = Problems()
    problems.of(check_keys, spec, SOURCE_KEYS, file=file, where=where)
    for key in ("name", "reader", "path"):
        problems.of(_check_text, spec, key, file, where)
    problems.of(check_shapes, {key: spec[key] for key in spec if key not in ("name", "reader", "path")}, file, where)
    problems.end()
    problems.of(_check_reader, spec, readers, file, where)
    problems.of(check_confirmed, spec, file, where)
    problems.of(check_zone, spec.get("timezone", zone), file, f"{where} timezone")
    problems.of(check_path, spec["path"], file, where)
    problems.of(check_characters, spec, file, where)
    problems.of(check_lines, spec, file, where)
    problems.of(check_amounts, spec, file, where)
    if spec["reader"] == "table":
        problems.of(check_mapping, spec, where, file)
    if "questions" in spec:
        problems.of(wide.check, spec["questions"], spec.get("table"), f"{where} questions", file)
    problems.end()
    return _as_source(spec, zone)


def _check_text(spec: dict[str, Any], key: str, file: Path, where: str) -> None:
    if key in spec and not isinstance(spec[key], str):
        raise UserError(f"{key} is a text", file=file, where=where, found=repr(spec[key]), fix=f'Write {key} = "…"')
    if not spec.get(key, "").strip():
        raise UserError(f"{key} is missing", file=file, where=where, fix=f'Add {key} = "…"')


def _check_reader(spec: dict[str, Any], readers: Collection[str], file: Path, where: str) -> None:
    if spec["reader"] not in readers:
        raise UserError(
            "unknown reader",
            file=file,
            where=where,
            found=repr(spec["reader"]),
            allowed=", ".join(readers),
            fix=nearest(spec["reader"], readers),
        )
    if isinstance(readers, Mapping):
        check_keys(
            spec.get("options", {}),
            getattr(readers[spec["reader"]], "OPTIONS", ()),
            file=file,
            where=f"{where} options",
        )


def _as_source(spec: dict[str, Any], zone: str) -> Source:
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
