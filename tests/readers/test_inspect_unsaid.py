"""What files do not say is asked, and what they do say is no question: languages, running numbers, kinds of surveys, words of no known scale."""

import pytest

from data.inspection.journeys import proposed
from data.inspection.profile.kinds import kind_of
from data.inspection.profile.ratings import rated, unread
from data.inspection.profile.values import column, counts_up, fits
from data.inspection.profile.words import calls_metric, language_of
from data.inspection.settle import dates
from data.values.scales import places_of, tidy
from tests.readers.test_inspect_kinds import DAYS, NPS, pasted, text


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        (("Date", "Customer ID", "NPS Score"), "any"),  # words that English shares with French
        (("Date", "Region", "Total"), "any"),
        (("Date", "Montant", "Client"), "fr"),
        (("Datum", "Kundennummer"), "de"),
        (("Fecha", "Importe"), "es"),
    ],
)
def test_a_word_that_english_has_too_speaks_for_no_other_language(headers, language):
    assert language_of(headers) == language


def test_an_american_file_is_asked_which_part_of_its_dates_is_the_day():
    found = column("Date", ["01/02/2026", "03/01/2026", "02/05/2026"])
    assert dates([found], ("Date", "Customer ID", "NPS Score")) == ([], None, ["%d/%m/%Y", "%m/%d/%Y"])
    assert dates([found], ("Date", "Montant", "Client"))[0] == ["%d/%m/%Y"]


def test_a_running_number_is_nobodys_answer():
    running, scores = column("answer_no", [str(n) for n in range(12)]), column("score", [str(n) for n in NPS])
    assert counts_up(running) and not counts_up(scores) and not counts_up(column("x", ["1", "2", "3"]))
    assert fits("rating", running, 1.0) == 0.0 and fits("rating", scores, 1.0) == 1.0


def test_a_word_on_nearly_every_record_is_no_key():
    assert fits("key", column("Response Type", ["completed"] * 12 + ["partial"]), 0.8) == 0.0
    assert fits("key", column("Response ID", [f"r{n}" for n in range(13)]), 0.8) == 1.0


@pytest.mark.parametrize(
    ("names", "columns", "metrics", "kind", "likely"),
    [
        (["Checkout"], set(), {"nps"}, "transactional", None),
        (["q"], set(), {"nps"}, None, "relationship"),
        (["q"], set(), {"nps", "csat"}, None, None),  # a form of both speaks for neither
        (["report"], {"ticket_id"}, {"csat"}, None, "post_contact"),
    ],
)
def test_a_survey_has_a_kind_where_a_word_says_it_and_else_only_a_likely_one(names, columns, metrics, kind, likely):
    found = kind_of(names, columns, metrics)
    assert (found.kind, found.likely) == (kind, likely)


def test_french_and_help_scouts_words_are_scales():
    french = {
        tidy(word)
        for word in (
            "Pas du tout satisfait",
            "Plutôt pas satisfait",
            "Ni satisfait ni insatisfait",
            "Tout à fait satisfait",
        )
    }
    assert places_of(french, None)[1] == 5
    assert places_of({"great", "okay", "not good"}, None)[0] == {"not good": 0, "okay": 1, "great": 2}


def test_a_tickets_rating_in_words_nobody_knows_is_asked_and_one_of_known_words_is_read():
    odd = column("CSAT result", ["Gold", "Silver", "Lead", "Gold"])
    assert rated([odd]) is None and "'Gold', 'Lead', 'Silver'" in unread([odd])
    known = column("Rating", ["Great", "Okay", "Not Good", "Great"])
    assert rated([known]).score is known and unread([column("Rating date", ["Mon", "Tue", "Wed"])]) is None


def test_a_metrics_name_makes_a_score_in_a_feed_of_field_codes(tmp_path):
    assert calls_metric("q_ltr_scale_11") and calls_metric("OSAT") and not calls_metric("q_comment")
    header = ["a_surveyid", "e_responsedate", "q_ltr_scale_11", "q_osat_enum", "e_customer_id"]
    rows = [[900 + n, f"{day} 10:00:00", NPS[n], n % 5 + 1, f"C{n}"] for n, day in enumerate(DAYS)]
    _, loaded = pasted(tmp_path, "feed.psv", text(header, rows, "|"))
    assert loaded.rows("select metric, count(*), sum(score) from src_survey_answers group by metric order by 1") == [
        ("csat", 12, 33.0),
        ("nps", 12, 91.0),
    ]


def test_a_form_that_was_begun_and_not_sent_is_no_answer_and_school_marks_run_to_six(tmp_path):
    header = ["#", "Welche Schulnote geben Sie uns?", "customer_id", "Response Type", "Submit Date (UTC)"]
    rows = [[f"x{n}k", n % 4 + 1, f"C-{n}", "completed", f"{day} 10:03:00"] for n, day in enumerate(DAYS)]
    found, loaded = pasted(tmp_path, "responses.csv", text(header, [*rows, ["zz", 5, "C-9", "partial", ""]]))
    assert loaded.rows("select count(*), min(scale_max), bool_or(higher_is_better) from src_survey_answers") == [
        (12, 6.0, False)
    ]
    assert any("on which scale" in question for question in found["questions"])


def test_whether_it_was_solved_is_a_score_and_unknown_words_are_asked(tmp_path):
    header = ["Abgesendet am", "Ticket-ID", "Wurde Ihr Anliegen gelöst?", "Wie zufrieden waren Sie?"]
    rows = [
        [f"{day} 10:00", 100 + n, "Ja" if n % 4 else "Nein", ["top", "naja", "flop"][n % 3]]
        for n, day in enumerate(DAYS)
    ]
    found, loaded = pasted(tmp_path, "kontakt.csv", text(header, rows, ";"))
    solved = "select sum(score), count(*), max(scale_max) from src_survey_answers where metric = 'resolved'"
    assert loaded.rows(solved) == [(9.0, 12, 1.0)]
    assert any("'flop', 'naja', 'top'" in question for question in found["questions"])


def test_each_survey_of_a_file_has_the_kind_its_own_name_says():
    told = {"names": ["NPS relationship", "CSAT checkout", "x"], "kind": None, "why": "", "likely": None}
    assert [one["kind"] for one in proposed(told)] == ["relationship", "transactional", None]


def test_stars_out_of_five_are_ratings():
    found = column("Your rating", [f"{n % 5 + 1} out of 5 stars" for n in range(12)])
    assert fits("rating", found, 1.0) == 1.0 and set(found.numbers) == {1, 2, 3, 4, 5}


def test_lines_of_an_order_are_asked_about(tmp_path):
    rows = [[f"O{n // 2}", f"{DAYS[n // 2]}T10:00:00Z", f"item{n}", "25.00", "EUR"] for n in range(24)]
    found, _ = pasted(tmp_path, "orders.csv", text(["Order ID", "Order Date", "Item", "Line Total", "Currency"], rows))
    assert any("24 lines have 12 different 'Order ID'" in question for question in found["questions"])
