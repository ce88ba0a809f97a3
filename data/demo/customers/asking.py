"""All surveys of the company."""

from data.demo.customers import relationship, surveys
from data.demo.customers.block import Outcome
from data.demo.customers.surveys import Batch


def ask(outcome: Outcome) -> list[Batch]:
    return [
        surveys.browse(outcome),
        surveys.configurator(outcome),
        surveys.checkout(outcome),
        surveys.delivery(outcome),
        relationship.relationship(outcome),
        surveys.effort(outcome),
    ]
