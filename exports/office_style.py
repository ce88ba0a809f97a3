"""Our look in Office's terms: colours of the light theme, fonts every Office has, number formats that keep numbers numbers."""

from charts import tokens

SERIF, SANS = (
    "Georgia",
    "Calibri",
)  # Source Serif and Source Sans are not on people's machines; a slide has no fallback list
SYMBOL = {"ux": "circle", "cx": "diamond", "both": "square"}
FORMATS = {
    "rate": "0.0\\ %;\u22120.0\\ %",
    "points": "0;\u22120",
    "score": "0.00;\u22120.00",
    "seconds": '0" s"',
    "hours": '0.0" h"',
    "count": "#,##0",
    "number": "0.0;\u22120.0",
    "money": "[>=10]#,##0;[<=-10]\u2212#,##0;0.00",
}
COARSE = {"rate": "0\\ %", "score": "0.0", "hours": '0" h"'}


def colour(token: str) -> str:
    """A design token as RRGGBB."""
    return tokens.palette("light")[token].lstrip("#").upper()


def tone(side: str, place: int = 0) -> tuple[str, str]:
    """Line and interval colour of a side; further lines of one chart go through ink and greys."""
    others = ((tokens.INK, tokens.G1), (tokens.MUTED, tokens.RULE), (tokens.FAINT, tokens.RULE))
    mark, tint = tokens.SIDE[side] if place == 0 else others[(place - 1) % len(others)]
    return colour(mark), colour(tint)


def number_format(unit: str) -> str:
    return FORMATS[unit]


def axis_format(unit: str) -> str:
    return COARSE.get(unit, FORMATS[unit])


def difference_format(unit: str) -> str:
    """With its sign; a difference of shares is written in points of per cent."""
    plain = {"rate": "0.0\\ %", "points": "0.0", "seconds": '0" s"', "hours": '0.0" h"'}.get(unit, "0.00")
    return f"+{plain};\u2212{plain};{plain}"
