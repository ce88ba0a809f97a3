"""The analyses that are told as sheets, by name: one table for pages, commands and files."""

from metrics.analyses.experiments.find import experiments
from metrics.analyses.experiments.model import Experiments
from report.sheets import experiments as experiment_sheets
from report.sheets.sheet import Analysis

ANALYSES: dict[str, Analysis] = {
    "experiments": Analysis(Experiments, experiments, experiment_sheets.tell, ("experiments", "experiment_outcomes")),
}
FORMS = {form: name for name, one in ANALYSES.items() for form in one.forms}
