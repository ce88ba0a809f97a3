"""The build's step: every text of int_texts scored and sorted by topic once, into int_text_scores; the topics into topics."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from data.files.relation import insert_rows
from data.sqlfile import sql
from data.texts.clean import own_words
from data.texts.learned.features import told
from data.texts.learned.kept import read as read_learned
from data.texts.learned.model import FOLDS
from data.texts.lists import plain
from data.texts.rules import tokens
from data.texts.score import EMPTY, NO_WORDS, score
from data.texts.topics.found import found_topics
from data.texts.topics.load import Topic
from data.texts.topics.tag import Tagger

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
        ("topics", pa.list_(pa.string())),
    ]
)
TOPICS = "topic VARCHAR, position INTEGER, found BOOLEAN, stage VARCHAR, place VARCHAR, language VARCHAR, word VARCHAR"
SAYS_NOTHING = (EMPTY, NO_WORDS)


def write_ignored(con: duckdb.DuckDBPyConnection, words: Collection[str]) -> None:
    """The table `ignored_words`: what is never a topic found in texts. Not served."""
    con.execute("create table if not exists ignored_words (word VARCHAR)")
    if words:
        con.execute("insert into ignored_words select unnest(?)", [sorted(words)])


def write_topics(con: duckdb.DuckDBPyConnection, topics: Sequence[Topic], found: bool = False) -> None:
    """The table `topics`: one row a topic, language and word, in the order of the file, those found in the texts last."""
    con.execute(f"create table if not exists topics ({TOPICS})")
    ((before,),) = con.execute("select coalesce(max(position), 0) from topics").fetchall()
    rows = [
        (topic.name, place, found, topic.stage or None, topic.place or None, language, word)
        for place, topic in enumerate(topics, before + 1)
        for language, words in topic.words.items()
        for word in words
    ]
    if rows:
        insert_rows(con, "topics", rows)


def read_topics(con: duckdb.DuckDBPyConnection) -> tuple[Topic, ...]:
    """The topics of the table, in their order."""
    rows = con.execute(
        "select topic, language, list(word order by rowid), any_value(stage), any_value(place) from topics "
        "group by topic, position, language order by position, language"
    ).fetchall()
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    where = {name: (stage or "", place or "") for name, _, _, stage, place in rows}
    for name, language, listed, _, _ in rows:
        words.setdefault(name, {})[language] = tuple(listed)
    return tuple(Topic(name, by, *where[name]) for name, by in words.items())


def score_texts(con: duckdb.DuckDBPyConnection) -> None:
    """Create int_text_scores: one row a text, question and declared language. `emotions` and `intensities` run side by side; `topics`
    is null for a text that says nothing. What no named topic covers is searched for topics of its own."""
    rows = con.execute("select text, question, declared from int_texts order by all").fetchall()
    found: list[tuple[Any, ...]] = []
    said: list[tuple[list[str], str | None] | None] = []
    written: list[list[str]] = []
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
        words = _words(text)
        said.append(None if s.not_scored in SAYS_NOTHING else ([plain(word) for word in words], s.language))
        written.append(words)
    found = _calibrated(con, found)
    sorted_ = _topics(con, said, written)
    rows = [(*row, topics) for row, topics in zip(found, sorted_)]
    scored = pa.table(
        {field.name: pa.array([row[i] for row in rows], field.type) for i, field in enumerate(COLUMNS)}, schema=COLUMNS
    )
    con.register("scored_texts", scored)
    con.execute("create table int_text_scores as select * from scored_texts")
    con.unregister("scored_texts")


def _calibrated(con: duckdb.DuckDBPyConnection, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with sentiment and compound as learned from the company's own ratings, where `data calibrate` has learned a text's language.
    Emotions and effort stay the word lists', as does the reason where no list could read it."""
    model = read_learned(con)
    if model is None:
        return found
    at = {name: place for place, name in enumerate(COLUMNS.names)}

    def of(row: tuple[Any, ...], name: str) -> Any:
        return row[at[name]]

    places = [
        place
        for place, row in enumerate(found)
        if of(row, "not_scored") not in SAYS_NOTHING and model.reads(of(row, "language") or of(row, "not_scored") or "")
    ]
    folds = {
        (text, question, declared): seen
        for text, question, declared, seen in con.execute(
            sql("data/texts/learned", "writers"), {"folds": FOLDS}
        ).fetchall()
    }
    texts = [
        told(of(found[place], "text"), of(found[place], "question"), of(found[place], "compound")) for place in places
    ]
    kind, known = model.read(texts, [folds.get(found[place][:3], ()) for place in places])
    for place, read, words in zip(places, kind, known):
        row = list(found[place])
        if words:  # of a text without one rated word nothing is known but how people rate on the whole
            row[at["sentiment"]], row[at["compound"]] = model.label(float(read)), round(float(read), 4)
            row[at["cues"]], row[at["scorer"]] = (
                int(words),
                f"{model.scorer} {of(found[place], 'scorer') or ''}".strip(),
            )
            found[place] = tuple(row)
    return found


def _words(text: str) -> list[str]:
    return [word.lower() for word in tokens(own_words(text)) if word[0].isalnum()]


def _as_written(texts: Sequence[tuple[list[str], list[str]]]) -> dict[str, str]:
    """Word in plain spelling → how most write it, where that is another."""
    ways: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for spelt, words in texts:
        for word, own in zip(spelt, words):
            if not own.isascii():
                ways[word][own] += 1
    return {word: max(sorted(found), key=lambda own: found[own]) for word, found in ways.items()}


def _topics(
    con: duckdb.DuckDBPyConnection,
    said: Sequence[tuple[list[str], str | None] | None],
    written: Sequence[list[str]],
) -> list[list[str] | None]:
    """The topics of each text: the named ones; where none is, those found in the texts without one."""
    con.execute(f"create table if not exists topics ({TOPICS})")
    tagger = Tagger(read_topics(con))
    named = [text and tagger.topics(*text) for text in said]
    write_ignored(con, ())
    ignored = {word for (word,) in con.execute("select word from ignored_words").fetchall()}
    open_ = [(text[0], words) for text, words, topics in zip(said, written, named) if text and not topics]
    more = found_topics([spelt for spelt, _ in open_], ignored, _as_written(open_))
    write_topics(con, more, found=True)
    finder = Tagger(more)
    return [None if text is None else topics or finder.topics(text[0], None) for text, topics in zip(said, named)]
