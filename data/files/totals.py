"""Records that are none: totals, averages, row counts and lines below a table, found by their words and by their shape."""

import re
from typing import Any

import duckdb

from data.files.layout import NUMBER
from data.files.layout import _typed as typed

MOST = 1000  # candidates judged
GRAND = (
    r"(grand|overall) totals?|tota(l|le) (général|general|geral|generale|complessivo|gesamt|global)|gesamt(summe|ergebnis)|"
    r"insgesamt|eindtotaal|totaal generaal"
)
PLAIN = (
    r"(sub-?|sous-)?tota(l|ls|le|al|ux)|gesamt(wert)?|zwischensumme|"
    r"sums?|average|avg\.?|mean|median|count|row count|summe|durchschnitt|mittelwert|mittel|anzahl|somme|moyenne|médiane|nombre|ensemble|"
    r"suma|promedio|media|mediana|soma|média|somma|som|gemiddelde|mediaan|aantal|std\.? ?dev\.?|standard deviation|standardabweichung"
)
TAIL = r"\s*(\([^)]*\))?\s*:?\s*"
ROWS = (
    r"\(?\s*\d[\d.,']*\s*(rows?|records?|responses?|answers?|results?|zeilen?|datensätze|antworten|lignes?|réponses?|enregistrements?|filas?|"
    r"respuestas?|registros?|righe|risposte|rijen|antwoorden|linhas?|respostas?)(\s*(\(s\))?\s*\w*)?\s*\)?|"
    r"(rows?|records?|responses?|zeilen|datensätze|lignes|filas|righe|rijen|linhas|total (rows?|records?|responses?))\s*[:=]\s*\d[\d.,']*|"
    r"(end|ende|fin|fine|einde|fim) .{0,25}(report|bericht|rapport|informe|rapporto|relatório|file|datei)\.?|"
    r"((report|bericht|rapport) )?(generated|exported|created|erstellt|exportiert|généré|exporté|generado|generato|gegenereerd|gerado)\b.*"
)
WORDS = rf"({GRAND}|{PLAIN}){TAIL}"
DASHES = ("-", "–", "—", "")
ALWAYS = 0.9  # a column filled in so many records is always filled


def find(con: duckdb.DuckDBPyConnection, name: str, columns: list[str]) -> list[tuple[int, str]]:
    """(row, what it says) of the records of table `name` that are totals or stand below it, not taken out yet."""
    if len(columns) < 2:
        return []
    cells = [f'"{_quoted(column)}"' for column in columns]
    count, last = con.execute(f"select count(*), max(_row) from {name}").fetchall()[0]
    rows = con.execute(
        f"select * from {name} where regexp_full_match(lower(trim(coalesce({', '.join(cells)}))), $words) "
        f"or {cells[0]} is null and regexp_full_match(lower(trim(coalesce({', '.join(reversed(cells))}))), $grand) "
        f"or (_row > $near and len(list_filter([{', '.join(cells)}], lambda cell: cell is not null)) = 1) "
        f"or {cells[0]} is null and (_row <= 1 or _row > $near) order by _row limit {MOST}",
        {"words": WORDS, "grand": f"({GRAND}){TAIL}", "near": (last or 0) - 20},
    ).fetchall()
    if not rows or count < 2:
        return []
    table = _Table(con, name, columns, cells, count, {row[0] for row in rows})
    found = {row[0]: text for row in rows if (text := table.total(row) or table.unnamed(row))}
    ends = {row[0]: row for row in rows}
    below = last
    while below in found or below in ends and table.footnote(ends[below]):  # upwards from the end
        found.setdefault(below, next(cell for cell in ends[below][1:] if cell is not None))
        below -= 1
    return sorted(found.items())


class _Table:
    """What the other records of a table are like."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        name: str,
        columns: list[str],
        cells: list[str],
        count: int,
        candidates: set[int],
    ) -> None:
        self.con, self.name, self.cells, self.last = (
            con,
            name,
            cells,
            con.execute(f"select max(_row) from {name}").fetchall()[0][0],
        )
        self.without = f"_row not in ({', '.join(map(str, sorted(candidates)))})"
        rows = con.execute(
            f"select count(*), {', '.join(f'count({cell})' for cell in cells)} from {name} where {self.without}"
        ).fetchall()[0]
        self.others, self.fill = rows[0], [filled / max(rows[0], 1) for filled in rows[1:]]

    def total(self, row: tuple[Any, ...]) -> str | None:
        """The word of a row that sums up others, else None: all else in it is numbers, and something gives it away."""
        filled = [(place, str(cell).strip()) for place, cell in enumerate(row[1:]) if cell is not None]
        place, text = filled[0] if re.fullmatch(WORDS, filled[0][1].lower()) else filled[-1]
        rest = [(other, cell) for other, cell in filled if other != place]
        if (
            not re.fullmatch(WORDS, text.lower())
            or not self.others
            or not all(typed(cell) or cell in DASHES for _, cell in rest)
        ):
            return None
        lacks = any(fill >= ALWAYS and row[1 + other] is None for other, fill in enumerate(self.fill))
        grand, apart = re.fullmatch(f"({GRAND}){TAIL}", text.lower()), self._stands_apart(row[0])
        return text if lacks and (rest or apart) or rest and apart and (grand or self._adds_up(rest)) else None

    def unnamed(self, row: tuple[Any, ...]) -> str | None:
        """What to say of a row without a name in a first column that always has one, where its numbers are the sums of the others'."""
        filled = [(place, str(cell).strip()) for place, cell in enumerate(row[1:]) if cell is not None]
        if (
            row[1] is not None
            or self.others < 2
            or self.fill[0] < ALWAYS
            or not filled
            or not self._stands_apart(row[0])
        ):
            return None
        if not all(NUMBER.match(cell) for _, cell in filled):
            return None
        sums = sum(self._is_sum(place, cell) for place, cell in filled)
        return "sums of the other rows" if sums >= min(2, len(filled)) else None

    def _is_sum(self, place: int, cell: str) -> bool:
        """By their digits alone, whatever signs stand between them."""
        digits = f"try_cast(regexp_replace({self.cells[place]}, '\\D', '', 'g') as double)"
        ((made,),) = self.con.execute(f"select sum({digits}) from {self.name} where {self.without}").fetchall()
        own = re.sub(r"\D", "", cell)
        return bool(own) and made is not None and float(own) == made > 0

    def _stands_apart(self, row: int) -> bool:
        return row <= 2 or row > self.last - 5

    def _adds_up(self, cells: list[tuple[int, str]]) -> bool:
        """Whether a number is the sum, the mean or the count of the others in its column."""
        for place, cell in cells:
            value = f"try_cast({self.cells[place]} as double)"
            made = self.con.execute(
                f"select sum({value}), avg({value}), count({value}) from {self.name} where {self.without}"
            ).fetchall()[0]
            try:
                if any(part is not None and abs(float(cell) - part) <= 0.006 * max(1, abs(part)) for part in made):
                    return True
            except ValueError:
                continue
        return False

    def footnote(self, row: tuple[Any, ...]) -> bool:
        """A line of one cell where records fill several: a remark, unless it is written as its column is."""
        ((place, text),) = [(place, cell) for place, cell in enumerate(row[1:]) if cell is not None][:1]
        if sum(cell is not None for cell in row[1:]) > 1 or sum(fill >= ALWAYS for fill in self.fill) < 2:
            return False
        if re.fullmatch(f"{WORDS}|{ROWS}", text.strip().lower()):
            return True
        cell = self.cells[place]
        spaced, numbers = self.con.execute(
            f"select avg((trim({cell}) like '% %')::integer), avg((try_cast({cell} as double) is not null)::integer) from {self.name} "
            f"where {cell} is not null and {self.without}"
        ).fetchall()[0]
        return bool(
            spaced is not None
            and (" " in text.strip() and spaced < 0.1 and place == 0 or numbers > ALWAYS and not typed(text.strip()))
        )


def _quoted(name: str) -> str:
    return name.replace('"', '""')
