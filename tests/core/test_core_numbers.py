"""Numbers, amounts and days as people read them: one module, by the company's locale; JSON and CSV know nothing of it."""

import json
import re
from datetime import date, datetime

import pytest

from commands.metrics import main as metrics_main
from report import numbers, office
from tests.core.company import ROOT, SETTINGS, build_company

AUGUST = date(2026, 8, 24)
WRITTEN = {
    # (locale, currency) → value, count, amount, small amount, difference, interval, level, day, without its year, span, month, in full, moment
    ("en", "EUR"): [
        "68.4 %", "18,204", "€1,204", "€4.50", "−3.2 points", "+0.4 to +1.2", "2.5 %",
        "24 Aug 2026", "24 Aug", "24 Aug – 15 Nov 2026", "Aug 2026", "August 2026", "24 Aug 2026 14:05 UTC",
    ],
    ("en-US", "USD"): [
        "68.4 %", "18,204", "$1,204", "$4.50", "−3.2 points", "+0.4 to +1.2", "2.5 %",
        "Aug 24, 2026", "Aug 24", "Aug 24 – Nov 15, 2026", "Aug 2026", "August 2026", "Aug 24, 2026 14:05 UTC",
    ],
    ("de-DE", "EUR"): [
        "68,4 %", "18.204", "1.204\u00a0€", "4,50\u00a0€", "−3,2 points", "+0,4 to +1,2", "2,5 %",
        "24. Aug. 2026", "24. Aug.", "24. Aug. – 15. Nov. 2026", "Aug. 2026", "August 2026", "24. Aug. 2026 14:05 UTC",
    ],
    ("fr-FR", "EUR"): [
        "68,4 %", "18\u202f204", "1\u202f204\u00a0€", "4,50\u00a0€", "−3,2 points", "+0,4 to +1,2", "2,5 %",
        "24 août 2026", "24 août", "24 août – 15 nov. 2026", "août 2026", "août 2026", "24 août 2026 14:05 UTC",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("locale", "currency"), WRITTEN)
def test_a_company_reads_numbers_amounts_and_days_as_it_writes_them(locale, currency):
    with numbers.written_as(locale, currency):
        assert [
            numbers.value(0.684, "rate"),
            numbers.whole(18_204),
            numbers.value(1204.4, "money"),
            numbers.value(4.5, "money"),
            numbers.difference(-0.032, "rate", plus=True),
            numbers.interval(0.004, 0.012, "rate", plus=True),
            numbers.level(0.025, "rate"),
            numbers.day(AUGUST),
            numbers.day(AUGUST, year=False),
            numbers.span(AUGUST, date(2026, 11, 15)),
            numbers.month(AUGUST),
            numbers.month(AUGUST, full=True),
            numbers.moment(datetime(2026, 8, 24, 14, 5)),
        ] == WRITTEN[locale, currency]
    assert numbers.style() == numbers.Style()


def test_digits_minus_and_units_are_the_house_s_in_every_locale():
    """Whole points, two decimals of a score, minutes and seconds; what is below 0 has a true minus; no value is a dash."""
    cases = [(0.0, "rate"), (-0.6, "hours"), (41.6, "points"), (4.254, "score"), (125.0, "seconds"), (2.4, "seconds")]
    said = [numbers.value(value, unit) for value, unit in cases]
    assert said == ["0.0 %", "−0.6 h", "42", "4.25", "2:05 min", "0:02.4 min"]
    counted = [numbers.value(value, "count") for value in (42, 3.0, 3.4, 1.05, 150.3, 18204.0)]
    assert counted == ["42", "3", "3.4", "1.1", "150", "18,204"], "requests per 100 visits are no whole numbers"
    assert numbers.difference(-0.2, "count", plus=True) == "−0.2" and office.number_format("count").endswith(";0.0")
    assert numbers.value(-2.0, "seconds") == "−2 s" and numbers.value(None, "rate") == "–"
    assert (
        numbers.interval(0.628, 0.654, "rate") == "62.8–65.4" and numbers.interval(-23, -13, "points") == "−23 to −13"
    )
    assert [numbers.thousands(n) for n in (9_204, 18_204, 1_420_000)] == ["9,204", "18.2k", "1.4m"]
    assert [numbers.short(x) for x in (75, 2.5, 100 * 0.07, -1204.25)] == ["75", "2.5", "7", "−1,204.25"]
    assert [numbers.fixed(x, 1, plus=True) for x in (-0.04, 0.04, 0.05, -0.06, 0.0)] == [
        "0.0",
        "0.0",
        "+0.1",
        "−0.1",
        "0.0",
    ]
    assert numbers.interval(-0.4, 0.3, "points") == "0 to 0" and numbers.fixed(-0.4) == "0"
    with numbers.written_as("en-IN", "INR"):
        assert numbers.whole(12_345_678) == "1,23,45,678" and numbers.value(-1_250_000, "money") == "−₹12,50,000"
    with numbers.written_as("de-CH", "CHF"):
        assert numbers.value(204, "money") == "CHF\u00a0204" and numbers.amount(3, "EUR") == "EUR\u00a03.00"


def test_an_unknown_locale_is_refused_and_changes_nothing():
    with pytest.raises(ValueError, match="unknown locale 'xx-YY'"):
        numbers.use("xx-YY")
    assert numbers.style() == numbers.Style()


def test_office_keeps_numbers_numbers_and_puts_the_currency_and_the_day_where_the_company_does():
    """Decimal and grouping signs are those of whoever opens the file, so formats are the same in every locale."""
    assert office.number_format("rate") == "0.0\\ %;−0.0\\ %" and office.number_format("money").endswith(";0.00")
    assert office.day_format() == "d MMM yyyy".lower()
    with numbers.written_as("de-DE", "EUR"):
        assert office.number_format("rate") == "0.0\\ %;−0.0\\ %"
        assert office.number_format("money") == '[>=10]#,##0"\u00a0€";[<=-10]−#,##0"\u00a0€";0.00"\u00a0€"'
        assert office.day_format() == "d. mmm yyyy"
    with numbers.written_as("en-US", "USD"):
        assert office.number_format("money") == '[>=10]"$"#,##0;[<=-10]−"$"#,##0;"$"0.00'
        assert office.day_format() == "mmm d, yyyy"


@pytest.fixture(scope="module")
def german(tmp_path_factory):
    """Forty visits, thirty of which reach the goal, of a company in Germany."""
    events = [
        f"2026-03-02T10:{number:02d}:{second}  p{number}  {url}"
        for number in range(40)
        for second, url in (("00", "/cart"), ("30", "/cart/done"))[: 2 if number < 30 else 1]
    ]
    return build_company(
        tmp_path_factory.mktemp("german"),
        settings=SETTINGS + 'locale = "de-DE"\n',
        journey='[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/cart*"]\ngoal = "path:/cart/done"\n',
        web_events="occurred_at  anonymous_id  url\n" + "\n".join(events),
    )


def test_a_terminal_writes_the_company_s_locale_and_json_and_csv_do_not(german, capsys):
    asked = ["show", "completion_rate", "--all", "--store", str(german.folder / "store")]
    with numbers.written_as():
        for style in ("table", "json", "csv"):
            assert metrics_main([*asked, "--format", style]) == 0
            said = capsys.readouterr().out
            if style == "table":
                assert "75,0 %" in said and "75.0" not in said
            elif style == "json":
                assert json.loads(said)[0]["value"] == 0.75
            else:
                assert ",0.75," in said


def test_no_other_module_decides_how_a_number_or_a_day_is_written():
    """Neither thousands nor decimals nor names of months by a format of its own; measures of pictures and CSS are no numbers people read."""
    own = re.compile(
        r"\{[^{}\n]*:,[^{}\n]*\}|:,?\.\d+[f%]\}|:,?\.?\d*g\}|%-?d %[bB]|%[bB] %Y|format\([^()\n]*, \",\"\)"
    )
    drawing = {
        "ui/widgets/ledger.py": 1,
        "ui/views/summary/strip.py": 2,
        "ui/widgets/spark.py": 1,
    }  # CSS percentages, and the path of a line
    found = {}
    for room in ("report", "charts", "exports", "commands/metrics", "commands/exports", "ui", "pages"):
        for file in sorted((ROOT / room).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if own.search(line)]
            if lines and name != "report/numbers.py":
                found[name] = len(lines)
    assert found == drawing


def test_a_number_stays_on_one_line_with_its_unit():
    """Blanks between words stay."""
    said = "Buy: 56 % of 1,204 people, ±3.5 points, n 409, 3 weeks, 12 h, 5 € or 7 CHF; ± 5 things"
    assert numbers.unbroken(said).replace("\u00a0", "_") == (
        "Buy: 56_% of 1,204 people, ±3.5_points, n_409, 3_weeks, 12_h, 5_€ or 7_CHF; ±_5 things"
    )
