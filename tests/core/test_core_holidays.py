"""The same weeks last year: the same weekdays, and the same holidays where two weeks either way hold them (trap T25)."""

from datetime import date, timedelta

import pytest

from metrics.compute.run import run
from metrics.query import holiday_dates
from metrics.query.query import Query
from tests.core.company import warned

DAYS = holiday_dates.holidays_between((), date(2021, 1, 1), date(2026, 12, 31))
JOURNEY = '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/cart"]\ngoal = "event:purchase"\n'
FRIDAY, LAST = date(2024, 11, 29), date(2023, 11, 24)  # Black Friday: 52 weeks before the one is a week after the other


@pytest.mark.parametrize(
    ("start", "days", "shift"),
    [
        (date(2026, 3, 2), 7, 364),  # nothing near
        (date(2024, 11, 25), 7, 371),  # Black Friday of 2023 was a week earlier
        (date(2024, 11, 18), 7, 357),  # the week before it: 52 weeks back, 20–26 November 2023, holds it
        (date(2026, 5, 18), 7, 350),  # Whitsun 24 May 2026, 8 June 2025
        (date(2026, 6, 1), 7, 357),  # a plain week, of which 52 weeks back was Whitsun's
        (date(2023, 12, 25), 7, 371),  # 52 weeks back is New Year's week, with the 1st on its Sunday
        (date(2024, 11, 4), 28, 364),  # four weeks that hold Black Friday in both years
        (date(2026, 5, 25), 182, 364),  # half a year to November: no stretch near holds none of the moving days
    ],
)
def test_days_back_by_hand(start, days, shift):
    """Weekdays stay whatever is chosen."""
    found = holiday_dates.year_before(DAYS, start, start + timedelta(days - 1))
    assert found == shift and found % 7 == 0


def events() -> str:
    """40 visitors a week in November 2023 and 2024: half of them buy, and four in five in the week of Black Friday."""
    lines = ["occurred_at  customer_id  event_name  url"]
    for friday in (LAST, FRIDAY):
        for week in (-1, 0, 1):
            for n in range(40):
                at, who = friday + timedelta(7 * week), f"k{friday.year}{week}{n}"
                lines.append(f"{at}T10:00  {who}  page_view  /cart")
                lines += [f"{at}T10:05  {who}  purchase  /cart"] if n < (32 if week == 0 else 20) else []
    return "\n".join(lines)


@pytest.fixture(scope="module")
def shop(module_company):
    return module_company(journey=JOURNEY, web_events=events())


def test_black_friday_meets_black_friday(shop):
    """80 % against 80 %; 52 weeks back, 27 November to 3 December 2023, would be 50 %: thirty points of nothing."""
    found = shop.one("completion_rate", start=date(2024, 11, 25), end=date(2024, 12, 1), compare="year").compare
    assert (found.start, found.end) == (date(2023, 11, 20), date(2023, 11, 26))
    assert found.value == pytest.approx(0.8) and found.diff == pytest.approx(0.0)


def test_a_plain_week_meets_a_plain_week(shop):
    """The week before Black Friday 2024: 52 weeks back would be that of Black Friday 2023."""
    found = shop.one("completion_rate", start=date(2024, 11, 18), end=date(2024, 11, 24), compare="year").compare
    assert (found.start, found.value) == (date(2023, 11, 27), pytest.approx(0.5))


def test_periods_with_other_holidays_say_so(shop):
    """The week of Black Friday against the week before it: a warning travels with every cell."""
    asked = Query(("completion_rate",), start=date(2024, 11, 25), end=date(2024, 12, 1), compare="previous")
    assert "other holidays: Black Friday in this period only" in warned(run(asked, shop.store.generation()))
    same = run(
        Query(("completion_rate",), start=date(2024, 11, 25), end=date(2024, 12, 1), compare="year"),
        shop.store.generation(),
    )
    assert not any("holidays" in warning for warning in warned(same))


def test_the_companys_own_list_decides(company):
    """An open day on 25 March 2025 and 8 April 2026: the week of 6 April meets the one of 24 March, 378 days back."""
    settings = '[company]\nname = "Test"\n[company.holidays]\n"Open day" = ["2025-03-25", "2026-04-08"]\n'
    lines = ["occurred_at  customer_id  event_name  url"] + [
        f"{day}T10:00  k{n}  page_view  /cart" for n in range(5) for day in ("2025-03-25", "2026-04-08")
    ]
    built = company(settings=settings, journey=JOURNEY, web_events="\n".join(lines))
    found = built.one("completion_rate", start=date(2026, 4, 6), end=date(2026, 4, 12), compare="year").compare
    assert found.start == date(2025, 3, 24)
