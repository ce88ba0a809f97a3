"""The analyses that are told as sheets, by name: one table for pages, commands and files."""

from dataclasses import replace

from data.store.generations import Generation
from metrics.analyses.change.find import change
from metrics.analyses.change.model import Change
from metrics.analyses.drivers.find import drivers_of_every_outcome
from metrics.analyses.drivers.model import EveryDriver
from metrics.analyses.experiments.find import experiments
from metrics.analyses.experiments.model import Experiments
from metrics.analyses.relationship.find import relationship
from metrics.analyses.relationship.model import Relationship
from metrics.analyses.silent.find import silent
from metrics.analyses.silent.model import Silent
from metrics.analyses.support.find import support
from metrics.analyses.support.model import Support
from metrics.query.query import Query
from report import placement
from report.sheets import change as change_sheets
from report.sheets import drivers as driver_sheets
from report.sheets import experiments as experiment_sheets
from report.sheets import relationship as relationship_sheets
from report.sheets import silent as silent_sheets
from report.sheets import support as support_sheets
from report.sheets.sheet import Analysis


def _change(query: Query, generation: Generation) -> Change:
    """Of the metrics that stand on the pages of change, where none are named."""
    return change(replace(query, metrics=query.metrics or placement.shown("change")), generation)


ANALYSES: dict[str, Analysis] = {
    "silent": Analysis(Silent, silent, silent_sheets.sheets_of, silent_sheets.FORMS),
    "drivers": Analysis(EveryDriver, drivers_of_every_outcome, driver_sheets.sheets_of, driver_sheets.FORMS),
    "experiments": Analysis(
        Experiments, experiments, experiment_sheets.sheets_of, ("experiments", "experiment_outcomes")
    ),
    "relationship": Analysis(
        Relationship,
        relationship,
        relationship_sheets.sheets_of,
        ("second_purchase", "repurchase_windows", "tenure", "nps_moves", "between_answers", "after_unhappy"),
    ),
    "support": Analysis(
        Support,
        support,
        support_sheets.sheets_of,
        ("after_friction", "first_reply", "reply_and_relationship", "reasons_of_contact"),
    ),
    "changes": Analysis(
        Change, _change, change_sheets.sheets_of, ("initiatives", "change_points", "mix_and_rate", "research_notes")
    ),
}
FORMS = {form: name for name, one in ANALYSES.items() for form in one.forms}
