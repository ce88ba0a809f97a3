"""What changed and what did not: one small shop of 40 weeks, the family's sums, and the traps that must stay silent."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from metrics.analyses import mix_effects
from metrics.analyses.change_family import SCANNED, levels
from metrics.analyses.changes import changes
from metrics.catalogue.load import catalogue
from metrics.compute import batch_sums, cuts
from metrics.compute.panel import load
from metrics.compute.sums import sums
from metrics.compute.week_grid import week_grid
from metrics.query import context, holiday_dates
from metrics.query.query import Query
from metrics.query.resolve import other_period, resolve
from metrics.rules import calendar, maturity, recording_breaks

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/"]
    goal = "path:/cart"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
    tickets = ["payment"]
"""
FIRST = date(2025, 9, 1)  # a Monday
WEEKS, LAST_WEEKS = 40, 4


def shop(week: int) -> list[tuple[str, int, int, int]]:
    """(device, visitors of Buy, buyers, with an error) of a week. In the last four 7 of 10 come by mobile, not 4 of 10;
    mobile buys 62 of 100, not 60, desktop 82, not 80: 72 % → 68 % though nobody buys less. One week is a little better,
    the next a little worse, and errors double for everybody."""
    late, swing = week >= WEEKS - LAST_WEEKS, 1 if week % 2 else -1
    mobile = 210 if late else 120
    errors = 4 if late else 2
    return [
        ("mobile", mobile, round(mobile * (0.62 if late else 0.60)) + swing, mobile * errors // 40),
        (
            "desktop",
            300 - mobile,
            round((300 - mobile) * (0.82 if late else 0.80)) + swing,
            (300 - mobile) * errors // 40,
        ),
    ]


def events() -> str:
    lines = ["occurred_at  customer_id  event_name  url  device  touch_channel"]
    for week in range(WEEKS):
        person = 0
        for device, visitors, buyers, errors in shop(week):
            for place in range(visitors):
                # a third of the people come every second week again: they have several visits
                who = f"c{person % 100}" if person % 3 == 0 and week % 2 else f"c{week}-{person}"
                day = FIRST + timedelta(days=7 * week + person % 7)
                channel = "app" if person % 5 == 0 else "web"
                at = f"{day}T{8 + person % 10:02}:{week % 60:02}"
                lines.append(f"{at}:00  {who}  page_view  /cart  {device}  {channel}")
                if place < errors:
                    lines.append(f"{at}:10  {who}  js_error  /cart  {device}  {channel}")
                if place >= visitors - buyers:
                    lines.append(f"{at}:20  {who}  purchase  /cart  {device}  {channel}")
                person += 1
    return "\n".join(lines)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    from tests.core.company import build_company

    tickets = "created_at  ticket_id  customer_id  category\n" + "\n".join(
        f"{FIRST + timedelta(days=7 * week + 3)}T12:00  t{week}-{n}  c{week}-{n}  payment"
        for week in range(WEEKS)
        for n in (1, 2, 4)
    )
    return build_company(tmp_path_factory.mktemp("shop"), journey=JOURNEY, web_events=events(), support_tickets=tickets)


def asked(compare: str = "previous") -> Query:
    end = FIRST + timedelta(days=7 * WEEKS - 1)
    return Query(("completion_rate",), start=end - timedelta(days=7 * LAST_WEEKS - 1), end=end, compare=compare)


@pytest.mark.parametrize("rows", [load.ROWS, 0], ids=["rows held", "in one scan"])
def test_the_sums_of_one_scan_are_those_of_every_question(built, rows, monkeypatch):
    """Cell by cell and person group by person group, in both periods, for everything scanned."""
    monkeypatch.setattr(load, "ROWS", rows)
    generation = built.store.generation()
    known = context.read(generation)
    query = resolve(asked(), known)
    definitions = [catalogue()[m] for m in SCANNED if all(known.signals.get(s) for s in catalogue()[m].measure.needs)]
    grid = week_grid(query, known.first_day)
    counted = batch_sums.count(
        definitions, {d.id: levels(d) for d in definitions}, query, {d.id: grid for d in definitions}, generation, known
    )
    compared = 0
    for found in definitions:
        for level in levels(found):
            for slot, (start, end) in enumerate(((query.start, query.end), other_period(query))):
                single, _ = sums(found, replace(query, by=level, start=start, end=end), generation, known)
                mine = {
                    key: cell
                    for (cut, key, place), cell in counted[found.id].periods.items()
                    if (cut, place) == (level, slot)
                }
                assert set(single) == set(mine)
                for key, cell in single.items():
                    for name in cuts.SHARE:
                        assert np.array_equal(cell.vector(name), mine[key].vector(name)), (found.id, level, key, name)
                        compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    "later, rows",
    [(0, load.ROWS), (-21, 0), (-3, load.ROWS)],
    ids=["this period", "three weeks before, in one scan", "weeks from another day on"],
)
def test_a_week_of_the_scan_is_the_week_of_the_question(built, later, rows, monkeypatch):
    """Of everything scanned: the weeks are counted once for all periods that begin on the same day of the week, and each period's are
    those of its own question."""
    monkeypatch.setattr(load, "ROWS", rows)
    generation = built.store.generation()
    known = context.read(generation)
    query = resolve(asked(), known)
    query = replace(query, start=query.start + timedelta(days=later), end=query.end + timedelta(days=later))
    definitions = [catalogue()[m] for m in SCANNED if all(known.signals.get(s) for s in catalogue()[m].measure.needs)]
    grid = week_grid(query, known.first_day)
    counted = batch_sums.count(
        definitions, {d.id: levels(d) for d in definitions}, query, {d.id: grid for d in definitions}, generation, known
    )
    compared = 0
    for found in definitions:
        level = ("stage",) if ("stage",) in levels(found) else ()
        numbers = set().union(*(table.index for (cut, _), table in counted[found.id].weeks.items() if cut == level))
        assert numbers <= set(range(min(grid.first, grid.other), grid.ripe))
        for number in sorted(numbers)[-6:]:
            days = {"start": grid.start(number), "end": grid.start(number + 1) - timedelta(days=1)}
            single, _ = sums(found, replace(query, by=level, **days), generation, known)
            for key, cell in single.items():
                row = counted[found.id].weeks[level, key].loc[number]
                assert (row["c"], row["n"], row["y"], row["yy"]) == (
                    cell.persons,
                    cell.n,
                    cell.vector("y").sum(),
                    cell.vector("yy").sum(),
                ), (found.id, key, number)
                compared += 1
    assert compared > 30


def test_more_mobile_visits_are_neither_better_nor_worse(built):
    """T1: completion falls 4 points while each device rises 2: rate +2, mix −6, and no word of worse."""
    split = mix_effects.split(replace(asked(), stages=("Buy",)), "completion_rate", "device", built.store.generation())
    assert (split.before, split.after) == pytest.approx((0.72, 0.681), abs=0.004)
    assert (split.rate, split.mix) == pytest.approx((0.02, -0.06), abs=0.004)
    assert split.composition_only
    assert split.grown.name == "mobile"
    fall = next(
        c
        for c in changes(asked(), built.store.generation())
        if (c.metric, c.stage, c.channel) == ("completion_rate", "Buy", None)
    )
    assert fall.diff == pytest.approx(-0.04, abs=0.004)
    assert replace(fall, notable=True, mix=None).better is False
    assert replace(fall, notable=True, mix=split).better is None


def test_no_split_by_what_is_known_of_persons_where_fewer_are_known(built, monkeypatch):
    """T10: after a consent banner “unknown” outweighs every segment, and nobody came or went."""
    asked_ = replace(asked(), stages=("Buy",))
    broke = recording_breaks.Break(
        asked_.start, None, "linked", 0.6, 0.4, -0.2, "40 % of visits are linked to a person, not 60"
    )
    monkeypatch.setattr(recording_breaks, "breaks", lambda generation: (broke,))
    assert mix_effects.split(asked_, "completion_rate", "device", built.store.generation()) is not None
    monkeypatch.setattr(mix_effects, "OF_PERSONS", ("device",))
    assert mix_effects.split(asked_, "completion_rate", "device", built.store.generation()) is None


def test_errors_that_doubled_are_found_in_the_stage_and_its_channels(built):
    found = {
        (c.stage, c.channel): c
        for c in changes(asked(), built.store.generation())
        if c.metric == "error_rate" and c.notable
    }
    whole = found["Buy", None]
    assert not whole.better
    assert (whole.before, whole.now.value) == pytest.approx((0.05, 0.10), abs=0.01)
    assert whole.sure[0] <= whole.low < whole.diff < whole.high <= whole.sure[1]
    assert whole.standing
    assert whole.since >= asked().start
    assert whole.rank > 0


def test_a_channel_comes_before_its_stage(built):
    """So that a table by metric and stage ends with the whole stage."""
    held = {(c.metric, c.stage): c for c in changes(asked(), built.store.generation())}
    assert all(c.channel is None for c in held.values())


def test_holidays_by_arithmetic():
    """Easter Sundays of the US Naval Observatory; Black Friday is the day after the fourth Thursday."""
    assert [holiday_dates.easter(year) for year in (2024, 2025, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]
    assert [holiday_dates.usual_holidays(year)["Black Friday"] for year in (2024, 2025)] == [
        date(2024, 11, 29),
        date(2025, 11, 28),
    ]
    assert holiday_dates.usual_holidays(2026)["Whitsun"] == date(2026, 5, 24)


def test_a_company_names_its_own_holidays(company):
    built = company(
        settings='[company]\nname = "Test"\n[company.holidays]\n"Open day" = ["2026-03-02"]\n',
        journey=JOURNEY,
        web_events="occurred_at  customer_id  event_name  url\n2026-03-02T10:00  a  page_view  /cart",
    )
    assert calendar.within(built.store.generation(), date(2026, 3, 1), date(2026, 3, 31)) == ("Open day",)


def test_what_is_seen_at_once_waits_for_nothing(built):
    generation = built.store.generation()
    assert maturity.complete_until(catalogue()["completion_rate"], "J", generation) is None
