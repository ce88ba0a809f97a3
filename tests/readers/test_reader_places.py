"""What `columns` of sources.toml can name: paths into JSON, JSON text in a cell, lists by place and by key, several as one."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.files.json_paths import steps_of
from tests.readers.loading import load, ndjson


def answers(path, **columns):
    """The survey's answers of a file with score and comment mapped."""
    return load(path, "table", table="survey_answers", columns=columns, constants={"survey": "s"})


def test_a_list_is_read_by_place_and_by_key(tmp_path):
    file = ndjson(
        tmp_path / "form.ndjson",
        {"reponses": [{"champ": {"ref": "note"}, "nombre": 9}, {"champ": {"ref": "pourquoi"}, "texte": "rapide"}]},
        {"reponses": [{"champ": {"ref": "pourquoi"}, "texte": "lent"}, {"champ": {"ref": "note"}, "nombre": 2}]},
    )
    by_key = answers(file, score="reponses[champ.ref=note].nombre", comment="reponses[champ.ref=pourquoi].texte")
    assert by_key.rows("select score, comment from src_survey_answers order by row") == [(9.0, "rapide"), (2.0, "lent")]
    by_place = answers(file, score="reponses[0].nombre", comment="reponses[-1].texte")
    assert by_place.rows("select score, comment from src_survey_answers order by row") == [(9.0, "rapide")]
    assert by_place.account() == (2, 1, 1)


def test_json_in_a_cell_is_read_as_json_is(tmp_path):
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    rows.writerow(["id", "merkmale"])
    rows.writerow(["1", json.dumps({"$bewertung": "4", "seite": {"url": "/kasse?a=1"}})])
    rows.writerow(["2", json.dumps({"$bewertung": 5, "seite": {"url": "/start"}})])
    rows.writerow(["3", "kein JSON"])
    (tmp_path / "export.csv").write_text(out.getvalue(), encoding="utf-8")
    found = answers(tmp_path / "export.csv", response_id="id", score="merkmale.$bewertung", url="merkmale.seite.url")
    assert found.rows("select score, url from src_survey_answers order by row") == [
        (4.0, "/kasse?a=1"),
        (5.0, "/start"),
    ]
    assert found.account() == (3, 2, 1)


def test_parameters_written_as_a_list_are_found_by_their_key(tmp_path):
    params = [
        {"key": "page_location", "value": {"string_value": "https://shop.example/cart"}},
        {"key": "ga_session_id", "value": {"int_value": "77"}},
    ]
    file = tmp_path / "bq.csv"
    with file.open("w", newline="") as text:
        csv.writer(text).writerows([["at", "visitor", "event_params"], ["2026-03-02 10:00", "v1", json.dumps(params)]])
    found = load(
        file,
        "table",
        table="web_events",
        columns={
            "occurred_at": "at",
            "anonymous_id": "visitor",
            "url": "event_params[key=page_location].value.string_value",
            "session_id": "{visitor}.{event_params[key=ga_session_id].value.int_value}",
        },
    )
    assert found.rows("select url, session_id from src_web_events") == [("https://shop.example/cart", "v1.77")]


def test_json_written_as_text_inside_json_and_inside_parquet(tmp_path):
    twice = ndjson(
        tmp_path / "twice.ndjson",
        {"payload": json.dumps({"nota": 3, "por": "caro"})},
        {"payload": json.dumps({"nota": 5})},
    )
    assert answers(twice, score="payload.nota", comment="payload.por").rows(
        "select score, comment from src_survey_answers order by row"
    ) == [(3.0, "caro"), (5.0, None)]
    pq.write_table(
        pa.table({"props": ['{"nota": 1}', '{"nota": 2}'], "ratings": [[{"v": 7}], [{"v": 8}]]}), tmp_path / "p.parquet"
    )
    assert answers(tmp_path / "p.parquet", score="props.nota").one("select sum(score) from src_survey_answers") == 3
    assert answers(tmp_path / "p.parquet", score="ratings[0].v").one("select sum(score) from src_survey_answers") == 15


def test_an_id_of_several_columns_needs_all_of_them_and_a_text_what_there_is(tmp_path):
    (tmp_path / "a.csv").write_text(
        "d,t,u,s,titel,text\n2026-03-02,10:30,u1,5,gut,schnell\n2026-03-03,,u2,,,langsam\n2026-03-04,,u3,7,,\n"
    )
    found = load(
        tmp_path / "a.csv",
        "table",
        table="survey_answers",
        constants={"survey": "s", "score": 3},
        columns={"responded_at": "{d} {t}", "session_id": "{u}.{s}", "comment": "{titel}: {text}"},
    )
    assert found.rows(
        "select cast(responded_at as varchar), session_id, comment from src_survey_answers order by row"
    ) == [
        ("2026-03-02 10:30:00", "u1.5", "gut: schnell"),
        ("2026-03-03 00:00:00", None, ": langsam"),
        ("2026-03-04 00:00:00", "u3.7", None),
    ]


def test_a_column_of_the_very_name_comes_before_a_path_or_a_template(tmp_path):
    (tmp_path / "a.csv").write_text('a.b,{q},a\n4,yes,"{""b"": 1}"\n')
    found = answers(tmp_path / "a.csv", score="a.b", comment="{q}")
    assert found.rows("select score, comment from src_survey_answers") == [(4.0, "yes")]


def test_every_item_of_a_list_becomes_a_list(tmp_path):
    file = ndjson(
        tmp_path / "t.ndjson",
        {"at": "2026-03-02T10:00:00Z", "id": "1", "labels": [{"name": "zahlung"}, {"name": "vip"}]},
        {"at": "2026-03-02T10:00:00Z", "id": "2", "labels": []},
    )
    found = load(
        file,
        "table",
        table="support_tickets",
        columns={"created_at": "at", "ticket_id": "id", "tags": "labels[*].name"},
    )
    assert found.rows("select tags from src_support_tickets order by ticket_id") == [(["zahlung", "vip"],), (None,)]


def test_where_reads_paths_too(tmp_path):
    file = ndjson(
        tmp_path / "e.ndjson", {"p": {"kind": "it's"}, "s": [{"v": 4}]}, {"p": {"kind": "other"}, "s": [{"v": 5}]}
    )
    found = load(
        file,
        "table",
        table="survey_answers",
        columns={"score": "s[0].v"},
        constants={"survey": "s"},
        where="\"p.kind\" = 'it''s'",
    )
    assert (found.one("select score from src_survey_answers"), found.account()) == (4.0, (2, 1, 1))


def test_a_path_that_no_record_has_is_named_with_the_nearest(tmp_path):
    file = ndjson(
        tmp_path / "a.ndjson",
        {"nps": 9, "kunde": {"email": "a@x.example"}},
        {"nps": 3, "kunde": {"email": "b@x.example"}},
    )
    found = answers(file, score="nps", email="kunde.mail")
    assert "no record has a value at 'kunde.mail' (Did you mean 'kunde.email'?)" in found.notes()
    assert not answers(file, score="nps", email="kunde.email").notes()


def test_a_missing_part_of_a_template_refuses_the_file_by_its_name(tmp_path):
    (tmp_path / "a.csv").write_text("user,sitting,score\nu,1,3\n")
    found = answers(tmp_path / "a.csv", score="score", session_id="{user}.{session}")
    assert "columns the source maps are not in the file: session" in found.problem() and found.account() == (1, 0, 1)


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("event_properties.[Amplitude] Page URL", ["event_properties", "[Amplitude] Page URL"]),
        ('e."a.b".c', ["e", "a.b", "c"]),
        ("Q1 [SQ001]", ["Q1 [SQ001]"]),
        ("q[a", ["q[a"]),
        ("a.$b", ["a", "$b"]),
    ],
)
def test_brackets_and_dots_that_belong_to_a_name(path, steps):
    assert [step.key for step in steps_of(path)] == steps
