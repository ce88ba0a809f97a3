"""A portfolio as a sheet: where the next euro goes, on one scale, and what is missing before the rest can be valued."""

from metrics.analyses.portfolio.model import Portfolio, Stake
from metrics.query.query import Query
from report.cases.portfolio import flat
from report.sheets.sheet import Mark, Marks, Sheet, Sheets, sentence
from report.text.catalogue import say
from report.words import portfolio_words as words
from report.words.reasons import reason_text
from report.words.words import as_sentence, capitalised


def sheets_of(portfolio: Portfolio) -> Sheets:
    """The lines in the order in which the next euro goes."""
    days = portfolio.period
    missing = [*words.missing(portfolio), *(reason_text(reason) for reason in portfolio.warnings)]
    sheet = Sheet(
        "next_euro",
        "next_euro",
        words.title(portfolio),
        words.standfirst(portfolio),
        tuple(capitalised(head) for head in words.HEADS),
        tuple(tuple(words.row(one)) for one in portfolio.stakes),
        tuple(flat(place, one) for place, one in enumerate(portfolio.stakes, 1)),
        sentence([words.method() if portfolio.stakes else "", *map(as_sentence, missing)]),
        text_columns=2,
        marks=Marks("money", tuple(_mark(place, one) for place, one in enumerate(portfolio.stakes, 1))),
    )
    query = Query((), portfolio.journey, (), days.start, days.end)
    return Sheets(
        "portfolio", query, sheet.title, sheet.what, (sheet,), interval=say("words.portfolio_words.p10_to_p90")
    )


def _mark(place: int, stake: Stake) -> Mark:
    """What a line adds a year, from P10 to P90 around the middle of the draws."""
    what = words.row(stake)[0]
    return Mark(
        f"{place}. {stake.stage}: {what}",
        stake.more.p50 or 0.0,
        stake.more.p10,
        stake.more.p90,
        words.money(stake.more),
    )
