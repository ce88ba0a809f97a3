"""What people write: read by rules anybody can follow, scored at build, shown from eight writers on, compared like with like."""

import json
from dataclasses import replace

import pytest

from data.errors import UserError
from data.texts import lists as word_lists
from data.texts.check import check
from data.texts.score import score
from metrics.analyses.change_family import SCANNED
from metrics.analyses.stage_scores import SCORED
from metrics.catalogue.load import catalogue, definition
from metrics.codes import WarningCode
from report.words.reasons import reason_text
from tests.core.company import noted, warned
from tests.core.test_core_golden import JOURNEY

SAID = [
    # language, text, label
    ("en", "Great service, thank you!", "positive"),
    ("en", "Not great.", "negative"),
    ("en", "No problems at all", "positive"),
    ("en", "Third time I write and still no answer", "negative"),
    ("en", "Waited forty minutes in a queue", "negative"),
    ("en", "Great shop, but the delivery was late and the table is broken", "negative"),
    ("en", "I ordered a table.", "neutral"),
    ("en", "Okay", "neutral"),
    ("en", "👎", "negative"),
    ("", "👍👍", "positive"),
    ("de", "Na ja 😡", "negative"),
    ("en", ":(", "negative"),
    ("de", "Die Lieferung :-)", "positive"),
    ("de", "Sehr freundlich und schnell!", "positive"),
    ("de", "Nicht schnell und kein bisschen freundlich", "negative"),
    ("de", "Gefällt mir überhaupt nicht", "negative"),
    ("de", "GEFAELLT MIR", "positive"),
    ("de", "Kein Problem", "positive"),
    ("de", "Schöne Möbel, aber die Lieferung kam zu spät", "negative"),
    ("de", "Ein Tisch und vier Stühle.", "neutral"),
    ("de", "Enttäuschend", "negative"),
]


@pytest.mark.parametrize(("language", "text", "label"), SAID)
def test_the_sign_of_a_sentence(language, text, label):
    """Negation turns, also behind a German verb; "but" weighs what follows; a phrase counts instead of its words."""
    assert score(text, "", language).sentiment == label


def test_an_intensifier_and_an_exclamation_mark_make_it_stronger():
    plain, very, loud, meek = (score(text, "", "de").compound for text in ("gut", "sehr gut", "sehr gut!", "etwas gut"))
    assert 0 < meek < plain < very < loud < 1


QUESTIONS = [
    # question, text, label or why there is none
    ("What could we improve?", "Nothing", "positive"),
    ("What did you like most?", "Nothing", "negative"),
    ("Why?", "Nothing", "says nothing"),
    ("What could we improve?", "Faster delivery", "neutral"),
    ("Why?", "Faster delivery", "positive"),
    ("Was können wir verbessern?", "Nichts", "positive"),
    ("Was hat Ihnen besonders gefallen?", "nichts.", "negative"),
    ("Warum?", "k. A.", "says nothing"),
]


@pytest.mark.parametrize(("question", "text", "found"), QUESTIONS)
def test_the_question_is_read_with_the_answer(question, text, found):
    """Nothing to improve is praise, nothing to like a complaint, and a wish is no praise."""
    given = score(text, question)
    assert found in (given.sentiment, given.not_scored)


UNREAD = [
    ("Muito bom, chegou antes do prazo", "", "no list for Portuguese"),
    ("Muito bom", "pt-BR", "no list for Portuguese"),
    ("El producto es muy bueno pero llegó tarde", "en", "no list for Spanish"),
    ("非常好", "en", "no list for its script"),
    ("Qwxz vbn", "", "language not told"),
    ("...", "en", "no words"),
    ("[e-mail] [phone]", "en", "no words"),
]


@pytest.mark.parametrize(("text", "declared", "why"), UNREAD)
def test_what_no_list_covers_is_not_scored_and_never_neutral(text, declared, why):
    found = score(text, "", declared)
    assert (found.sentiment, found.compound, found.not_scored) == (None, None, why)


def test_the_language_is_the_writers_where_the_form_says_another():
    """A German answer in an English form, and one whose source names no language."""
    assert score("Der Fahrer war nicht sehr freundlich", "", "en").sentiment == "negative"
    assert score("The driver was very friendly").language == "en"


def test_a_list_with_a_slip_is_refused(tmp_path):
    """A strength beyond four, with file, word and what was found; a changed list has another name."""
    (tmp_path / "xx.toml").write_text('language = "xx"\nversion = 1\n[words]\n"gut" = 9\n')
    with pytest.raises(UserError, match="from −4 to 4"):
        word_lists.load(tmp_path / "xx.toml")
    (tmp_path / "xx.toml").write_text('language = "xx"\nversion = 1\n[words]\n"gut" = 2\n')
    first = word_lists.load(tmp_path / "xx.toml").scorer
    (tmp_path / "xx.toml").write_text('language = "xx"\nversion = 1\n[words]\n"gut" = 3\n')
    assert first.startswith("xx 1 ") and word_lists.load(tmp_path / "xx.toml").scorer != first


def test_a_company_brings_its_own_list(tmp_path, monkeypatch):
    """A Portuguese list makes Portuguese readable; a German one stands in place of ours; a folder that is not there is told."""
    (tmp_path / "pt.toml").write_text('language = "pt"\nversion = 1\nnegations = ["não"]\n[words]\n"bom" = 2\n')
    (tmp_path / "de.toml").write_text('language = "de"\nversion = 7\n[words]\n"knorke" = 3\n')
    monkeypatch.setenv("THROUGHLINE_WORDS", str(tmp_path))
    assert [score(text, "", "pt").sentiment for text in ("Muito bom", "Não é bom")] == ["positive", "negative"]
    assert (score("knorke", "", "de").sentiment, score("gut", "", "de").sentiment) == ("positive", "neutral")
    assert score("knorke", "", "de").scorer.startswith("de 7 ")
    monkeypatch.setenv("THROUGHLINE_WORDS", str(tmp_path / "none"))
    with pytest.raises(UserError, match="no such folder"):
        score("gut")


KIND, PLAIN, UNKIND = "Great service", "I ordered a table", "Terrible service"


def comments(
    *rows: tuple[str, int], language: str = "en", survey: str = "after order", day: str = "2026-03-02", first: int = 0
) -> str:
    """One answer a customer: each text so many times."""
    lines, number = ["customer_id  responded_at  survey  question_id  question  language  comment"], first
    for text, times in rows:
        for _ in range(times):
            number += 1
            lines.append(f"c{number}  {day}T10:00  {survey}  why  Why?  {language}  {text}")
    return "\n".join(lines)


def test_net_sentiment(company):
    """50 kind, 30 plain, 20 unkind comments: 30.0 with the interval of an NPS of 50/30/20 (14.1–44.2), and said to be a rank."""
    cell = company(journey=JOURNEY, survey_answers=comments((KIND, 50), (PLAIN, 30), (UNKIND, 20))).one("sentiment_net")
    assert cell.value == pytest.approx(30)
    assert (cell.low, cell.high) == pytest.approx((14.1, 44.2), abs=0.05)
    assert WarningCode.LIST_NOT_CALIBRATED in [one.code for one in cell.warnings]
    assert "30 % of the texts have no word of the list: they count as neutral" in warned(cell)


def test_words_need_eight_writers(module_company):
    """Seven wrote: withheld, by the same rule for a metric and for the words; eight wrote: shown."""
    seven, eight = (module_company(journey=JOURNEY, survey_answers=comments((KIND, count))) for count in (7, 8))
    assert (seven.one("sentiment_net").state, reason_text(seven.one("sentiment_net").reason)) == (
        "suppressed",
        "fewer than 8 people",
    )
    assert eight.one("sentiment_net").value == 100


def test_what_could_not_be_scored_is_told(module_company):
    """Twelve English comments, nine French ones and three of signs alone: the French and the signs are no neutral ones."""
    rows = comments((KIND, 12), (UNKIND, 4), ("Le produit est très bien et la livraison aussi", 9), ("!?", 3))
    built = module_company(journey=JOURNEY, survey_answers=rows)
    cell = built.one("sentiment_net")
    assert (cell.n, cell.value) == (16, 50)
    # 12 kind and 4 unkind of 28: 8 ± 12 of 28, whatever the others say
    assert (
        "12 more texts could not be scored, most of them: no list for French; of all 28 texts it lies between −14 and 71"
        in warned(cell)
    )
    assert built.rows(
        "select not_scored, count(*) from verbatims where not_scored is not null group by 1 order by 2"
    ) == [("no words", 3), ("no list for French", 9)]
    other = built.show("sentiment_net", by="language")
    french = next(found for found in other if found.by["language"] == "fr")
    assert (french.state, french.value) == ("not_scored", None) and "no list for French" in reason_text(french.reason)


def test_no_comments_is_not_asked(company):
    """A survey without an open question: the question to ask."""
    rows = "customer_id  responded_at  survey  metric  scale_min  scale_max  score\nc1  2026-03-02T10:00  after order  csat  1  5  4"
    cell = company(journey=JOURNEY, survey_answers=rows).one("sentiment_net")
    assert cell.state == "not_asked" and "(open)" in reason_text(cell.reason)


def test_only_the_same_language_and_length_are_compared(module_company):
    """February in German, March in English: no difference is drawn; both in English: there is one."""
    march = comments((KIND, 30), (UNKIND, 10))
    for language, text, note in (("de", "Sehr gut", "asked in another way then: not compared"), ("en", KIND, None)):
        rows = march + "\n" + comments((text, 30), language=language, day="2026-02-20", first=100).split("\n", 1)[1]
        built = module_company(journey=JOURNEY, survey_answers=rows)
        first, last = built.rows("select date '2026-02-25', date '2026-03-05'")[0]
        cell = built.one("sentiment_net", start=first, end=last, compare="previous")
        assert (noted(cell) or None) == note
        assert (cell.compare.diff is None) == (note is not None)


def test_the_words_stay_where_they_were(company):
    """The scores' table holds no text, and what is scored is the redacted comment."""
    built = company(journey=JOURNEY, survey_answers=comments(("Call me on 0171 2345678 - great", 8)))
    assert not {"comment", "text", "body"} & {name for name, *_ in built.rows("describe verbatims")}
    assert built.value("select count(*) from answers where comment like '%[phone]%'") == 8


def test_tickets_are_kept_apart(module_company):
    """Ten unkind tickets and ten kind comments: −100 and 100, never pooled."""
    tickets = "ticket_id  created_at  customer_id  url  body\n" + "\n".join(
        f"t{n}  2026-03-02T10:00  d{n}  https://shop.example/checkout  {UNKIND}" for n in range(10)
    )
    built = module_company(journey=JOURNEY, survey_answers=comments((KIND, 10)), support_tickets=tickets)
    assert built.one("sentiment_net").value == 100
    assert built.one("sentiment_net_tickets").value == -100


FELT = [
    # language, text, emotions, tells of effort
    ("en", "Thank you, I love it!", {"gratitude", "joy"}, False),
    ("en", "I am furious, third time I had to call", {"anger", "frustration"}, True),
    ("en", "Not worried any more", set(), False),
    ("en", "Disappointed. I expected more from you", {"disappointment"}, False),
    ("en", "No waiting, no hassle", set(), False),
    ("de", "Eine Frechheit, ich warte immer noch", {"anger", "frustration"}, True),
    ("de", "Vielen Dank, ich bin begeistert", {"gratitude", "joy"}, False),
    ("de", "Ich habe Angst um mein Geld", {"anxiety"}, False),
    ("de", "Ohne Wartezeit, wie versprochen", {"trust"}, False),
]


@pytest.mark.parametrize(("language", "text", "emotions", "effort"), FELT)
def test_emotions_and_effort(language, text, emotions, effort):
    """Several in one text; what is negated is not felt."""
    found = score(text, "", language)
    assert {name for name, _ in found.emotions} == emotions
    assert bool(found.effort) == effort


def test_intensity_is_kept_apart():
    """Annoyed, angry, very angry, furious: one, two, two and a half and three thirds."""
    assert [
        dict(score(text, "", "en").emotions)["anger"] for text in ("annoyed", "angry", "very angry", "furious")
    ] == [0.33, 0.67, 0.83, 1.0]


ANGRY = "I am very angry"


def test_emotion_shares_and_intensity(company):
    """25 of 100 are very angry, 40 tell of effort: .25 and .40 with Wilson's interval; intensity .83 of those 25."""
    built = company(journey=JOURNEY, survey_answers=comments((ANGRY, 25), ("I had to call again", 40), (PLAIN, 35)))
    anger, effort = built.one("emotion_anger"), built.one("effort_mentions")
    assert (anger.value, effort.value, anger.n) == (0.25, 0.40, 100)
    assert (anger.low, anger.high) == pytest.approx((0.1755, 0.3430), abs=5e-5)
    assert built.one("emotion_joy").value == 0
    intensity = built.one("emotion_anger~emotion-analytics-intensity-of-anger")
    assert (intensity.value, intensity.n) == (pytest.approx(0.83), 25)


def test_a_measured_list_is_corrected(company, monkeypatch):
    """Apparent .25, sensitivity .6, specificity .9: (.25 + .9 − 1) ÷ .5 = .30, and the interval grows by half as much again and more."""
    built = company(journey=JOURNEY, survey_answers=comments((ANGRY, 25), (PLAIN, 75)))
    plain = definition("emotion_anger")
    measured = replace(
        plain,
        measure=replace(
            plain.measure, parts={"sensitivity": "0.6", "specificity": "0.9", "positives": "100", "negatives": "300"}
        ),
    )
    raw = built.one("emotion_anger")
    monkeypatch.setattr("metrics.compute.run.definition", lambda metric: measured)
    cell = built.one("emotion_anger")
    assert cell.value == pytest.approx(0.30)
    assert cell.high - cell.low > 1.5 * (raw.high - raw.low)
    assert any("on 400 labelled texts" in text for text in warned(cell)) and not any(
        "not calibrated" in text for text in warned(cell)
    )


def test_the_lists_are_measured_on_labelled_texts(tmp_path, cli):
    """Two angry texts of which one is seen, three others of which one is taken for angry: sensitivity .5, specificity .667."""
    (tmp_path / "labelled.csv").write_text(
        "text,labels,language\nI am furious,anger|negative,en\nSo much for your service,anger|negative,en\n"
        "Great,positive,en\nI hate surprises but love this,positive,en\nA table,neutral,en\nTrès bien,positive,fr\n"
    )
    (anger,) = [row for row in check(tmp_path / "labelled.csv").labels if row["label"] == "anger"]
    assert anger == {
        "label": "anger",
        "sensitivity": 0.5,
        "specificity": pytest.approx(2 / 3),
        "positives": 2,
        "negatives": 3,
    }
    assert 'sensitivity = "0.500", specificity = "0.667"' in cli("data", "texts", tmp_path / "labelled.csv").stdout
    (tmp_path / "other.csv").write_text("comment\nx\n")
    done = cli("data", "texts", tmp_path / "other.csv")
    assert done.returncode == 2 and "has no column text or labels" in done.stderr


def test_macro_f1_and_what_was_left_out(tmp_path, cli):
    """Of three positives two are seen, of two negatives one is taken for positive, one neutral is seen, a French text is not read:
    positive 2·2/(2·2+1+1) = .667, negative 2·1/(2+1) = .667, neutral 2/(2+1) = .667; with the French positive missed 4/7 = .571."""
    rows = [
        "Great,positive,en",
        "Lovely shop,positive,en",
        "I ordered a table,positive,en",
        "Terrible,negative,en",
        "Thanks for your great help,negative,en",
        "A chair,neutral,en",
        "Très bien et très rapide pour nous,positive,fr",
        "n/a,,en",
    ]
    (tmp_path / "f1.csv").write_text("text,labels,language\n" + "\n".join(rows) + "\n")
    found = check(tmp_path / "f1.csv")
    assert found.sentiment["macro_f1"] == pytest.approx(2 / 3)
    assert found.sentiment["macro_f1_of_all"] == pytest.approx((4 / 7 + 2 / 3 + 2 / 3) / 3)
    assert found.left_out == {"no list for French": 1, "says nothing": 1}
    printed = cli("data", "texts", tmp_path / "f1.csv").stdout
    assert (
        "macro-F1 0.667 of the 6 scored, 0.635 of all 7" in printed
        and "left out: 1 of 8 texts: no list for French" in printed
    )
    summary = json.loads(cli("data", "texts", tmp_path / "f1.csv", "--format", "json").stdout)[-1]
    assert (summary["texts"], summary["scored"], summary["not_scored"]) == (
        8,
        6,
        {"no list for French": 1, "says nothing": 1},
    )


NOBODYS_WORDS = [
    ("@united you lost my bag", "negative"),
    ("@GreatPlains_Air lost my bag", "negative"),
    ("Flight was on time @worstair", "positive"),
    ("https://lovely.example/great slow checkout", "negative"),
    ("www.terrible.de quick and easy", "positive"),
    ("great.com was slow", "negative"),
    ("<p class='love'>Slow &amp; late</p>", "negative"),
    ("#fail again", "negative"),
    ("RT @best: terrible", "negative"),
]


@pytest.mark.parametrize(("text", "label"), NOBODYS_WORDS)
def test_handles_links_and_markup_are_nobodys_words(text, label):
    """A brand called united is not kind, and an address is no praise; a hashtag is the writer's word."""
    assert score(text, "", "en").sentiment == label


@pytest.mark.parametrize("question", ["", "What could we improve?", "What did you like most?"])
@pytest.mark.parametrize(
    "text",
    [
        "Did not answer",
        "n/a",
        "N.A.",
        "[No comment]",
        "no response.",
        "Keine Angabe",
        "Nicht beantwortet",
        "Sans réponse",
        "sin respuesta",
        "n.v.t.",
        "Não informado",
        "Nessuna risposta",
        "(left blank)",
        "NULL",
    ],
)
def test_a_stand_in_for_no_answer_is_neither_praise_nor_blame(text, question):
    """Typed a thousand times by a form: no negative comment, and no praise under the question what to improve."""
    found = score(text, question)
    assert (found.sentiment, found.not_scored) == (None, "says nothing")


def test_no_score_is_made_of_words_beside_it():
    """No reading of texts is scanned for findings or enters a stage's position: it would say again what the score beside it says."""
    read = {metric for metric, found in catalogue().items() if found.measure.table == "verbatims"}
    assert read and not read & set(SCANNED)
    assert not {definition(metric).measure.kind for metric in read} & set(SCORED)


def test_every_text_metric_says_what_its_level_is_worth():
    """The sentence of each says rank and trend, or its evidence."""
    read = [metric for metric, found in catalogue().items() if found.measure.table == "verbatims"]
    assert len(read) >= 11
    for metric in read:
        assert "rank and trend" in definition(metric).sentence
