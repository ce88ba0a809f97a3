"""A folder: every file looked at, both settings files written, and what is built from them counted by hand."""

import json
import zipfile

import duckdb
import pytest

import metrics
from commands.data import main
from data.inspection.folder import inspect_folder
from data.readers import READERS
from data.settings.sources import load_sources
from tests.readers.inspected import days, table


@pytest.fixture
def exports(tmp_path):
    """20 answers (8 promoters, 4 detractors), 12 tickets in two months' files solved after 6 h, 10 orders of 20.50, and a note to nobody."""
    folder = tmp_path / "exports"
    (folder / "help").mkdir(parents=True)
    scores = [10] * 8 + [8] * 8 + [0] * 4
    table(
        folder / "NPS shop.csv",
        [
            {
                "Antwort-ID": f"r{n}",
                "Abgeschickt am": f"{n + 1:02}.03.2026 10:00",
                "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?": score,
                "Kundennummer": f"K{n}",
                "Anmerkungen": "es ging alles sehr schnell",
            }
            for n, score in enumerate(scores)
        ],
        ";",
    )
    for month in (1, 2):
        table(
            folder / "help" / f"tickets-2026-0{month}.csv",
            [
                {
                    "Case Number": 100 * month + n,
                    "Opened At": f"2026-0{month}-{n + 1:02} 09:00",
                    "Resolved": f"2026-0{month}-{n + 1:02} 15:00",
                    "Status": "solved",
                    "Subject": f"late parcel {n}",
                }
                for n in range(6)
            ],
        )
    table(
        folder / "ventes.csv",
        [
            {"Numéro de commande": f"C{n}", "Date de commande": days(n), "Montant": "20,50", "Numéro client": f"K{n}"}
            for n in range(10)
        ],
        ";",
    )
    table(folder / "colours.csv", [{"colour": "red", "shade": "dark"}, {"colour": "blue", "shade": "light"}])
    (folder / "README.md").write_text("what we exported")
    return folder


def test_both_files_are_written_and_build_to_a_hand_count(exports, tmp_path, capsys):
    assert main(["inspect", str(exports)]) == 0
    said = capsys.readouterr().out
    assert "wrote sources.toml" in said and "wrote journey.toml" in said
    assert "NPS shop.csv: answers to a survey (table reader), 20 of 20 records load" in said
    assert (
        "colours.csv: nothing the contract has a table for" in said
        and "! not loaded: no table of the contract fits these columns" in said
    )
    sources = load_sources(exports / "sources.toml", tuple(READERS)).sources
    assert sorted(source.path for source in sources) == ["NPS shop.csv", "help/tickets-*.csv", "ventes.csv"]
    assert main(["build", "--sources", str(exports / "sources.toml"), "--store", str(tmp_path / "store")]) == 0
    library = metrics.open(tmp_path / "store")
    shown = {
        metric: library.show(metric, start="2026-01-01", end="2026-03-31").iloc[0]
        for metric in ("nps_relationship", "resolution_p50", "revenue_per_person")
    }
    assert (shown["nps_relationship"]["value"], shown["nps_relationship"]["n"]) == (20.0, 20)
    assert (shown["resolution_p50"]["value"], shown["resolution_p50"]["n"]) == (6.0, 12)
    assert (shown["revenue_per_person"]["value"], shown["revenue_per_person"]["n"]) == (20.5, 10)


def test_nothing_is_overwritten_without_force(exports):
    inspect_folder(exports)
    (exports / "journey.toml").write_text("mine")
    assert main(["inspect", str(exports)]) == 2 and (exports / "journey.toml").read_text() == "mine"
    (exports / "sources.toml").unlink()
    assert main(["inspect", str(exports)]) == 2 and not (exports / "sources.toml").exists()
    assert main(["inspect", str(exports), "--force"]) == 0 and "[[survey]]" in (exports / "journey.toml").read_text()


def test_files_of_one_vendor_are_one_source(tmp_path):
    event = {
        "event_name": "page_view",
        "user_pseudo_id": "1.1",
        "event_params": [{"key": "page_location", "value": {"string_value": "https://a.example/"}}],
    }
    for number, name in enumerate(("events_20260304", "events_intraday_20260305")):
        (tmp_path / f"{name}.ndjson").write_text(
            json.dumps(event | {"event_timestamp": f"177260000000000{number}"}) + "\n"
        )
    found = inspect_folder(tmp_path)
    assert [source.path for source in load_sources(tmp_path / "sources.toml", tuple(READERS)).sources] == [
        "events_*.ndjson"
    ]
    assert found["written"] == ["sources.toml", "journey.toml"]


def test_a_folder_with_nothing_to_read_is_a_wrong_request(tmp_path, capsys):
    (tmp_path / "notes.md").write_text("x")
    assert main(["inspect", str(tmp_path)]) == 2 and "no file with records" in capsys.readouterr().err


def test_the_json_of_a_folder_names_every_file(exports, capsys):
    assert main(["inspect", str(exports), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"folder", "files", "written", "sources_toml", "journey_toml"}
    assert [file["path"] for file in found["files"]] == [
        "NPS shop.csv",
        "colours.csv",
        "help/tickets-2026-01.csv",
        "help/tickets-2026-02.csv",
        "ventes.csv",
    ]
    assert str(exports) not in json.dumps(found)


def test_members_of_an_archive_keep_their_place_and_visits_are_counted_once(tmp_path):
    """Three tables of one site in a ZIP: pages are read, days and browsers would count the same visits again."""
    folder = tmp_path / "site"
    folder.mkdir()

    def rows(header: str, line: str) -> str:
        return "\n".join([header, *(line.format(day=days(n), visits=10 + n) for n in range(8))]) + "\n"

    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        for name, content in {
            "pages_1.csv": rows("date,page,visits,visitors,pageviews", "{day},/cart,{visits},5,20"),
            "visitors_1.csv": rows("date,visits,visitors,pageviews,bounces", "{day},{visits},5,20,1"),
            "browsers_1.csv": rows("date,browser,visits,visitors,pageviews", "{day},Firefox,{visits},5,20"),
        }.items():
            archive.writestr(name, content)
    written = inspect_folder(folder)["sources_toml"]
    assert written.count("[[source]]") == 1 and 'path = "export.zip/pages_1.csv"' in written
    store = tmp_path / "store"
    assert main(["build", "--sources", str(folder / "sources.toml"), "--store", str(store)]) == 0
    with duckdb.connect(str(store / (store / "CURRENT").read_text()), read_only=True) as con:
        assert con.execute("select sum(visits), count(*) from web_daily").fetchall() == [(sum(range(10, 18)), 8)]
