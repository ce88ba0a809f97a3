"""Exports in other languages and shapes: labels, wordings, amounts, dates, questions in rows, items of a scale. Counted by hand."""

import pytest

from tests.readers.inspected import as_pasted
from tests.readers.test_inspect_kinds import DAYS, NPS, pasted, text


@pytest.mark.parametrize(
    "header,labels",
    [
        (
            "Nel complesso, quanto è soddisfatto del servizio?",
            [
                "Molto insoddisfatto",
                "Insoddisfatto",
                "Né soddisfatto né insoddisfatto",
                "Soddisfatto",
                "Molto soddisfatto",
            ],
        ),
        (
            "Hoe tevreden bent u over de levering?",
            ["Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"],
        ),
        (
            "Quão satisfeito está com a entrega?",
            ["Muito insatisfeito", "Insatisfeito", "Neutro", "Satisfeito", "Muito satisfeito"],
        ),
    ],
)
def test_labels_of_satisfaction_are_a_score(tmp_path, header, labels):
    rows = [[n, day, labels[n % 5]] for n, day in enumerate(DAYS)]
    _, loaded = pasted(tmp_path, "answers.csv", text(["Response ID", "Date", header], rows))
    assert loaded.rows(
        "select metric, scale_min, scale_max, count(*), sum(score)::int from src_survey_answers group by all"
    ) == [("csat", 1.0, 5.0, 12, 1 + 2 + 3 + 4 + 5 + 1 + 2 + 3 + 4 + 5 + 1 + 2)]


@pytest.mark.parametrize(
    "header",
    [
        "Hoe waarschijnlijk is het dat u ons aanbeveelt aan een collega?",
        "Quelle est la probabilité que vous nous recommandiez à un proche ?",
        "Quanto è probabile che consiglieresti il negozio a un amico?",
        "¿Con qué probabilidad nos recomendaría a un amigo?",
        "Wie hoch ist die Wahrscheinlichkeit, dass Sie uns weiterempfehlen?",
    ],
)
def test_likely_to_recommend_in_other_words(tmp_path, header):
    rows = [[n, day, score] for n, (day, score) in enumerate(zip(DAYS, NPS))]
    _, loaded = pasted(tmp_path, "answers.csv", text(["ID", "Date", header], rows, ";"))
    assert loaded.rows("select metric, count(*), sum(score)::int from src_survey_answers group by 1") == [
        ("nps", 12, sum(NPS))
    ]


def test_answers_to_an_open_question_are_comments_however_alike(tmp_path):
    rows = [[n, day, 5 - n % 5, "antwortet bitte viel schneller" if n % 2 else ""] for n, day in enumerate(DAYS)]
    header = ["ID", "Datum", "Wie zufrieden sind Sie?", "Was können wir besser machen?"]
    _, loaded = pasted(tmp_path, "umfrage.csv", text(header, rows))
    assert loaded.rows("select count(comment), count(choice) from src_survey_answers") == [(6, 0)]


def test_french_amounts_with_narrow_spaces_and_states(tmp_path):
    rows = [
        [n, f"REF{n}", f"1\u202f2{n:02},50 €", "Annulé" if n == 3 else "Paiement accepté", f"{n + 13}/03/2026 10:00:00"]
        for n in range(12)
    ]
    _, loaded = pasted(tmp_path, "commandes.csv", text(["ID", "Référence", "Total", "État", "Date"], rows, ";"))
    assert loaded.rows("select count(*), sum(amount)::decimal(12, 2) from src_orders")[0] == (
        11,
        pytest.approx(1200.5 * 11 + 63),
    )
    assert loaded.one("select count(*) from refusals where kind = 'excluded'") == 1


@pytest.mark.parametrize("between", ["às", "alle", "um", "à"])
def test_a_word_between_day_and_time(tmp_path, between):
    rows = [[n, f"{n + 3:02}/03/2026 {between} 10:05", score] for n, score in enumerate(NPS)]
    _, loaded = pasted(tmp_path, "nps.csv", text(["ID", "Quando", "NPS"], rows, ";"))
    assert str(loaded.one("select max(responded_at) from src_survey_answers")) == "2026-03-14 10:05:00"


def test_a_blank_before_the_z_of_a_time(tmp_path):
    rows = [[f"e{n}", f"{day} 10:05:00.000 Z", f"a{n}", "https://x.test/cart"] for n, day in enumerate(DAYS)]
    _, loaded = pasted(tmp_path, "PAGES.csv", text(["ID", "TIMESTAMP", "ANONYMOUS_ID", "URL"], rows))
    assert str(loaded.one("select min(occurred_at) from src_web_events")) == "2026-03-01 10:05:00"


def test_questions_that_stand_in_rows_are_read_one_by_one(tmp_path):
    asked = {
        "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?": NPS,
        "Wie zufrieden waren Sie mit der Lieferung?": [5, 4, 1] * 4,
        "Warum?": ["", "kam leider viel zu spät"] * 6,
    }
    rows = [[f"B{n}", day, question, answers[n]] for n, day in enumerate(DAYS) for question, answers in asked.items()]
    found, loaded = pasted(tmp_path, "befragung.csv", text(["Befragter", "Datum", "Frage", "Antwort"], rows, ";"))
    assert loaded.rows(
        "select metric, count(score), sum(score)::int, count(comment), count(distinct response_id) from src_survey_answers group by 1 order by 1"
    ) == [("csat", 12, 40, 0, 12), ("nps", 12, sum(NPS), 0, 12), (None, 0, None, 6, 6)]
    assert not any("measure" in question for question in found["questions"])


def test_the_items_of_the_usability_scale_stand_together(tmp_path):
    wordings = ["I think that I would like to use this system frequently", "I found the system unnecessarily complex"]
    wordings += [f"Statement {word}" for word in ("three", "four", "five", "six", "seven", "eight", "nine", "ten")]
    rows = [[f"{day} 10:00", *([5, 1] * 5)] for day in DAYS]
    found, loaded = pasted(tmp_path, "form.csv", text(["Timestamp", *wordings], rows))
    assert loaded.rows(
        "select metric, item, count(*), max(score) from src_survey_answers group by 1, 2 order by item::int"
    ) == [("sus", str(item), 12, 5.0 if item % 2 else 1.0) for item in range(1, 11)]
    assert any("one sus questionnaire" in question for question in found["questions"])


def test_items_of_nobody_knows_what_are_asked_once(tmp_path):
    header = ["ID", "Date", *(f"Q7_{item}" for item in range(1, 7))]
    rows = [[n, day, *((n + item) % 5 + 1 for item in range(6))] for n, day in enumerate(DAYS)]
    found, _ = pasted(tmp_path, "study.csv", text(header, rows))
    assert sum("measure together" in question for question in found["questions"]) == 1
    assert not any("what does" in question for question in found["questions"])


def test_a_number_beside_an_answer_is_no_ticket_and_a_cookie_no_customer(tmp_path):
    header = ["Number", "Date Submitted", "Hotjar User ID", "How would you rate your experience?"]
    rows = [[n, f"{day} 10:00:00", f"hj{n}", n % 5 + 1] for n, day in enumerate(DAYS)]
    found, loaded = pasted(tmp_path, "feedback-12.csv", text(header, rows))
    assert loaded.rows(
        "select count(ticket_id), count(id_customer_id), count(id_anonymous_id) from src_survey_answers"
    ) == [(0, 0, 12)]
    assert "post_contact" not in found["journey_toml"].split("#")[0]


def test_the_record_inside_a_loaders_column(tmp_path):
    rows = [
        [
            f"ab{n}",
            "2026-04-01",
            f'{{"id": {n}, "score": {score}, "survey_type": "nps", "created_at": {1772359500 + n}}}',
        ]
        for n, score in enumerate(NPS)
    ]
    name = "_airbyte_raw_survey_responses.csv"
    _, loaded = pasted(tmp_path, name, text(["_airbyte_ab_id", "_airbyte_emitted_at", "_airbyte_data"], rows))
    assert loaded.rows("select metric, sum(score)::int from src_survey_answers group by 1") == [("nps", sum(NPS))]


@pytest.mark.parametrize(
    "header,scores,line",
    [
        ("Rating", [9, 8, 10, 7], 'metric = "nps", scale_min = 0, scale_max = 10 }'),
        ("Zufriedenheit", [1, 1, 5, 2], "higher_is_better = false }"),
    ],
)
def test_the_line_that_answers_stands_in_the_block_and_loads(tmp_path, header, scores, line):
    rows = [[n, f"{day} 10:00", scores[n % 4]] for n, day in enumerate(DAYS)]
    found, _ = pasted(tmp_path, "x.csv", text(["ID", "Date", header], rows))
    offered = next(row for row in found["sources_toml"].splitlines() if row.startswith("# constants") and line in row)
    plain = [row for row in found["sources_toml"].splitlines() if not row.startswith("constants")]
    answered = "\n".join([*plain, offered.removeprefix("# ")])
    loaded = as_pasted(tmp_path / "x.csv", found | {"sources_toml": answered})
    assert loaded.one("select count(*) from src_survey_answers where metric is not null") == 12


def test_a_login_that_is_an_address_is_an_address(tmp_path):
    rows = [[f"{day}T10:00:00Z", "page_view", f"P{n}@x.test", f"a{n}", "https://x.test/"] for n, day in enumerate(DAYS)]
    header = ["timestamp", "event", "user_id", "anonymous_id", "url"]
    _, loaded = pasted(tmp_path, "events.csv", text(header, rows))
    assert loaded.rows("select count(id_email), count(id_customer_id) from src_web_events") == [(12, 0)]
    assert loaded.one("select count(*) from src_web_events where id_email like '%@%'") == 0


def test_a_scale_in_brackets_behind_what_is_rated(tmp_path):
    rows = [[n, day, [100, 80, 35, 60][n % 4]] for n, day in enumerate(DAYS)]
    _, loaded = pasted(tmp_path, "csat.csv", text(["ID", "Date", "Overall satisfaction (0-100)"], rows))
    assert loaded.rows("select metric, scale_min, scale_max, count(score) from src_survey_answers group by all") == [
        ("csat", 0.0, 100.0, 12)
    ]


def test_an_nps_with_slips_counts_and_names_them(tmp_path):
    scores = [*NPS, *NPS, 11, 99]
    rows = [[n, f"2026-03-{n + 1:02}", score] for n, score in enumerate(scores)]
    found, loaded = pasted(tmp_path, "nps.csv", text(["ID", "Date", "NPS"], rows))
    assert loaded.rows(
        "select metric, count(score), sum(score)::int from src_survey_answers where score is not null group by 1"
    ) == [("nps", 24, 2 * sum(NPS))]
    assert any("lie outside 0 to 10" in question and "11" in question for question in found["questions"])


def test_a_header_that_names_utc_and_a_token_called_number_sign(tmp_path):
    header = ["#", "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "Response Type", "Submit Date (UTC)"]
    rows = [[f"tok{n:020}", score, "completed", f"{day} 10:00:00"] for n, (day, score) in enumerate(zip(DAYS, NPS))]
    found, loaded = pasted(tmp_path, "responses.csv", text(header, rows))
    assert 'timezone = "UTC"' in found["sources_toml"] and not any(
        "zone" in question for question in found["questions"]
    )
    assert loaded.rows("select count(*), count(distinct response_id), sum(score)::int from src_survey_answers") == [
        (12, 12, sum(NPS))
    ]


def test_a_comment_beside_a_rating_stands_with_the_rating(tmp_path):
    header = ["Meldingsnummer", "Aangemaakt op", "Opgelost op", "Status", "Onderwerp", "Beoordeling", "Toelichting"]
    rows = [
        [
            f"M{n}",
            f"{n + 1}-3-2026 9:00",
            f"{n + 1}-3-2026 11:00",
            "Opgelost",
            f"Pakket {n}",
            n % 5 + 1 if n % 2 else "",
            "te traag" if n == 3 else "",
        ]
        for n in range(20)
    ]
    _, loaded = pasted(tmp_path, "meldingen.csv", text(header, rows, ";"))
    assert loaded.rows("select count(*), count(comment) from src_survey_answers") == [(10, 1)]
    assert loaded.rows("select count(*), count(body) from src_support_tickets") == [(20, 0)]


def test_ids_rounded_to_one_are_still_ids_and_asked_about(tmp_path):
    rows = [["1.23E+17", f"{day} 10:00", "closed", f"Parcel {n}"] for n, day in enumerate(DAYS)]
    found, _ = pasted(tmp_path, "tickets.csv", text(["Ticket ID", "Created", "Status", "Subject"], rows))
    assert found["table"] == "support_tickets" and any(
        "rounded these ids" in question for question in found["questions"]
    )
