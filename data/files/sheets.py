"""Excel and OpenDocument workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) as CSV text: typed dates in ISO form, numbers as they are.

The workbook is opened in a process of its own, bounded in memory and time: a small file can ask for any amount.
"""

import csv
import json
import subprocess
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from data.errors import FileProblem, in_words
from data.files.archives import DAMAGED, GUARD
from data.files.limits import MB, Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any workbook protected with a password
ROOT = Path(__file__).parents[2]
LOOK = 200  # rows by which the sheet that is a table is found
DIGITS = 15  # what a spreadsheet keeps of a number


def to_csv(
    path: Path,
    label: str,
    target: Path,
    limits: Limits,
    *,
    sheet: str | None = None,
    wanted: tuple[str, ...] = (),
    decimal: str = ".",
) -> list[str]:
    """Write one sheet to `target`; returns what is to be said of it. `sheet` by name, else the one that looks like a table.

    `wanted`: columns the source maps; a sheet that has them comes first. Raises FileProblem.
    """
    _check_size(path, label, limits)
    order = {
        "path": str(path),
        "target": str(target),
        "sheet": sheet,
        "wanted": list(wanted),
        "decimal": decimal,
        "memory": int(limits.unpacked_mb * MB),
        "columns": int(limits.columns),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "data.files.sheets"],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=limits.seconds,
        )
    except subprocess.TimeoutExpired:
        raise FileProblem(
            "the workbook takes too long to open",
            file=label,
            allowed=f"{limits.seconds:g} s ([limits] seconds)",
            fix="Save the sheet as CSV",
        ) from None
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise FileProblem(
            "the workbook needs more memory than allowed",
            file=label,
            allowed=f"{limits.unpacked_mb:,g} MB ([limits] unpacked_mb)",
            fix="Save the sheet as CSV",
        ) from None
    if "problem" in told:
        raise FileProblem(told.pop("problem"), file=label, **told)
    notes: list[str] = told["notes"]
    return notes


def _check_size(path: Path, label: str, limits: Limits) -> None:
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except DAMAGED as error:
        raise FileProblem(
            f"the workbook is damaged: {in_words(error, path)}", file=label, fix="Export it again"
        ) from None
    packed = path.stat().st_size
    if broken := limits.too_large(packed, size):
        raise FileProblem(
            "it grows too large when it is unpacked",
            file=label,
            found=f"{packed:,} bytes that become {broken}",
            fix=GUARD,
        )


def _cell(value: object, decimal: str) -> str:
    """A cell as text. A number is written so that nobody can take its point for a separator of thousands."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 10**DIGITS:
            return str(int(value))
        text = repr(value)
        if "e" not in text and len(text.split(".")[-1]) == 3:
            text += "0"
        return text.replace(".", decimal)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _tables(
    book: Any, names: list[str], wanted: list[str], decimal: str
) -> list[tuple[int, int, str, list[list[str]]]]:
    """(wanted columns it has, rows that look like records, name, its first rows) of each sheet with anything in it."""
    found = []
    for name in names:
        rows = []
        for row in book.get_sheet_by_name(name).iter_rows():
            rows.append([_cell(value, decimal).strip() for value in row])
            if len(rows) == LOOK:
                break
        filled = [sum(cell != "" for cell in row) for row in rows]
        if any(filled):
            cells = {cell.lower() for row in rows[:60] for cell in row}
            wide = max(filled)
            found.append(
                (
                    len(cells & {name.strip().lower() for name in wanted}),
                    sum(count * 2 > wide for count in filled) * (wide > 1),
                    name,
                    rows,
                )
            )
    return found


def _convert(order: dict[str, Any]) -> dict[str, Any]:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(order["path"])
    except calamine.PasswordError:
        return {"problem": "the workbook is protected with a password", "fix": "Save it without one"}
    except calamine.CalamineError as error:
        return {
            "problem": f"not a readable workbook: {in_words(error, order['path'])}",
            "fix": "Save it again as .xlsx, or as CSV",
        }
    kinds = {sheet.name: sheet for sheet in book.sheets_metadata}
    shown = [
        name
        for name, sheet in kinds.items()
        if "WorkSheet" in str(sheet.typ) and "Visible" == str(sheet.visible).rsplit(".", 1)[-1]
    ]
    if order["sheet"] is not None and order["sheet"] not in kinds:
        close = [name for name in kinds if name.strip().lower() == order["sheet"].strip().lower()]
        if not close:
            return {
                "problem": "there is no such sheet",
                "found": repr(order["sheet"]),
                "allowed": ", ".join(kinds),
                "fix": "Mend sheet in sources.toml",
            }
        order["sheet"] = close[0]
    tables = _tables(
        book, [order["sheet"]] if order["sheet"] else shown or list(kinds), order["wanted"], order["decimal"]
    )
    if not tables:
        return {
            "problem": "no sheet of the workbook holds anything",
            "found": ", ".join(kinds),
            "fix": "Export it again",
        }
    _, _, name, head = max(tables, key=lambda table: table[:2])  # the first of equals
    with open(order["target"], "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for row in book.get_sheet_by_name(name).iter_rows():
            writer.writerow([_cell(value, order["decimal"]) for value in row])
    return {"notes": _notes(name, tables, list(kinds), head, order)}


def _notes(name: str, tables: list[Any], kinds: list[str], head: list[list[str]], order: dict[str, Any]) -> list[str]:
    if order["sheet"] or len(kinds) == 1:
        return []
    alike = [other for _, _, other, rows in tables if other != name and _header(rows) == _header(head)]
    notes = [f"sheet {name!r} read, of {', '.join(map(repr, kinds))}"]
    return notes + (
        [
            f"the same columns also in sheet {', '.join(map(repr, alike))}, not read: give each its own [[source]] with sheet"
        ]
        if alike
        else []
    )


def _header(rows: list[list[str]]) -> list[str]:
    return next(([cell for cell in row if cell] for row in rows if sum(cell != "" for cell in row) > 1), [])


def _bound(memory: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # a system without such bounds: the limits on size and time still hold


if __name__ == "__main__":
    job = json.loads(sys.stdin.read())
    _bound(job["memory"])
    try:
        answer = _convert(job)
    except Exception as failure:  # a broken workbook fails in any way; whoever asked says it in a sentence
        if isinstance(failure, MemoryError):
            sys.exit(1)
        answer = {
            "problem": f"not a readable workbook: {in_words(failure, job['path'])}",
            "fix": "Save it again as .xlsx, or as CSV",
        }
    print(json.dumps(answer))
