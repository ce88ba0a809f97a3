"""The build's step: every text of int_texts scored once, into int_text_scores."""

import duckdb
import pyarrow as pa

from data.texts.score import score

COLUMNS = pa.schema(
    [
        ("text", pa.string()),
        ("question", pa.string()),
        ("declared", pa.string()),
        ("language", pa.string()),
        ("length", pa.string()),
        ("not_scored", pa.string()),
        ("sentiment", pa.string()),
        ("compound", pa.float64()),
        ("cues", pa.int64()),
        ("effort", pa.int64()),
        ("emotions", pa.list_(pa.string())),
        ("intensities", pa.list_(pa.float64())),
        ("scorer", pa.string()),
    ]
)


def score_texts(con: duckdb.DuckDBPyConnection) -> None:
    """Create int_text_scores: one row a text, question and declared language. `emotions` and `intensities` run side by side."""
    rows = con.execute("select text, question, declared from int_texts order by all").fetchall()
    found = []
    for text, question, declared in rows:
        s = score(text, question, declared)
        found.append(
            (
                text,
                question,
                declared,
                s.language,
                s.length,
                s.not_scored,
                s.sentiment,
                s.compound,
                s.cues,
                s.effort,
                [name for name, _ in s.emotions] if s.sentiment else None,
                [size for _, size in s.emotions] if s.sentiment else None,
                s.scorer,
            )
        )
    scored = pa.table(
        {field.name: pa.array([row[i] for row in found], field.type) for i, field in enumerate(COLUMNS)}, schema=COLUMNS
    )
    con.register("scored_texts", scored)
    con.execute("create table int_text_scores as select * from scored_texts")
    con.unregister("scored_texts")
