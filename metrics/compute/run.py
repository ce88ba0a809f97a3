"""run(query): the named steps from a question to a Result, the same for views, exports and the command line."""

from data.store.generations import Generation
from data.store.version import understood
from metrics.catalogue.load import definition
from metrics.compute import steps
from metrics.compute.steps import Answer
from metrics.query import context
from metrics.query.query import Query, check
from metrics.query.resolve import resolve
from metrics.query.result import Result
from metrics.rules.access import within_rights

# The way of an answer, in this order. Each takes it and gives it on (metrics.compute.steps).
STEPS = (
    steps.say_of_the_whole,
    steps.refuse_without_right,
    steps.count,
    steps.add_open_questions,
    steps.add_nonresponse,
    steps.find_series_breaks,
    steps.protect_few_people,
    steps.name_pooled_stages,
    steps.round_if_confidential,
)


@understood
@within_rights
def run(query: Query, generation: Generation) -> Result:
    """Answer a query on one generation; one that is resolved already is taken as it is. Raises UserError for a question that cannot be
    asked."""
    check(query)
    known = context.read(generation)
    definitions = {metric: definition(metric) for metric in query.metrics}
    answer = Answer(resolve(query, known), generation, known, definitions)
    for step in STEPS:
        answer = step(answer)
    return answer.result()
