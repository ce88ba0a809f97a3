"""What a company's own ratings teach about what people write: out of fold by person, kept in the store, used by the next build."""

import numpy as np
import pytest

from commands.data import main
from data.build.build import build
from data.erasure.erase import erase
from data.errors import UserError
from data.texts.learned import kept
from data.texts.learned.features import told
from data.texts.learned.fit import calibrate
from data.texts.learned.measures import auc, spearman
from data.texts.learned.model import FOLDS, learn
from metrics.codes import WarningCode
from tests.core.test_core_golden import JOURNEY

KIND, UNKIND, THINGS = (
    ("ótimo", "excelente", "rápido"),
    ("péssimo", "quebrado", "atrasado"),
    ("sofá", "mesa", "cama", "loja"),
)


def answers(people: int) -> str:
    """Each person answers twice in Portuguese, which no word list reads; every second one is a detractor. One of ten texts is rated, not said."""
    lines = [
        "response_id  customer_id  responded_at  survey  question_id  metric  scale_min  scale_max  score  language  comment"
    ]
    for n in range(people):
        for again in range(2):
            words = (UNKIND if n % 2 else KIND)[(n + again) % 3]
            said = f"o {THINGS[(n // 2 + again) % 4]} chegou {words}"
            lines.append(
                f"r{n}-{again}  p{n}  2026-03-{2 + again:02}T10:00  after order  q  nps  0  10  {3 if n % 2 else 10}  pt  {said}"
            )
    return "\n".join(lines)


def test_the_next_build_reads_a_language_of_which_300_comments_were_rated(module_company, capsys):
    shop = module_company(journey=JOURNEY, survey_answers=answers(160))
    store = shop.store.path
    before = (
        shop.store.generation()
        .cursor()
        .execute("select distinct sentiment, not_scored from people_verbatims")
        .fetchall()
    )
    assert before == [(None, "no list for Portuguese")]
    before_name = shop.store.generation().name
    assert main(["calibrate", "--store", str(store)]) == 0
    said = capsys.readouterr().out
    assert (
        "320 rated comments of 160 people" in said
        and "pt (320)" in said
        and "calibrated           1.000       1.000" in said
    )
    assert build(shop.folder / "sources.toml", None, store, again=False).generation != before_name
    rows = shop.store.generation().cursor().execute(
        "select a.score, v.sentiment, count(*) from people_verbatims v join people_answers a on a.answer_key = v.verbatim_key group by 1, 2 order by 1"
    ).fetchall()  # fmt: skip
    assert rows == [(3.0, "negative", 160), (10.0, "positive", 160)]
    cell = shop.one("sentiment_net")
    assert cell.value == pytest.approx(0) and [one.code for one in cell.warnings][0] is WarningCode.LEARNED_FROM_RATINGS
    assert WarningCode.LIST_NOT_CALIBRATED not in [one.code for one in cell.warnings]
    again = calibrate(shop.store.generation(), store)
    assert again.version == 2 and kept.newest(store).name == "2.npz" and len(kept.files(store)) == 2
    receipt = erase(store, "p1", "customer_id", "dpo")["learned_from_comments"]
    assert receipt == {
        "deleted": ["calibration/1.npz", "calibration/2.npz"],
        "learned_anew": "calibration/3.npz",
        "why_not": "",
    }
    (left,) = kept.files(store)
    third, alone = kept.load(left.read_bytes()), calibrate(shop.store.generation(), store)
    assert (third.languages, alone.people) == ({"pt": 318}, 159)
    assert np.array_equal(third.weights, kept.load(kept.newest(store).read_bytes()).weights)
    assert again.lists.spearman is None  # the lists still read nothing: what was learned is no input of what is learned


def test_below_300_nothing_is_learned_and_nothing_kept(module_company):
    shop = module_company(journey=JOURNEY, survey_answers=answers(149))
    with pytest.raises(UserError, match="too few comments came with a rating"):
        calibrate(shop.store.generation(), shop.store.path)
    assert kept.files(shop.store.path) == []


def test_nobodys_own_rating_tells_how_their_text_is_read():
    """Ratings by lot; each person has a word of their own and writes it twice. Made of the same people it would be read back."""
    lot = np.random.default_rng(7)
    people = np.repeat(np.arange(300), 2)
    ratings = np.repeat(lot.choice([-1.0, 1.0], 300), 2)
    texts = [told(f"wort{person} gesagt", "", None) for person in people]
    labels = ["negative" if one < 0 else "positive" for one in ratings]
    model, read = learn(texts, ratings, people % FOLDS, labels, {"xx": 600}, 1)
    assert abs(spearman(read, ratings)) < 0.2
    own, _ = model.read(texts, [(person % FOLDS,) for person in people])
    assert own == pytest.approx(read, abs=1e-5)
    everybody, _ = model.read(texts, [()] * len(texts))
    assert spearman(everybody, ratings) > 0.8


def test_area_and_rank_correlation_by_hand():
    """Of four pairs three are in order and one is tied: 3.5 ÷ 4. Ranks 1 2 3 against 1 3 2: ½."""
    assert auc(np.array([2.0, 3.0]), np.array([1.0, 2.0])) == pytest.approx(3.5 / 4)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])) == pytest.approx(0.5)


def test_a_file_that_is_no_calibration_is_one_message():
    with pytest.raises(UserError, match="a calibration cannot be read"):
        kept.load(b"nothing", "1.npz")
