"""Number formats of Excel and PowerPoint with the digits of report.numbers: numbers stay numbers.

Office writes the decimal and grouping signs of whoever opens the file; the place of the currency and the order of a day's parts it takes
from here.
"""

import re

from report import numbers

MINUS = numbers.MINUS
PLAIN = {"rate": "0.0\\ %", "points": "0", "score": "0.00", "seconds": '0" s"', "hours": '0.0" h"'}
SIGNED = ("rate", "points", "score", "number")  # may be below 0
COARSE = {"rate": "0\\ %", "score": "0.0", "hours": '0" h"'}


def number_format(unit: str) -> str:
    """The format of a value."""
    if unit == "money":
        whole, cents = _priced("#,##0"), _priced("0.00")
        return f"[>=10]{whole};[<=-10]{MINUS}{whole};{cents}"
    if unit == "count":  # what is counted per so many is no whole number; a condition on that no format has
        return f"[>=100]#,##0;[<=-100]{MINUS}#,##0;0.0"
    plain = PLAIN.get(unit, "0.0")
    return f"{plain};{MINUS}{plain}" if unit in SIGNED else plain


def axis_format(unit: str) -> str:
    """The format of an axis, which needs fewer decimals."""
    return COARSE.get(unit) or number_format(unit)


def difference_format(unit: str) -> str:
    """With its sign; a difference of shares is written in points of per cent."""
    plain = {"rate": "0.0\\ %", "points": "0.0", "seconds": '0" s"', "hours": '0.0" h"'}.get(unit, "0.00")
    return f"+{plain};{MINUS}{plain};{plain}"


def day_format() -> str:
    """The format of a day: d mmm yyyy, mmm d, yyyy."""
    pattern = numbers.pattern_of("yMMMd")
    return re.sub(r"y+|[ML]+", lambda found: "yyyy" if found[0][0] == "y" else "m" * len(found[0]), pattern)


def _priced(digits: str) -> str:
    """An amount's digits with the currency, quoted so that no letter of it is a format."""
    written = numbers.value(1234, "money")
    before, _, rest = written.partition("1")
    after = rest.rpartition("4")[2]
    return (f'"{before}"' if before else "") + digits + (f'"{after}"' if after else "")
