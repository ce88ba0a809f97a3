"""What another tool would read, as report has it, asked by way of the answers a page keeps."""

from metrics.catalogue.definition import Definition
from metrics.query.query import Query
from report.answers import other_tools
from report.answers.other_tools import Now, Other, dimension_words, gap_words, parent_metric
from ui.session import source

__all__ = ["Now", "Other", "dimension_words", "gap_words", "now", "parent_metric"]


def now(found: Definition, query: Query) -> Now:
    """The metric and its variants over the frame's period and filters."""
    return other_tools.now(found, query, source.ask)
