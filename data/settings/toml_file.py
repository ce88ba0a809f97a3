"""A settings file parsed: every failure is one sentence with its file and line."""

import tomllib
from pathlib import Path
from typing import Any

from data.errors import UserError


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
