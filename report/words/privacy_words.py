"""What is said of what is withheld, and from whom: at the foot of every page and in the small print of every file."""

from data.store.opened import GROUPS, PERSONS_TOO
from metrics.thresholds import PERSONS, VERBATIMS
from report.text.catalogue import say


def on_page(shows: str, confidential: bool = False) -> str:
    """At the foot of a page; `shows` as in Generation."""
    if shows == GROUPS:
        return say("report.privacy_words.page_groups", persons=PERSONS, writers=VERBATIMS)
    if shows == PERSONS_TOO and not confidential:
        return say("report.privacy_words.page_persons", persons=PERSONS)
    return say("report.privacy_words.page", persons=PERSONS, writers=VERBATIMS)


def in_print(shows: str, confidential: bool = False) -> str:
    """In the small print of a file."""
    if shows == GROUPS:
        return say("report.privacy_words.print_groups", persons=PERSONS, writers=VERBATIMS)
    if shows == PERSONS_TOO and not confidential:
        return say("report.privacy_words.print_persons", persons=PERSONS)
    return say("report.privacy_words.print", persons=PERSONS, writers=VERBATIMS)


def weeks_of(until: str) -> str:
    """Of a list for a viewer of groups: which weeks it is of, whatever the period."""
    return say("report.privacy_words.weeks_of", until=until)
