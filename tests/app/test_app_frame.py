"""The line above every view: what is looked at, against what, and which holidays only one of the two holds."""

from datetime import date

from metrics.query.query import Query
from ui.session import state
from ui.widgets import filters


class Known:
    """As much of a company as the line needs."""

    journeys, first_weekday = ("Shop",), 0
    stages = {"Shop": ("Buy",)}
    first_day, last_day = date(2023, 1, 2), date(2024, 12, 31)
    recent = ()
    holidays = ((date(2023, 11, 24), "Black Friday"), (date(2024, 11, 29), "Black Friday"))


def of(start: date, end: date, compare: str) -> state.Frame:
    return state.frame_of({"p": state.DATES, "from": start, "to": end, "c": compare}, Known())


def test_the_line_says_which_holidays_differ():
    said = filters.account(of(date(2024, 11, 25), date(2024, 12, 1), state.BEFORE), Known())
    assert "against 18 Nov – 24 Nov 2024 (Black Friday now only)" in said
    assert "only" not in filters.account(of(date(2024, 6, 3), date(2024, 6, 9), state.BEFORE), Known())


def test_the_same_weeks_last_year_line_up_with_holidays():
    """The frame shows the days the numbers are compared with: 371 days back, not 364."""
    frame = of(date(2024, 11, 25), date(2024, 12, 1), state.YEAR)
    assert frame.before == (date(2023, 11, 20), date(2023, 11, 26)) and frame.query.shift == 371
    assert "against 20 Nov – 26 Nov 2023" in filters.account(frame, Known()) and "only" not in filters.account(
        frame, Known()
    )


def test_nothing_to_compare_with_leaves_the_question_without_a_shift():
    frame = of(date(2023, 3, 6), date(2023, 3, 12), state.YEAR)
    assert frame.before is None and frame.query == Query((), "Shop", (), date(2023, 3, 6), date(2023, 3, 12))


def test_the_address_in_a_file_is_that_of_the_app():
    """From any of its pages, behind a prefix or not, with or without a last slash."""
    assert (
        state.base_of("http://127.0.0.1:8501")
        == state.base_of("http://127.0.0.1:8501/")
        == state.base_of("http://127.0.0.1:8501/journey?v=1")
        == "http://127.0.0.1:8501"
    )
    assert state.base_of("https://cx.example/tl/stage?at=Buy") == "https://cx.example/tl"
    assert state.base_of("") == ""


def test_a_filter_without_a_control_of_its_own_comes_along_by_a_link():
    """Named by its dimension in the account; what names no dimension is left out."""
    chosen = {
        "f": ["country:DE", "country:FR", "shoe size:44", "stage:Buy", "nothing"],
        "ch": ["app"],
        "w": "Customers",
    }
    frame = state.frame_of(chosen, Known())
    assert frame.query.filters == (("touch_channel", "app"), ("country", "DE,FR"), ("customer", "true"))
    assert frame.filters == ("all stages", "app", "country DE and FR", "customers")
