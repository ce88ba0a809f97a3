"""A business case in an address says the same as in a CASE.toml."""

import tomllib
from urllib.parse import parse_qs, urlsplit

import pytest

from data.errors import UserError
from metrics.analyses.case.case import case_of
from report.cases import address as asked
from report.cases.tables import case_toml
from tests.core.test_core_case import ask, shop  # noqa: F401

SPECS = [
    {"stage": "Buy", "removes": "unhappy", "share": 0.25},
    {"stage": "Buy", "removes": "unhappy", "metric": "csat_t2b_5", "target": 0.85, "evidence": "experiment"},
    {"stage": "Buy", "removes": "friction", "share": 0.5, "costs": {"once": 40000.0, "yearly": 1500.0}},
    {
        "stage": "Buy",
        "removes": "unfinished",
        "share": 0.1,
        "evidence": "assumed",
        "assumptions": {"causal_share": [0.2, 0.6], "years": 5, "contacts_are_cashable": True, "margin_rate": 0.3},
    },
    {
        "stage": "Buy",
        "removes": "unfinished",
        "metric": "completion_rate",
        "from": "2026-01-12",
        "to": "2026-02-01",
        "overlaps": [0.3, 0.2],
        "filters": {"release": ["5.2.0"], "segment": ["A, B", "C:D"]},
        "like": {"from": "2025-12-01", "to": "2026-01-11", "release": ["5.1.0"]},
        "assumptions": {"buyer_days": 90},
    },
]


def through(spec: dict) -> dict:
    """Into an address and back."""
    written = {k: v if isinstance(v, list) else [v] for k, v in asked.parameters(spec).items()}
    return asked.read(lambda key: written.get(key, []), ["Find", "Buy"], {"stage": "Find"})


@pytest.mark.parametrize("spec", SPECS)
def test_an_address_says_the_case_it_was_made_of(spec):
    assert case_of(through(spec)) == case_of(spec)


def test_what_an_address_cannot_say_is_left_out_or_refused():
    """An unknown stage gives way to the first one; a number that is none stays, and is refused with its words."""
    assert asked.read(lambda key: {"bs": ["Bye"]}.get(key, []), ["Buy"], {"stage": "Buy"})["stage"] == "Buy"
    odd = asked.read(lambda key: {"bs": ["Buy"], "bh": ["lots"]}.get(key, []), ["Buy"], {"stage": "Buy"})
    with pytest.raises(UserError, match="Found: lots"):
        case_of(odd)


def test_the_file_of_the_page_reads_to_the_same_case(shop):  # noqa: F811
    spec = SPECS[0] | {"costs": {"once": 500.0}, "name": 'A "case" with ü and a\ttab'}
    made = ask(shop, **spec)
    again = case_of(tomllib.loads(case_toml(made)))
    assert (again.name, again.share, again.once, again.start) == (spec["name"], 0.25, 500.0, made.period.start)
    assert ask(shop, **tomllib.loads(case_toml(made))).benefit == made.benefit


@pytest.mark.parametrize("spec", SPECS)
def test_a_slide_links_to_the_case_it_shows(spec):
    """Costs, evidence and assumptions travel, not only what is removed."""
    opened = parse_qs(urlsplit(asked.link_to(case_of(spec), "https://cx.example")).query)
    assert case_of(asked.read(lambda key: opened.get(key, []), ["Find", "Buy"], {"stage": "Find"})) == case_of(spec)
