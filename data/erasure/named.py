"""Whom an erasure is about, as the command is told: in its words, or in lines that nobody else at the machine sees."""

import sys
from pathlib import Path

from data.errors import UserError


def named(person: str | None, also: list[str], file: str | None) -> tuple[str, list[str]]:
    """The person, and the texts of theirs (`--also`): of the command itself, or of a file whose first line is the person and each further line
    a text; "-" is standard input. Raises UserError where nobody is named, somebody is twice, or the file cannot be read."""
    if file is None:
        if not person:
            raise UserError("nobody is named", where="erase", allowed="PERSON, or --read FILE")
        return person, also
    if person:
        raise UserError("a person is named once", where="erase", found="PERSON and --read", fix="Leave one of them out")
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        lines = [line.strip() for line in content.decode("utf-8-sig").split("\n")]
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "whom to erase cannot be read", file=file, found=getattr(error, "strerror", None) or "not UTF-8"
        ) from None
    if not lines[0]:
        raise UserError("nobody is named", file=file, where="line 1", allowed="any id of theirs")
    return lines[0], [*also, *(line for line in lines[1:] if line)]
