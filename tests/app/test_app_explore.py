"""Explore: the address is the cut, rows are shared by every panel, states look different, and numbers are run's."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from charts import bars
from data.store.generations import Store
from exports.cards.card import card_of, form_of
from metrics.catalogue.load import catalogue
from metrics.codes import ReasonCode, because
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell, State
from report import address
from report.words import words
from tests.app.served import READY, open_page
from ui.session import state
from ui.views import arrange, exploration, explore_lines
from ui.widgets import cells


def read(**address: list[str]) -> tuple[exploration.Cut, list[str]]:
    return exploration.read(lambda key: address.get(key, []))


def test_an_old_address_with_one_metric_and_one_dimension_still_opens():
    assert read(xm=["csat_t2b_5"], xb=["device"]) == (exploration.Cut(("csat_t2b_5",), ("device",), "dots"), [])
    assert (
        read() == (exploration.Cut(("completion_rate",), ("stage",), "dots"), [])
        and read(xm=["nps_relationship"])[0].by == ()
    )


def test_a_cut_comes_back_from_its_address():
    for given in (
        exploration.Cut(("completion_rate", "ces_7_mean"), ("stage", "device"), "dots", "value"),
        exploration.Cut(("contact_rate",), (), "bars"),
        exploration.Cut(("contact_rate",), ("week",), "lines"),
        exploration.Cut((), ("stage",), "dots"),
    ):
        address = {
            key: value if isinstance(value, list) else [value]
            for key, value in exploration.parts(given).items()
            if value
        }
        assert read(**address) == (given, [])


def test_what_an_address_holds_that_means_nothing_is_left_out_and_said():
    """Unknown values, a third dimension, months within weeks, a seventh metric, a form that does not fit, another version."""
    found, odd = read(
        v=["9"], xm=["completion_rate", "pi"], xb=["week", "month", "zz"], xf=["bars"], xs=["'; drop table"]
    )
    assert found == exploration.Cut(("completion_rate",), ("week",), "lines")
    assert odd == ["v=9", "xm=pi", "xb=zz", "xb=month", "xs='; drop table"]
    assert len(read(xm=list(catalogue())[:9])[0].metrics) == exploration.MOST_METRICS
    assert (
        "bars" not in exploration.fitting(("ces_7_mean",), ("stage",))
        and exploration.fitting(("contact_rate",), ("stage", "device"))[0] == "heat"
    )


def test_the_link_of_a_card_opens_its_cut():
    """Several metrics and two dimensions, or none, as exports write them."""
    for query in (
        Query(("completion_rate", "contact_rate"), "Shop", by=("stage", "device")),
        Query(("contact_rate",), "Shop"),
    ):
        opened = address.decode(address.link_to(query, "breakdown")).query
        found, odd = read(**parse_qs(urlsplit(address.link_to(query, "breakdown")).query))
        assert (found.metrics, found.by, odd) == (query.metrics, query.by, []) and (opened.metrics, opened.by) == (
            query.metrics,
            query.by,
        )


def test_a_shaded_cell_says_which_way_in_a_sign_too():
    above = Cell("contact_rate", {"stage": "Buy"}, 0.2, 0.12, 0.3, 90, 90, State.SHOWN)
    found = catalogue()["contact_rate"]
    assert 'class="v cx above"' in cells.cell(above, found, "above") and "↑" in cells.cell(above, found, "above")
    hidden = Cell("contact_rate", {}, None, None, None, 0, 0, State.SUPPRESSED, because(ReasonCode.FEW_PEOPLE, least=5))
    assert 'class="sup"' in cells.cell(hidden, found) and "n 0" not in cells.cell(hidden, found)
    assert "fewer than five" in cells.legend([above, hidden]) and cells.legend([above]) == ""


def test_bars_begin_at_zero_and_a_few_is_hollow():
    rows = [
        Cell("contact_rate", {}, 0.2, 0.12, 0.3, 90, 90, State.SHOWN),
        Cell("contact_rate", {}, 0.1, 0.0, 0.3, 9, 9, State.FEW),
        Cell("contact_rate", {}, None, None, None, 0, 0, State.NOT_ASKED),
    ]
    figure = bars.bars(rows, catalogue()["contact_rate"], ["a", "b<c", "d"])
    drawn = [shape for shape in figure.shapes if shape["type"] == "rect"]
    assert [(bar["x0"], bar["x1"]) for bar in drawn] == [(0, 0.2), (0, 0.1)] and drawn[0]["fillcolor"] != drawn[1][
        "fillcolor"
    ]
    assert "not asked" in figure.notes[-1]["text"] and "b&lt;c" in " ".join(note["text"] for note in figure.notes)


def test_more_rows_than_fit_are_the_largest_by_n_and_said():
    keys = [(str(i),) for i in range(30)]
    kept, said = arrange.largest(keys, {key: int(key[0]) for key in keys}, 20, "rows")
    assert kept == keys[10:] and said == "The 20 rows with the largest n of 30; the exports hold all."


def test_lines_that_do_not_fit_leave_the_same_values_to_every_metric(said, monkeypatch):
    """Room for two panels a metric at most: both metrics keep the two stages most people came to, and it is said."""
    monkeypatch.setattr(arrange, "MOST_LINES", 2)
    monkeypatch.setattr(arrange.source, "known", lambda: SimpleNamespace(stages={"Shop": ("Find", "Buy", "Engage")}))
    found = run_by_week(said)
    series, definitions, text = explore_lines.series(found, list(found.definitions))
    assert [name.split("|")[1] for name in series] == ["Find", "Buy"] * 2 and "of 3" in text
    assert all(definitions[name].short.endswith(name.split("|")[1]) for name in series)


def run_by_week(said):
    """A result of two metrics by stage and week, made by hand: Engage is the smallest."""
    counts = {"Find": 300, "Buy": 200, "Engage": 10}
    made = tuple(
        Cell(m, {"stage": stage, "week": week}, 0.5, 0.4, 0.6, n, n, State.SHOWN)
        for m in said.definitions
        for stage, n in counts.items()
        for week in ("2026-03-02", "2026-03-09")
    )
    return replace(said, query=replace(said.query, by=("stage", "week")), cells=made)


def test_a_shared_link_holds_the_cut_and_nobody_s_path():
    frame = state.Frame(Query((), "Shop", (), date(2026, 3, 2), date(2026, 5, 31)), None, (), ())
    assert frame.share([("xm", "contact_rate")]).endswith("from=2026-03-02&to=2026-05-31&xm=contact_rate")
    assert "who" not in state.PAGE_KEYS and {"xm", "xb", "xf", "xs"} <= set(state.PAGE_KEYS)


def test_values_of_dimensions_stand_in_words():
    assert [
        words.part("week", "2026-08-24"),
        words.part("month", "2026-08-01"),
        words.part("customer", "false"),
        words.part("category", "late_delivery"),
        words.part("carrier", "a_b"),
        words.part("device", None),
    ] == ["24 Aug 2026", "Aug 2026", "not yet a customer", "late delivery", "a_b", "unknown"]


def test_every_cut_has_a_card_that_can_be_taken_along(store):
    """Also five lines over time, and a pair metric by device: the form that fits, never an error."""
    from exports.cards.shape import shape_of

    generation = Store(store).generation()
    for metric, by, form in (
        ("completion_rate", ("week",), "trend"),
        ("completion_rate", ("stage", "week"), "trend"),
        ("csat_t2b_5", (), "breakdown"),
        ("unhappy_though_smooth", ("device",), "breakdown"),
        ("unhappy_though_smooth", (), "pair"),
        ("contact_rate", ("stage", "device"), "breakdown"),
    ):
        result = run(Query((metric,), by=by), generation)
        assert form_of(result) == form, (metric, by)
        assert shape_of(card_of(result)).labels is not None


@pytest.fixture(scope="module")
def said(store):
    return run(
        Query(("completion_rate", "csat_t2b_5"), start=date(2026, 3, 2), end=date(2026, 5, 31), by=("stage", "device")),
        Store(store).generation(),
    )


def test_a_heat_table_holds_run_s_numbers_and_the_address_survives_a_reload(address, page, said):
    """Two metrics by stage and device from the address: each cell is run's; change the form; reload: the same view."""
    where = (
        "/explore?v=1&p=dates&from=2026-03-02&to=2026-05-31&xm=completion_rate&xm=csat_t2b_5&xb=stage&xb=device&xm=pi"
    )
    open_page(page, address + where)
    assert (
        "xm=pi" in (shown := page.locator(".st-key-page").inner_text()) and page.locator("table.cells").count() == 2
    ), shown
    for metric, table in zip(("completion_rate", "csat_t2b_5"), page.locator("table.cells").all()):
        heads = [head.inner_text() for head in table.locator("thead th").all()][1:]
        for row in table.locator("tbody tr").all():
            for device, cell in zip(heads, row.locator("td").all()):
                known = said.cell(metric, stage=row.locator("th").inner_text(), device=device)
                text = cell.inner_text()
                assert (
                    (f"{100 * known.value:.1f} %" in text and f"n {known.n:,}" in text)
                    if known and known.valued
                    else "%" not in text
                )
    page.get_by_role("radio", name="Table only").or_(page.get_by_role("button", name="Table only")).first.click()
    page.wait_for_function("() => location.search.includes('xf=table')")
    page.wait_for_selector("table.cells thead a[href*=csat_t2b_5]")
    page.wait_for_selector(READY)
    before = page.locator("table.cells").inner_text()
    page.go_back()  # one change is one step back
    page.wait_for_function("() => document.querySelectorAll('table.cells').length === 2")
    page.go_forward()
    page.wait_for_selector("table.cells thead a[href*=csat_t2b_5]")
    page.reload()
    page.wait_for_selector("table.cells thead a[href*=csat_t2b_5]")
    page.wait_for_selector(READY)
    assert page.locator("table.cells").inner_text() == before and "xb=device" in page.url


def test_a_metric_that_cannot_be_cut_so_says_why_beside_the_others(address, page):
    """Relationship NPS by stage: named with its reason, not dropped; the other is drawn."""
    open_page(page, address + "/explore?xm=completion_rate&xm=nps_relationship&xb=stage")
    page.wait_for_selector(".st-key-block_cut .js-plotly-plot")
    text = page.locator(".st-key-block_cut").inner_text()
    assert "belongs to the journey as a whole" in text and "Completion rate" in text
    assert page.locator(".st-key-block_cut .js-plotly-plot").count() == 1
    assert page.locator('[data-testid="stException"]').count() == 0
