"""Folders as loaders write them: the parts of a table in a folder of its name, tags in a table beside the tickets."""

import duckdb

from data.inspection.alike import nameless, pattern
from data.inspection.folder import inspect_folder
from tests.readers.inspected import as_pasted

PARTS = ("1772359200.1234567.0a1b2c3d4e", "1772445600.7654321.ffe0d1c2b3")


def parquet(folder, name, statement):
    """A Parquet file of what a statement gives."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"copy ({statement}) to '{folder / (name + '.parquet')}' (format parquet)")


def test_parts_of_tables_and_tags_beside_them_are_one_source_each(tmp_path):
    """Ten tickets in two parts, as dlt writes Freshdesk; five of them have tags, which stand in a table of their own."""
    for part, first in zip(PARTS, (0, 5)):
        parquet(
            tmp_path / "tickets",
            part,
            f"""select 100 + i as id, 'Parcel ' || i || ' is late' as subject, case when i % 2 = 0 then 'closed' else 'open' end as status,
                timestamp '2026-03-01 10:00' + i * interval 1 day as created_at, 'f' || i || '@shop.example' as requester__email,
                '1772359200.12' as _dlt_load_id, 'rec' || i as _dlt_id from range({first}, {first + 5}) r(i)""",
        )
        parquet(
            tmp_path / "tickets__tags",
            part,
            f"""select case when i = 0 then 'delivery' else 'refund' end as value, 'rec' || i as _dlt_parent_id, 0 as _dlt_list_idx,
                'x' || i as _dlt_id from range({first}, {first + 5}, 2) r(i)""",
        )
    parquet(
        tmp_path / "_dlt_loads",
        PARTS[0],
        "select '1772359200.12' as load_id, 0 as status, timestamp '2026-03-01' as inserted_at",
    )
    found = inspect_folder(tmp_path)
    assert {file["path"].split("/")[0] for file in found["files"]} == {"tickets", "tickets__tags"}
    assert found["sources_toml"].count("[[source]]") == 3  # the tickets, their numbers in the loader's own, the tags
    assert (
        'path = "tickets/*.parquet"' in found["sources_toml"]
        and 'path = "tickets__tags/*.parquet"' in found["sources_toml"]
    )
    loaded = as_pasted(tmp_path / "any", found)
    assert loaded.rows("select ticket_id, tags from src_support_tickets where tags is not null order by 1") == [
        ("100", ["delivery"]), *((str(100 + i), ["refund"]) for i in (2, 4, 5, 7, 9)),
    ]  # fmt: skip
    assert loaded.rows("select count(*), count(distinct source) from src_support_tickets") == [(10, 1)]


def test_a_part_has_no_name_of_its_own():
    """Numbers, marks and words that loaders write are none; a date behind a word leaves the word."""
    assert all(
        map(
            nameless,
            (
                *PARTS,
                "part-00000-5f1c0e9a-1b2c-4d5e-8f90-a1b2c3d4e5f6-c000.snappy",
                "2026_03_01_1772359200000_0",
                "data_0",
            ),
        )
    )
    assert not any(map(nameless, ("tickets", "data", "events_20260301", "nps1", "export-2026")))
    assert pattern("orders/2026_03_01_1772359200000_0.parquet") == "orders/*.parquet"
    assert pattern("events_20260301.csv") == "events_*.csv" and pattern("2026-03-01.csv") == "*.csv"
