"""Each trap leaves no finding: what the product says of the weeks around it, and the guard that kept it silent.

tests/demo/test_demo_traps.py holds that the traps are in the files; here the same weeks are asked of the product.
"""

from dataclasses import replace

import pytest

from metrics.analyses import mix_effects
from metrics.catalogue.load import catalogue
from metrics.compute.run import run
from metrics.rules import calendar, maturity, recording_breaks
from tests.core.company import noted, warned
from tests.demo.demo_asked import cell, cells, changes_of, findings_of, span

# Weeks asked → what may be called notable there: the planted effects, and nothing else. The quarters; windows that begin in
# a trap's first week (T4 20, T10 33, T21 68); the last two weeks (T16, T24); a year apart (T25).
QUARTERS = {
    (14, 26): set(),
    (27, 39): set(),
    (40, 52): set(),
    (53, 65): {"search_refinement_rate Find", "search_refinement_rate None"},  # E4
    (66, 78): set(),  # T1 falls by 3.4 points, short of q = .01
}
PLANTED = QUARTERS | {(20, 32): set(), (33, 45): set(), (68, 71): set(), (77, 78): set()}


@pytest.mark.parametrize("weeks", PLANTED)
def test_nothing_but_what_was_planted_is_notable(store, weeks):
    """Of some 110 movements scanned in each window."""
    scanned = changes_of(store, *weeks)
    assert len(scanned) > 90
    assert {f"{c.metric} {c.stage}" for c in scanned if c.notable} == PLANTED[weeks]


def test_t1_what_the_mix_made_is_neither_better_nor_worse(store):
    """Completion in Evaluate on the web falls by three points while each device rises: were it called a change, then one of the mix."""
    fall = next(
        c for c in changes_of(store, 66, 78) if (c.metric, c.stage, c.channel) == ("completion_rate", "Evaluate", "web")
    )
    split = mix_effects.split(
        span(66, 78, compare="previous", stages=("Evaluate",), filters=(("touch_channel", "web"),)),
        fall.metric,
        "device",
        store,
    )
    assert fall.diff < -0.02 and split.rate > 0.015 and split.mix < -0.04 and split.composition_only
    assert (
        replace(fall, notable=True, mix=split).better is None and replace(fall, notable=True, mix=None).better is False
    )


def test_t2_december_brings_more_contacts_and_no_higher_rate(store, company):
    """Half as many contacts again in weeks 28–31 as before Christmas; per person in the stage it moves by less than matters twice over."""
    assert company.size("T2") > 1.4
    tickets = dict(
        store.cursor()
        .execute(
            """select day >= $christmas, count(*) from counted_tickets where day between $start and $end group by 1""",
            {"christmas": span(28, 28).start, "start": span(24, 24).start, "end": span(31, 31).end},
        )
        .fetchall()
    )
    assert tickets[True] > 1.4 * tickets[False]
    found = cell(store, 28, 31, "contact_rate", compare="previous")
    assert abs(found.compare.diff) < 2 * catalogue()["contact_rate"].matters


def test_t3_a_survey_asked_in_new_words_is_not_compared(store):
    """The shop survey is worded anew in week 30; the configurator's in the same weeks is compared."""
    found = {c.by["stage"]: c for c in cells(store, 30, 42, "csat_t2b_5", by=("stage",), compare="previous")}
    for stage in ("Find", "Evaluate"):
        assert found[stage].valued and found[stage].compare.diff is None
        assert noted(found[stage]) == "asked in another way then: not compared"
    assert found["Decide"].compare.diff is not None


def test_t3_effort_on_a_turned_scale_is_another_question(store):
    """CES 1.0 (1–5, low is easy) never enters the 1–7 metric of the same survey: what is counted of it are answers on 1–7 alone."""
    whole = cell(store, 1, 78, "ces_7_t3b_post_contact")
    turned, answers, easy = (
        store.cursor()
        .execute("""select count(*) filter (scale_max = 5), count(distinct response_id) filter (scale_max = 7),
                           count(*) filter (scale_max = 7 and score >= 5)
                    from answers where metric = 'ces' and score is not null and survey_kind = 'post_contact'""")
        .fetchone()
    )
    assert turned > 200 and answers > 100
    assert (whole.n, whole.value) == (answers, pytest.approx(easy / answers))


def test_t4_crawlers_that_do_not_say_so_are_taken_out(store):
    """11 % of the visits of three weeks; with them completion in Find reads 33 %, without them it stays at 60."""
    (crawl,) = [one for one in recording_breaks.breaks(store) if one.kind == "bots"]
    assert (crawl.day, crawl.until) == (span(20, 22).start, span(20, 22).end)
    found = cell(store, 20, 22, "completion_rate", stages=("Find",), compare="previous")
    naive = (
        store.cursor()
        .execute(
            "select avg(goal_reached::int) from visits where stage = 'Find' and day between $a and $b",
            {"a": crawl.day, "b": crawl.until},
        )
        .fetchone()[0]
    )
    assert naive < 0.4 < 0.55 < found.value
    assert abs(found.compare.diff) < 0.03


def test_t5_a_doubled_tag_halves_no_bounce(store):
    """Half of the page views of week 12 came twice: bounce moves by less than 3 points, a page view sent again is no step."""
    assert [one.kind for one in recording_breaks.breaks(store) if one.day == span(12, 12).start] == ["doubled"]
    bounce = cell(store, 12, 12, "bounce_matomo", compare="previous")
    assert abs(bounce.compare.diff) < 0.03 and 0.03 < bounce.value < 0.09
    views = dict(
        store.cursor()
        .execute("""select day >= date '2025-08-11', avg(page_views) from visits where touch_channel = 'web'
                                           and day between date '2025-08-04' and date '2025-08-17' group by 1""")
        .fetchall()
    )
    assert views[True] == pytest.approx(views[False], rel=0.05)


def test_t6_one_account_and_one_person_have_one_vote(store, company):
    """Weeks 9–16 hold 280 answers of one account, weeks 17–26 those of 40 people ten times over."""
    account, voices = cell(store, 9, 16, "nps_relationship"), cell(store, 17, 26, "nps_relationship")
    rows = (
        store.cursor()
        .execute("""select count(*) filter (week between 9 and 16), count(*) filter (week between 17 and 26),
        count(distinct person_id) filter (week between 17 and 26)
        from (select *, (day - date '2025-05-26') // 7 + 1 as week from answers where metric = 'nps' and survey_kind = 'relationship')""")
        .fetchone()
    )
    assert account.n < rows[0] - 250 and voices.n <= rows[2] < rows[1] - 200
    assert account.low < company.value("T6", "waves") < account.high
    assert [f.kind for f in findings_of(store, 14, 26) if f.metric == "nps_relationship"] == ["information"]


def test_t10_joined_figures_are_not_compared_across_the_banner(store):
    """Where only those who accept are tied together, contacts, conversion and the pair have two values and no difference."""
    for metric in (
        "contact_rate",
        "contact_rate_gross",
        "conversion",
        "conversion_visit",
        "unhappy_though_smooth",
        "no_fuss_rate",
    ):
        found = cell(store, 33, 45, metric, compare="previous")
        assert found.compare.value is not None and found.compare.diff is None, metric
        assert "43 % of visits are linked to a person, not 64" in noted(found)
    assert any(f.claim.startswith("Since 5 January 2026 43 % of visits are linked") for f in findings_of(store, 40, 52))
    assert cell(store, 33, 45, "completion_rate", compare="previous").compare.diff is not None


def test_t12_prospects_buy(store):
    """As of the visit; with today's status every buyer would always have been a customer."""
    found = {c.by["customer"]: c for c in cells(store, 40, 66, "conversion", by=("customer",))}
    assert found["false"].value > 0.08 and found["false"].n > 30_000


def test_t14_a_prize_draw_is_another_instrument(store):
    """Week 45: kinder and more answers. The quarter that holds it is compared with neither neighbour."""
    for first, last in ((40, 52), (45, 57), (53, 65)):
        found = cell(store, first, last, "nps_relationship", compare="previous")
        assert found.valued and found.compare.diff is None and "asked in another way" in noted(found)


def test_t15_phone_and_mail_are_told_apart_and_not_compared(store):
    """People are kinder on the telephone: two instruments, a warning beside them, and no finding names it."""
    result = run(span(1, 78, "nps_relationship", by=("asked_via",)), store)
    assert "asked in different ways: rows by asked via are not to be compared with each other" in warned(result)
    keys = (
        store.cursor()
        .execute("""select count(*), count(distinct asked_via) from (select distinct instrument, asked_via from answers
                                     where metric = 'nps' and survey_kind = 'relationship')""")
        .fetchone()
    )
    assert keys[0] >= keys[1] >= 2
    said = " ".join(f.claim for quarter in QUARTERS for f in findings_of(store, *quarter))
    assert "works but disappoints" in said and "phone" not in said


def test_t16_tickets_still_open_are_not_left_out(store):
    """The newest week: of those answered half were within five hours, of all it takes longer, and nobody calls that a change."""
    found = cell(store, 78, 78, "first_response_p50", compare="previous")
    naive = (
        store.cursor()
        .execute(
            """select median(epoch(first_reply_at - created_at)) / 3600 from tickets
                                      where counted and first_reply_at is not null and day between $a and $b""",
            {"a": span(78, 78).start, "b": span(78, 78).end},
        )
        .fetchone()[0]
    )
    assert found.value > naive
    assert any("are still open: counted up to the end of the data" in said for said in warned(found))
    assert found.compare.low < 0 < found.compare.high
    assert cell(store, 78, 78, "fcr_recontact_7d").state == "immature"


def test_t20_the_tablet_is_many_people(store):
    """4,000 visits, one browser: nobody has more than a few hundredths of them."""
    shared = (
        store.cursor().execute("select count(*), count(distinct person_id) from visits where shared_device").fetchone()
    )
    assert (
        shared[0] > 3_500
        and shared[1]
        > 0.95
        * store.cursor().execute("select count(distinct session_key) from visits where shared_device").fetchone()[0]
    )
    assert (
        store.cursor().execute("select max(n) from (select count(*) as n from visits group by person_id)").fetchone()[0]
        < 200
    )


def test_t21_the_sale_is_told_in_margin(store):
    """Weeks 68–71: more gross revenue an order, the margin of a buyer does not rise."""
    gross = dict(
        store.cursor()
        .execute("""select (day - date '2025-05-26') // 7 + 1 >= 68, avg(amount_cents) from orders
        where (day - date '2025-05-26') // 7 + 1 between 64 and 71 group by 1""")
        .fetchall()
    )
    assert gross[True] > 1.05 * gross[False]
    margin = cell(store, 68, 71, "margin_per_person", compare="previous")
    assert margin.compare.low < 0 < margin.compare.high and margin.compare.diff < 0.02 * margin.value
    scanned = {c.metric for c in changes_of(store, 68, 71)}
    assert "conversion_visit" in scanned and "revenue_per_person" not in scanned


def test_t23_testers_are_out_and_employees_who_buy_are_in(store):
    """60 testers walk through checkout and never buy; with them completion in Buy would be some points lower."""
    staff, own, rest = (
        store.cursor()
        .execute("""select count(*) filter (staff_test), count(*) filter (internal_customer and not staff_test
        and not is_bot), count(*) filter (not staff_test and not is_bot) from visits where stage = 'Buy'""")
        .fetchone()
    )
    assert staff > 2_000 and own > 100
    found = cell(store, 1, 78, "completion_rate", stages=("Buy",))
    assert found.n == rest


def test_t24_the_last_weeks_are_still_arriving(store):
    """Nine in ten answers come within some days: until then weeks are left out of the comparison."""
    until = maturity.complete_until(catalogue()["csat_t2b_5"], "Purchase", store)
    assert until < span(78, 78).end
    asked = [c for c in changes_of(store, 77, 78) if c.metric == "csat_t2b_5"]
    assert asked and not any(c.notable for c in asked)


def orders_of(store, week: int) -> int:
    """Orders of a week: counted whoever allows to be followed, which visits are not."""
    days = {"start": span(week, week).start, "end": span(week, week).end}
    return store.cursor().execute("select count(*) from orders where day between $start and $end", days).fetchone()[0]


def test_t25_whitsun_in_another_week_is_known(store):
    """Week 2 and week 52 hold Whitsun. A year apart, weeks 54–57 meet weeks 2–5: nothing of the holiday is called a change."""
    known = calendar.within(store, span(1, 78).start, span(1, 78).end)
    assert known.count("Whitsun") == 2
    one = cell(store, 54, 54, "completion_rate", compare="year").compare
    assert (one.start, one.end) == (span(3, 3).start, span(3, 3).end)
    here, there, whitsun = (orders_of(store, week) for week in (54, 3, 2))
    assert 0.8 < here / there < 1.25 and whitsun / here > 1.4  # 52 weeks back, orders would have fallen by a third
    said = {f"{c.metric} {c.stage}" for c in changes_of(store, 54, 57, "year") if c.notable}
    assert said == {
        "search_refinement_rate Find",
        "search_refinement_rate None",
    }  # E4, planted between, and nothing else
