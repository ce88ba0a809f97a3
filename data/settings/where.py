"""`where` of sources.toml: a condition on the raw text columns. Only comparisons: no subquery, no file, no function
that reads anything. Rebuilt from its syntax tree, so that nothing of the text itself reaches the database."""

from collections.abc import Callable

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

ALLOWED = (
    exp.Column,
    exp.Identifier,
    exp.Literal,
    exp.And,
    exp.Or,
    exp.Not,
    exp.Paren,
    exp.EQ,
    exp.NEQ,
    exp.GT,
    exp.GTE,
    exp.LT,
    exp.LTE,
    exp.Is,
    exp.Null,
    exp.In,
    exp.Tuple,
    exp.Like,
    exp.ILike,
    exp.Between,
    exp.Lower,
    exp.Upper,
    exp.Trim,
    exp.Length,
    exp.Cast,
    exp.TryCast,
    exp.DataType,
    exp.Coalesce,
    exp.Neg,
    exp.Boolean,
    exp.RegexpLike,
)


class NoColumn(ValueError):
    """The condition is sound, and the file lacks a column it names."""


def where_sql(text: str, lookup: Callable[[str], str | None]) -> str:
    """The condition with each column replaced by `lookup`'s SQL. Raises ValueError saying what is not allowed,
    NoColumn where `lookup` knows no such column."""
    try:
        tree = sqlglot.parse_one(text, read="duckdb", into=exp.Condition)
    except SqlglotError as error:
        raise ValueError(str(error).split("\n")[0]) from None
    for node in tree.walk():
        if not isinstance(node, ALLOWED):
            raise ValueError(f"{node.key} is not allowed")
    return tree.transform(_tolerant).transform(lambda node: _column(node, lookup)).sql(dialect="duckdb")


def _tolerant(node: exp.Expr) -> exp.Expr:
    """Text that is no number is no match, and no error: casts are tried, and columns met by numbers become numbers."""
    if type(node) is exp.Cast:
        return exp.TryCast(this=node.this, to=node.to)
    if isinstance(node, (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)):
        sides = list(node.iter_expressions())
        if any(_is_number(side) for side in sides):
            for side in sides:
                if isinstance(side, exp.Column):
                    side.replace(exp.TryCast(this=side.copy(), to=exp.DataType.build("double")))
    return node


def _is_number(node: exp.Expr) -> bool:
    inner = node.this if isinstance(node, exp.Neg) else node
    return isinstance(inner, exp.Literal) and not inner.is_string


def _column(node: exp.Expr, lookup: Callable[[str], str | None]) -> exp.Expr:
    if not isinstance(node, exp.Column):
        return node
    name = ".".join(part.name for part in node.parts)
    sql = lookup(name)
    if sql is None:
        raise NoColumn(f"the file has no column {name!r}")
    return sqlglot.parse_one(sql, read="duckdb")
