"""The outcome of a run as a table by reader and operator."""

import json


def failed(lines: list[dict]) -> bool:
    """Whether any file broke what is promised."""
    return any(line["faults"] for line in lines)


def render(lines: list[dict], how: str) -> str:
    """Markdown by reader and operator, with totals and every fault; or all lines as JSON."""
    if how == "json":
        return json.dumps({"summary": _counts(lines), "files": lines}, ensure_ascii=False, indent=1)
    loads = [line for line in lines if line["part"] == "load"]
    shown = [
        "| reader | done to the file | files | read | refused whole | records in | loaded | slowest, s CPU | faults |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for reader, operator in sorted({(line["reader"], line["operator"]) for line in loads}):
        shown.append(
            _row([line for line in loads if (line["reader"], line["operator"]) == (reader, operator)], reader, operator)
        )
    shown.append(_row(loads, "all", ""))
    looked = [line for line in lines if line["part"] == "inspect"]
    if looked:
        shown.append(_row(looked, "data inspect", "a share of them"))
    faults = [
        f"- {line['number']}: {line['reader']}, {line['what']}, {line['kind']}, {line['operator']}: {fault}"
        for line in lines
        for fault in line["faults"]
    ]
    return "\n".join([*shown, "", *(faults or ["No fault."])])


def _row(lines: list[dict], reader: str, operator: str) -> str:
    counts = _counts(lines)
    return f"| {reader} | {operator} | {counts['files']:,} | {counts['read']:,} | {counts['refused whole']:,} | {counts['in']:,} | {counts['loaded']:,} | {counts['slowest']:.1f} | {counts['faults']} |"


def _counts(lines: list[dict]) -> dict:
    return {
        "files": len(lines),
        "read": sum(bool(line["loaded"]) for line in lines),
        "refused whole": sum(not line["loaded"] for line in lines),
        "in": sum(line["rows_in"] for line in lines),
        "loaded": sum(line["loaded"] for line in lines),
        "slowest": max((line["seconds"] for line in lines), default=0.0),
        "faults": sum(bool(line["faults"]) for line in lines),
    }
