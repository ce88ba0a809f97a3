"""A company's own forms of order numbers (`[company] order_number`), searched in a time in proportion to the text: visitors choose texts."""

import pyarrow as pa
import pyarrow.compute as pc

BEGIN, END = "\x01", "\x02"


class Orders:
    """RE2 expressions. Raises ValueError where one cannot be read."""

    def __init__(self, patterns: tuple[str, ...] = ()):
        self.patterns = patterns
        for pattern in patterns:
            self._marked("", pattern)

    def _marked(self, text: str, pattern: str) -> str:
        try:
            found = pc.replace_substring_regex(
                pa.array([text], pa.string()), pattern=pattern, replacement=f"{BEGIN}\\0{END}"
            )
        except pa.ArrowInvalid as error:
            raise ValueError(str(error).split(": ", 1)[-1]) from None
        return str(found[0].as_py())

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of every find that is not empty."""
        found = []
        for pattern in self.patterns:
            place = 0
            text = text.replace(BEGIN, " ").replace(END, " ")
            start = 0
            for character in self._marked(text, pattern):
                if character == BEGIN:
                    start = place
                elif character == END:
                    found += [(start, place)] if place > start else []
                else:
                    place += 1
        return found
