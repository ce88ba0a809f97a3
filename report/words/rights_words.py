"""What a viewer may see, in words."""

from collections.abc import Mapping, Sequence

from metrics.query.query import Rights
from metrics.rules.access import Viewer
from metrics.rules.whole_result import part
from report.text.catalogue import say

AT_THIS_MACHINE = say("words.rights_words.sign_in_is_not_set_up")
LIMITS = {
    "journey": say("words.rights_words.journey"),
    "stage": say("words.rights_words.stage"),
    "segment": say("words.rights_words.segment"),
    "region": say("words.rights_words.region"),
}
Rows = Sequence[Mapping[str, Sequence[str]]]


def page(viewer: Viewer, view: str) -> str:
    """One sentence on a page that somebody's groups do not show."""
    if view == "data" and viewer.rights.may("views", "data"):
        return say("words.rights_words.it_is_the_account_of_everybodys")
    return say("words.rights_words.whoever_keeps_access_toml", why=viewer.why)


def rows_seen(rights: Rights) -> str:
    """Which rows somebody sees, who does not see all: beside every number of theirs."""
    return say("words.rights_words.you_see_a_part_of_the_data", rows=rows_words(part(rights)))


def rows_words(rows: Rows) -> str:
    """“segment private or trade, region North; and stage Buy”."""
    return say("words.rights_words.and_rows").join(_row(row) for row in rows)


def _row(row: Mapping[str, Sequence[str]]) -> str:
    limits = [
        say(
            "words.rights_words.limit",
            word=LIMITS[word],
            names=say("words.or").join(names) or say("words.rights_words.none"),
        )
        for word, names in row.items()
    ]
    return ", ".join(limits) or say("words.rights_words.everything")
