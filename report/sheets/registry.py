"""The analyses that are told as sheets, by name: one table for pages, commands and files."""

from dataclasses import replace

from data.store.generations import Generation
from metrics.analyses.change.find import change
from metrics.analyses.change.model import Change
from metrics.analyses.drivers.find import drivers_of_every_outcome
from metrics.analyses.drivers.model import EveryDriver
from metrics.analyses.experiments.find import experiments
from metrics.analyses.experiments.model import Experiments
from metrics.analyses.portfolio.model import Portfolio
from metrics.analyses.portfolio.rank import portfolio
from metrics.analyses.reconcile.find import reconcile
from metrics.analyses.reconcile.model import Reconciled
from metrics.analyses.relationship.find import relationship
from metrics.analyses.relationship.model import Relationship
from metrics.analyses.sides.find import sides
from metrics.analyses.sides.model import Sides
from metrics.analyses.silent.find import silent
from metrics.analyses.silent.model import Silent
from metrics.analyses.support.find import support
from metrics.analyses.support.model import Support
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report import placement
from report.sheets import change as change_sheets
from report.sheets import drivers as driver_sheets
from report.sheets import experiments as experiment_sheets
from report.sheets import portfolio as portfolio_sheets
from report.sheets import promises as promise_sheets
from report.sheets import reconcile as reconcile_sheets
from report.sheets import relationship as relationship_sheets
from report.sheets import sides as side_sheets
from report.sheets import silent as silent_sheets
from report.sheets import support as support_sheets
from report.sheets.promises import Promises
from report.sheets.sheet import Analysis, Window
from report.sheets.windows import by_default


def _change(query: Query, generation: Generation) -> Change:
    """Of the metrics that stand on the pages of change, where none are named."""
    return change(replace(query, metrics=query.metrics or placement.shown("change")), generation)


def _promises(query: Query, generation: Generation) -> Promises:
    """Every promise by what happened and by what people say; whether it was what they had expected."""
    known = context.read(generation)
    asked = resolve(query, known)
    kept, expected = promise_sheets.questions(asked)
    return Promises(
        run(kept, generation),
        run(expected, generation),
        asked.stages or known.stages[str(asked.journey)],
    )


def _portfolio(query: Query, generation: Generation) -> Portfolio:
    """Of the whole journey over the last year; nothing else of the question matters."""
    return portfolio(query.journey, generation)


def _sides(query: Query, generation: Generation) -> Sides:
    """Of the Journey's rows, where no metric is named."""
    return sides(replace(query, metrics=query.metrics or placement.shown("journey_short")), generation)


ANALYSES: dict[str, Analysis] = {
    "silent": Analysis(Silent, silent, silent_sheets.sheets_of, silent_sheets.FORMS, Window.YEAR),
    "drivers": Analysis(
        EveryDriver, drivers_of_every_outcome, driver_sheets.sheets_of, driver_sheets.FORMS, Window.YEAR
    ),
    "experiments": Analysis(
        Experiments,
        experiments,
        experiment_sheets.sheets_of,
        ("experiments", "experiment_outcomes"),
        Window.EVERYTHING,
    ),
    "relationship": Analysis(
        Relationship,
        relationship,
        relationship_sheets.sheets_of,
        ("second_purchase", "repurchase_windows", "tenure", "nps_moves", "between_answers", "after_unhappy"),
        Window.EVERYTHING,
    ),
    "support": Analysis(
        Support,
        support,
        support_sheets.sheets_of,
        ("after_friction", "first_reply", "reply_and_relationship", "reasons_of_contact"),
        Window.YEAR,
    ),
    "changes": Analysis(
        Change,
        _change,
        change_sheets.sheets_of,
        ("initiatives", "change_points", "mix_and_rate", "research_notes"),
        Window.PERIOD,
    ),
    "promises": Analysis(
        Promises, _promises, promise_sheets.sheets_of, ("promises_kept", "expectations_met"), Window.FILTERED, False
    ),
    "portfolio": Analysis(Portfolio, _portfolio, portfolio_sheets.sheets_of, ("next_euro",), Window.EVERYTHING, False),
    "reconcile": Analysis(Reconciled, reconcile, reconcile_sheets.sheets_of, reconcile_sheets.FORMS, Window.NAMED),
    "side_by_side": Analysis(Sides, _sides, side_sheets.sheets_of, (side_sheets.FORM,), Window.NAMED),
}
FORMS = {form: name for name, one in ANALYSES.items() for form in one.forms}


def question(name: str, query: Query, generation: Generation, everything: bool = False) -> Query:
    """What the page of an analysis asks where the question names no day; `everything` asks for all data."""
    return by_default(ANALYSES[name].window, query, context.read(generation), everything)
