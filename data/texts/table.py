"""The build's step: every text of int_texts scored and sorted by topic once, into int_text_scores; the topics into topics."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

import duckdb
import pyarrow as pa

from data.files.relation import insert_rows
from data.texts.clean import own_words
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
    found, said, written = [], [], []
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
    sorted_ = _topics(con, said, written)
    rows = [(*row, topics) for row, topics in zip(found, sorted_)]
    scored = pa.table(
        {field.name: pa.array([row[i] for row in rows], field.type) for i, field in enumerate(COLUMNS)}, schema=COLUMNS
    )
    con.register("scored_texts", scored)
    con.execute("create table int_text_scores as select * from scored_texts")
    con.unregister("scored_texts")


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
