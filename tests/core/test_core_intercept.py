"""The intercept survey of examples/: one file read by several [[source]] blocks gives the published numbers."""

import csv
import io
import shutil
from itertools import chain, repeat

import pytest

from data.build.build import build
from data.store.generations import Store
from tests.core.company import ROOT, Company

EXAMPLE = ROOT / "examples" / "intercept-survey"
REAL = ROOT.parent / "shared" / "real" / "ecommerce_intercept_survey" / "ecommerce-data.csv"
FOUND, CART, BOUGHT = "taskFindWhatLookingFor", "behavCart", "behavConversion"
COLUMNS = [
    "dateTime",
    "country",
    "region",
    "surveyType",
    FOUND,
    "intentWasPlanningToBuy",
    "purchaseExpectInNextMonth",
    "behavHomePage",
    "behavDetailProdA",
    "behavDetailProdB",
    "behavDetailProdC",
    "behavAnySolution",
    "behavAnySale",
    CART,
    BOUGHT,
]
# what the visitor said → put in the cart and bought, in the cart only, neither
COUNTS = {"Most or all of it": (73, 22, 456), "Some of it": (9, 6, 254), "None of it": (2, 4, 85), "": (29, 42, 611)}


def same_counts() -> bytes:
    """A file with the real one's columns and counts: 1,593 visitors, 187 carts, 113 orders."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="0", lineterminator="\n")
    writer.writeheader()
    for said, (bought, cart, neither) in COUNTS.items():
        for in_cart, ordered in chain(repeat((1, 1), bought), repeat((1, 0), cart), repeat((0, 0), neither)):
            writer.writerow(
                {
                    "dateTime": "7/25/2014 14:10",
                    "country": "United States",
                    "region": "LA",
                    "surveyType": "At Exit",
                    FOUND: said,
                    "intentWasPlanningToBuy": "Yes",
                    "purchaseExpectInNextMonth": "5",
                    CART: in_cart,
                    BOUGHT: ordered,
                }
            )
    return out.getvalue().encode()


FILES = {"same counts": same_counts} | ({"the real file": REAL.read_bytes} if REAL.exists() else {})


@pytest.fixture(scope="module", params=FILES)
def shop(request, tmp_path_factory) -> Company:
    """The example as it lies in the repository, with its data beside it."""
    folder = tmp_path_factory.mktemp("intercept")
    for name in ("sources.toml", "journey.toml"):
        shutil.copy(EXAMPLE / name, folder)
    (folder / "ecommerce-data.csv").write_bytes(FILES[request.param]())
    summary = build(folder / "sources.toml", None, folder / "store")
    return Company(folder, summary, Store(folder / "store"))


def test_every_block_accounts_for_every_record(shop):
    """Each block reads all 1,593 records: those its where leaves out are refused as excluded, none is lost."""
    for line in shop.summary.files:
        assert line["rows_in"] == line["loaded"] + line["refused"] == 1593
    loaded = {line["source"]: line["loaded"] for line in shop.summary.files}
    assert (loaded["visits"], loaded["cart"], loaded["order"]) == (1593, 187, 113)
    assert shop.value("select count(*) from refusals where kind = 'bad'") == 0


def test_conversion(shop):
    """113 of 1,593 visitors bought: 7.09 %."""
    cell = shop.one("conversion_visit")
    assert (round(cell.value, 4), cell.n) == (0.0709, 1593)


def test_cart(shop):
    """187 of 1,593 came to Decide, which begins with the cart: 11.74 %."""
    assert shop.shown("stage_reach_rate", "stage")["Decide"] == (0.1174, 1593)


def test_conversion_by_what_they_said(shop):
    """73/551, 9/269 and 2/91; the 682 who were not asked stay apart: 29 of them bought."""
    cells = {cell.by["answer"]: cell for cell in shop.show("conversion_visit", by="answer:found")}
    assert {said: (round(cell.value, 4), cell.n) for said, cell in cells.items()} == {
        "Most or all of it": (0.1325, 551),
        "Some of it": (0.0335, 269),
        "None of it": (0.022, 91),
        None: (0.0425, 682),
    }


def test_completion_by_stage(shop):
    """Decide is left by an order: 113 of 187. Buy has no goal in the file, so it has no completion, and says so."""
    shown = shop.shown("completion_rate", "stage")
    assert shown["Decide"] == (round(113 / 187, 4), 187)
    assert shown["Buy"] == "not_applicable"
