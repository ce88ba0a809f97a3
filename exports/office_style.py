"""Our look in Office's terms: colours of the light theme, fonts every Office has."""

from charts import tokens

SERIF, SANS = (
    "Georgia",
    "Calibri",
)  # Source Serif and Source Sans are not on people's machines; a slide has no fallback list
SYMBOL = {"ux": "circle", "cx": "diamond", "both": "square"}


def colour(token: str) -> str:
    """A design token as RRGGBB."""
    return tokens.palette("light")[token].lstrip("#").upper()


def tone(side: str, place: int = 0) -> tuple[str, str]:
    """Line and interval colour of a side; further lines of one chart go through ink and greys."""
    others = ((tokens.INK, tokens.G1), (tokens.MUTED, tokens.RULE), (tokens.FAINT, tokens.RULE))
    mark, tint = tokens.SIDE[side] if place == 0 else others[(place - 1) % len(others)]
    return colour(mark), colour(tint)
