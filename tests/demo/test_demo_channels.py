"""E13 through the product: the telephone is worse at the same task; app and web differ only by what is bought there."""

from datetime import date

import pytest

from metrics.analyses.channels import Standing, compare_channels
from metrics.query.query import Query
from report.words.channel_words import finding


@pytest.fixture(scope="module")
def bought(store):
    return compare_channels(Query(("csat_t2b_5",), stages=("Buy",)), store)


def of(made, name: str):
    return next(channel for channel in made.channels if channel.name == name)


def test_the_phone_is_named_worse_by_what_was_planted(company, bought):
    """Planted -9 points at the same task; the interval covers it and excludes 0, and the title names it."""
    phone = of(bought, "phone")
    assert bought.reference.name == "web" and bought.held[0] == "task"
    assert phone.difference.low <= company.size("E13") <= phone.difference.high < 0
    assert phone.standing is Standing.WORSE and "hone is" in finding(bought) and "below web" in finding(bought)


def test_app_and_web_are_told_apart_nowhere(company, bought):
    """Seven points less as measured; at the same task the interval covers 0, and no title says otherwise."""
    app, web = of(bought, "app"), of(bought, "web")
    raw = company.value("E13", "csat app, raw") - company.value("E13", "csat web, raw")
    assert raw == pytest.approx(-0.07, abs=0.02) and app.raw.value - web.raw.value == pytest.approx(raw, abs=0.05)
    assert app.raw.high < web.raw.low
    assert app.difference.low < 0 < app.difference.high
    assert app.standing in (Standing.CANNOT_TELL, Standing.EQUIVALENT) and "app is" not in finding(bought).lower()


def test_only_answers_asked_by_mail_are_compared(bought):
    """On the page only app and web are asked; those answers have no like on the phone."""
    assert 0.2 < bought.asked_otherwise < 0.5 and bought.outside < 0.1


@pytest.mark.parametrize("stage", ["Find", "Evaluate", "Decide", "Engage"])
@pytest.mark.parametrize("start", [None, date(2026, 5, 25)])
def test_nothing_else_is_named(store, stage, start):
    """No other difference between channels was planted in how a stage felt."""
    made = compare_channels(Query(("csat_t2b_5",), stages=(stage,), start=start), store)
    assert not made.of(Standing.BETTER, Standing.WORSE), finding(made)


def test_errors_differ_by_the_basket_alone(store):
    """More errors in the app as measured; at the same task within half a point (E3 adds .2 over the whole time): said to be alike."""
    made = compare_channels(Query(("error_rate",), stages=("Buy",)), store)
    assert of(made, "app").raw.low > of(made, "web").raw.high
    assert made.of(Standing.EQUIVALENT) and not made.of(Standing.BETTER, Standing.WORSE)


@pytest.mark.parametrize("stage", ["Find", "Decide"])
def test_the_tablet_in_the_store_is_no_worse_web(store, stage):
    """T20: its visits count as web and reach no goal. As measured web completes less; beside its like it does not."""
    made = compare_channels(Query(("completion_rate",), stages=(stage,)), store)
    assert of(made, "web").raw.high < of(made, "app").raw.low
    assert "shared_device" in made.held and [c.name for c in made.of(Standing.EQUIVALENT)] == ["app"], finding(made)
