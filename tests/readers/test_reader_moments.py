"""Dates and times as people and programs write them: read whole, or not at all."""

from datetime import date, datetime, timedelta

import pytest

from data.moments import in_utc, read_moment

UTC = {
    # a 12-hour clock, in several languages
    "2025/11/03 1:05:09 PM": "2025-11-03 13:05:09", "3 Nov 2025 12:00 a.m.": "2025-11-03 00:00:00", "2025-11-03 7:40 p. m.": "2025-11-03 19:40:00",
    "2025年11月3日 下午7:40": "2025-11-03 19:40:00", "03-NOV-25 07.40.00.000000 PM": "2025-11-03 19:40:00",
    # a zone as a word, an offset, a name; a year behind it
    "2025-11-03 22:30:00 PST": "2025-11-04 06:30:00", "2025-07-03 22:30 MESZ": "2025-07-03 20:30:00", "2025-11-03 22:30 UTC-5": "2025-11-04 03:30:00",
    "2025-11-03 22:30 GMT+05:30": "2025-11-03 17:00:00", "2025-07-03 22:30 America/New_York": "2025-07-04 02:30:00",
    "2025-11-03T22:30:00+01:00[Europe/Paris]": "2025-11-03 21:30:00", "Mon Nov 03 2025 22:30:00 GMT-0500 (Eastern Standard Time)": "2025-11-04 03:30:00",
    "Mon Nov  3 22:30:00 EST 2025": "2025-11-04 03:30:00", "[03/Nov/2025:22:30:00 +0100]": "2025-11-03 21:30:00",
    # counts from a zero
    "978310800": "2001-01-01 01:00:00", "1762209000": "2025-11-03 22:30:00", "1762209000.5": "2025-11-03 22:30:00.500000", "1762209000000": "2025-11-03 22:30:00",
    "1762209000000000": "2025-11-03 22:30:00", "1762209000000000000": "2025-11-03 22:30:00", "45964.9375": "2025-11-03 22:30:00", "45964,9375": "2025-11-03 22:30:00",
    # ten digits that are no plausible count spell a day and an hour
    "2025110322": "2025-11-03 22:00:00", "202511032230": "2025-11-03 22:30:00", "20251103T223000Z": "2025-11-03 22:30:00",
    # months in seven languages, days of the week, ordinals
    "3. März 2025 14:30 Uhr": "2025-03-03 14:30:00", "1er août 2025 à 14h30": "2025-08-01 14:30:00", "3 de mayo de 2025": "2025-05-03 00:00:00",
    "maandag 3 maart 2025": "2025-03-03 00:00:00", "3 de março de 2025": "2025-03-03 00:00:00", "lunedì 3 febbraio 2025 ore 9:15": "2025-02-03 09:15:00",
    "Monday, November 3rd, 2025 at 2:30 PM": "2025-11-03 14:30:00", "2025-W45-1": "2025-11-03 00:00:00", "2025-307": "2025-11-03 00:00:00"}


@pytest.mark.parametrize("text", UTC)
def test_a_time_is_read_whole(text):
    moment = read_moment(text)
    at, _ = in_utc(moment, moment.day)
    assert str(at) == UTC[text]


@pytest.mark.parametrize("text", ["2025-11-03 22:30 XYZ", "2025-11-03 22:30 IST", "2025-11-03 25:10", "2025-11-03 13:61", "November 2025", "2025-11", "12:30", "soon",
                                  "1.76221E+09", "2025-13-03", "1762209000 (approx)", "3 widgets 11 2025"])
def test_what_is_not_understood_whole_is_no_time(text):
    assert read_moment(text) is None


def test_a_word_for_a_zone_that_several_share_is_that_of_the_sources_own():
    assert read_moment("2025-11-03 22:30 IST", "Asia/Kolkata").zone == "Asia/Kolkata"


def test_two_digits_are_a_year_of_this_century_up_to_next_year_else_of_the_last():
    near = date.today().year % 100
    assert [read_moment(f"3 Nov {year:02}").day.year for year in (near, near + 1, near + 2)] == [2000 + near, 2001 + near, 1902 + near]


def test_a_day_alone_has_no_clock_and_an_order_only_its_column_knows():
    moment = read_moment("03.11.25")
    assert (moment.day, moment.triple, moment.clock) == (None, (3, 11, "25"), None)
    assert in_utc(read_moment("3 Nov 2025"), date(2025, 11, 3)) == (datetime(2025, 11, 3), "day")
    assert read_moment("3 Nov 2025 24:00").clock == timedelta(days=1)
