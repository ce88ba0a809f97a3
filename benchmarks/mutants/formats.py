"""Rows as the bytes of a file: text with any delimiter, JSON, Parquet, workbooks, compressed or not."""

import csv
import gzip
import io
import json
import zipfile
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from benchmarks.mutants.rows import START, Rows

DELIMITERS = {"csv": ",", "tsv": "\t", "semicolon": ";"}
TEXT = ("csv", "tsv", "semicolon", "json", "ndjson", "page")
ENDINGS = {"semicolon": "csv", "page": "json", "csv.gz": "csv.gz", "ndjson.gz": "ndjson.gz"}
ILLEGAL = {number: None for number in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}  # what XML cannot hold


def text_of(rows: Rows, kind: str) -> str:
    """The file as text, where its kind is one."""
    if kind in DELIMITERS:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=DELIMITERS[kind], lineterminator="\n")
        writer.writerows([rows.header, *rows.above, *([_text(cell) for cell in row] for row in rows.rows)])
        return out.getvalue()
    records = [json.dumps(_record(rows.header, row), ensure_ascii=False) for row in rows.rows]
    if kind == "ndjson":
        return "".join(record + "\n" for record in records)
    listed = "[" + ",\n ".join(records) + "]\n"
    return (
        listed
        if kind == "json"
        else '{"tickets": ' + listed.rstrip() + ', "next_page": null, "count": ' + str(len(records)) + "}\n"
    )


def bytes_of(rows: Rows, kind: str) -> bytes:
    """The file as bytes."""
    if kind == "parquet":
        return _parquet(rows)
    if kind in ("xlsx", "ods"):
        return (_xlsx if kind == "xlsx" else _ods)([rows.header, *rows.above, *rows.rows])
    return packed(text_of(rows, inner(kind)).encode("utf-8", "surrogatepass"), kind)


def inner(kind: str) -> str:
    """The kind of what a compressed file holds; any other kind is its own."""
    return {"csv.gz": "csv", "ndjson.gz": "ndjson", "zip": "csv"}.get(kind, kind)


def packed(content: bytes, kind: str) -> bytes:
    """Compressed where the kind is."""
    if kind.endswith(".gz"):
        return gzip.compress(content, mtime=0)
    return zipped({"export.csv": content}) if kind == "zip" else content


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP archive of these members, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 3, 2, 8, 0, 0))
            archive.writestr(info, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _record(header: list[str], row: list) -> dict:
    return dict(zip(header, row))


def _text(cell: object) -> str:
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, (dict, list)) else "" if cell is None else str(cell)


def _parquet(rows: Rows) -> bytes:
    arrays = []
    for column in range(len(rows.header)):
        cells = [row[column] if column < len(row) else None for row in rows.rows]
        try:
            arrays.append(pa.array(cells))
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            arrays.append(pa.array([None if cell is None else _text(cell) for cell in cells]))
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=list(rows.header)), out)
    return out.getvalue()


def _xlsx(lines: list[list]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": START})  # else it is the hour of the run
        sheet = book.add_worksheet("Export")
        for place, line in enumerate(lines):
            for column, cell in enumerate(line):
                text = _text(cell).translate(ILLEGAL)[:32_000]
                sheet.write_number(place, column, float(text)) if text.isascii() and text.isdigit() and len(
                    text
                ) < 15 else sheet.write_string(place, column, text)
    return out.getvalue()


def _ods(lines: list[list]) -> bytes:
    def cell(value: object) -> str:
        text = _text(value).translate(ILLEGAL)
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
        )

    body = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    kind, names = "application/vnd.oasis.opendocument.spreadsheet", "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="Export">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{names}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode("utf-8", "replace"),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )
