"""Dates and times as people and programs write them: read whole, or not at all."""

from datetime import date, datetime, timedelta

import pytest

from data.values.moments import in_utc, read_moment

UTC = {
    # a 12-hour clock, in several languages
    "2025/11/03 1:05:09 PM": "2025-11-03 13:05:09",
    "3 Nov 2025 12:00 a.m.": "2025-11-03 00:00:00",
    "2025-11-03 7:40 p. m.": "2025-11-03 19:40:00",
    "2025年11月3日 下午7:40": "2025-11-03 19:40:00",
    "03-NOV-25 07.40.00.000000 PM": "2025-11-03 19:40:00",
    # a zone as a word, an offset, a name; a year behind it
    "2025-11-03 22:30:00 PST": "2025-11-04 06:30:00",
    "2025-07-03 22:30 MESZ": "2025-07-03 20:30:00",
    "2025-11-03 22:30 UTC-5": "2025-11-04 03:30:00",
    "2025-11-03 22:30 GMT+05:30": "2025-11-03 17:00:00",
    "2025-07-03 22:30 America/New_York": "2025-07-04 02:30:00",
    "2025-11-03T22:30:00+01:00[Europe/Paris]": "2025-11-03 21:30:00",
    "Mon Nov 03 2025 22:30:00 GMT-0500 (Eastern Standard Time)": "2025-11-04 03:30:00",
    "Mon Nov  3 22:30:00 EST 2025": "2025-11-04 03:30:00",
    "[03/Nov/2025:22:30:00 +0100]": "2025-11-03 21:30:00",
    # counts from a zero
    "978310800": "2001-01-01 01:00:00",
    "1762209000": "2025-11-03 22:30:00",
    "1762209000.5": "2025-11-03 22:30:00.500000",
    "1762209000000": "2025-11-03 22:30:00",
    "1762209000000000": "2025-11-03 22:30:00",
    "1762209000000000000": "2025-11-03 22:30:00",
    "45964.9375": "2025-11-03 22:30:00",
    "45964,9375": "2025-11-03 22:30:00",
    # ten digits that are no plausible count spell a day and an hour
    "2025110322": "2025-11-03 22:00:00",
    "202511032230": "2025-11-03 22:30:00",
    "20251103T223000Z": "2025-11-03 22:30:00",
    # months in seven languages, days of the week, ordinals
    "3. März 2025 14:30 Uhr": "2025-03-03 14:30:00",
    "1er août 2025 à 14h30": "2025-08-01 14:30:00",
    "3 de mayo de 2025": "2025-05-03 00:00:00",
    "maandag 3 maart 2025": "2025-03-03 00:00:00",
    "3 de março de 2025": "2025-03-03 00:00:00",
    "lunedì 3 febbraio 2025 ore 9:15": "2025-02-03 09:15:00",
    "Monday, November 3rd, 2025 at 2:30 PM": "2025-11-03 14:30:00",
    "2025-W45-1": "2025-11-03 00:00:00",
    "2025-307": "2025-11-03 00:00:00",
}


@pytest.mark.parametrize("text", UTC)
def test_a_time_is_read_whole(text):
    moment = read_moment(text)
    at, _ = in_utc(moment, moment.day)
    assert str(at) == UTC[text]


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-03 22:30 XYZ",
        "2025-11-03 22:30 IST",
        "2025-11-03 25:10",
        "2025-11-03 13:61",
        "November 2025",
        "2025-11",
        "12:30",
        "soon",
        "1.76221E+09",
        "2025-13-03",
        "1762209000 (approx)",
        "3 widgets 11 2025",
    ],
)
def test_what_is_not_understood_whole_is_no_time(text):
    assert read_moment(text) is None


def test_a_word_for_a_zone_that_several_share_is_that_of_the_sources_own():
    assert read_moment("2025-11-03 22:30 IST", "Asia/Kolkata").zone == "Asia/Kolkata"


def test_two_digits_are_a_year_of_this_century_up_to_next_year_else_of_the_last():
    near = date.today().year % 100
    assert [read_moment(f"3 Nov {year:02}").day.year for year in (near, near + 1, near + 2)] == [
        2000 + near,
        2001 + near,
        1902 + near,
    ]


def test_a_day_alone_has_no_clock_and_an_order_only_its_column_knows():
    moment = read_moment("03.11.25")
    assert (moment.day, moment.triple, moment.clock) == (None, (3, 11, "25"), None)
    assert in_utc(read_moment("3 Nov 2025"), date(2025, 11, 3)) == (datetime(2025, 11, 3), "day")
    assert read_moment("3 Nov 2025 24:00").clock == timedelta(days=1)


def written(text: str) -> str | None:
    """The moment in UTC to the minute; figures alone with the day first."""
    moment = read_moment(text)
    if moment is None:
        return None
    day = moment.day or date(int(moment.triple[2]), moment.triple[1], moment.triple[0])
    return f"{in_utc(moment, day)[0]:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Tue Jul 01 00:30:00 CEST 2025", "2025-06-30 22:30"),
        ("Thu Mar 6 2025 10:00:00 GMT-0500 (EST)", "2025-03-06 15:00"),
        ("Tuesday, 4 March 2025 2:05 PM", "2025-03-04 14:05"),
        ("Do 6. März 2025 08:00", "2025-03-06 08:00"),
        ("10:00 4 Sept 2025", "2025-09-04 10:00"),
        ("14.03.2025 09:00 Uhr", "2025-03-14 09:00"),
        ("Dienstag, 18.03.2025 um 9 Uhr", "2025-03-18 09:00"),
        ("14/03/2025 kl. 14.05", "2025-03-14 14:05"),
        ("4 mars 2025 à 14 h 05 min", "2025-03-04 14:05"),
        ("2025年3月1日 午後3時05分", "2025-03-01 15:05"),
        ("2025年3月1日(土) 15:05", "2025-03-01 15:05"),
        ("2025년 3월 1일 (토) 오후 3시 5분", "2025-03-01 15:05"),
        ("2025年3月1日 上午8点", "2025-03-01 08:00"),
    ],
)
def test_words_beside_a_date_are_no_part_of_it(text, at):
    """The t of Tuesday is no separator of a time, and Uhr, kl. and the day of the week may stand on either side."""
    assert written(text) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2025-03-01 22:30 India Standard Time", "2025-03-01 17:00"),
        ("14/03/2025 10:30 PM (Pacific Standard Time)", "2025-03-15 05:30"),
        ("2025-01-14 22:30 Pacific Standard Time", "2025-01-15 06:30"),
        ("2025-07-14 22:30 Pacific Daylight Time", "2025-07-15 05:30"),
        ("2025-07-14 10:30 W. Europe Standard Time", "2025-07-14 08:30"),
        ("2025-07-14 10:30:05 heure d’été d’Europe centrale", "2025-07-14 08:30"),
        ("2025-07-14 10:30 Coordinated Universal Time", "2025-07-14 10:30"),
        ("2025-07-14 10:30 Mars Standard Time", None),
        ("2025-07-14 10:30 Standard Time", None),
    ],
)
def test_zones_by_the_names_windows_and_browsers_give_them(text, at):
    """The name stands for a place: summer time comes with the date. A name nobody knows makes the value unreadable."""
    assert written(text) == at
