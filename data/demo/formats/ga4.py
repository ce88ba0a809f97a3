"""Web analytics as Google's BigQuery export writes it: one Parquet file a month, rows in order of time."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.demo import identity
from data.demo.calendar import DAY, START, WEEK, Window, week_start
from data.demo.customers.people import REGIONS
from data.demo.events import NONE
from data.demo.site import CAMPAIGNS, EVENT, EVENTS, KINDS, TEXTS, TITLES, URLS
from data.demo.tracking import DECLARED, HUMAN, RELEASES

CHUNK = 200_000  # events turned into nested columns at a time
PARAMS = (
    "ga_session_id",
    "ga_session_number",
    "page_location",
    "page_title",
    "page_referrer",
    "engagement_time_msec",
    "search_term",
    "target",
    "message",
    "item_category",
    "transaction_id",
    "currency",
    "value",
    "app_version",
    "lcp_ms",
    "inp_ms",
    "cls",
    "fcp_ms",
    "ttfb_ms",
    "experiment",
    "variant",
    "traffic_type",
)
PARAM = {name: code for code, name in enumerate(PARAMS)}
WORDS = URLS + TITLES + TEXTS + KINDS + RELEASES + ("EUR", "control", "treatment", "internal")
WORD_AT = {
    "url": 0,
    "title": len(URLS),
    "text": 2 * len(URLS),
    "kind": 2 * len(URLS) + len(TEXTS),
    "release": 2 * len(URLS) + len(TEXTS) + len(KINDS),
    "rest": len(WORDS) - 4,
}
PLACES = (
    ("Germany", "Hamburg"),
    ("Germany", "North Rhine-Westphalia"),
    ("Germany", "Bavaria"),
    ("Germany", "Saxony"),
    ("Austria", "Vienna"),
)
SYSTEMS = ("Windows", "Android", "iOS", "Android")


def write_weeks(path: Path, weeks: list[int], sources: list[tuple[Path, Path]], window: Window) -> int:
    """Merges the blocks' events of these weeks into one file, a row group a week; returns the number of events."""
    writer, total = None, 0
    for week in weeks:
        heads, rows = _gather(week, sources)
        order = np.lexsort((rows["copy"], rows["name"], rows["session"], rows["at"]))
        rows = rows[order]
        for begin in range(0, len(rows), CHUNK):
            table = _table(heads, rows[begin : begin + CHUNK], window)
            writer = writer or _writer(path, table.schema)
            writer.write_table(table)
        total += len(rows)
    if writer:
        writer.close()
    return total


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Dictionaries for text and statistics for what is filtered on: everything else costs time and gains nothing."""
    texts = [leaf for field in schema for leaf in _text_leaves(field.type, field.name)]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        store_schema=False,
        use_dictionary=texts,
        write_statistics=["event_date", "event_timestamp", "event_name"],
    )


def _text_leaves(kind: pa.DataType, path: str) -> list[str]:
    if pa.types.is_struct(kind):
        return [leaf for field in kind for leaf in _text_leaves(field.type, f"{path}.{field.name}")]
    if pa.types.is_list(kind):
        return _text_leaves(kind.value_type, f"{path}.list.element")
    return [path] if pa.types.is_dictionary(kind) or pa.types.is_string(kind) else []


def months(window: Window) -> dict[str, list[int]]:
    """Weeks by the month of their Monday, one more week for what runs over the end."""
    found: dict[str, list[int]] = {}
    for week in range(1, window.weeks + 1):
        found.setdefault(f"{week_start(week):%Y%m}", []).append(week)
    return found


def _gather(week: int, sources: list[tuple[Path, Path]]) -> tuple[np.ndarray, np.ndarray]:
    heads, rows, offset = [], [], 0
    for head_file, row_file in sources:
        every = np.load(row_file, mmap_mode="r")
        begin, end = np.searchsorted(every["at"], [(week - 1) * WEEK, week * WEEK])
        mine = np.array(every[begin:end])
        used, mine["session"] = np.unique(mine["session"], return_inverse=True)
        mine["session"] += offset
        heads.append(np.load(head_file, mmap_mode="r")[used])
        rows.append(mine)
        offset += len(used)
    return np.concatenate(heads), np.concatenate(rows)


def _table(heads: np.ndarray, rows: np.ndarray, window: Window) -> pa.Table:
    head = heads[rows["session"]]
    at = window.to_utc_us(rows["at"])
    day = (rows["at"] // DAY).astype(np.int64)
    shown = np.unique(rows["session"], return_inverse=True)
    anonymous = _client_ids(heads[shown[0]]).take(pa.array(shown[1]))
    columns = {
        "event_date": _dates(day),
        "event_timestamp": pa.array(at),
        "event_name": _coded(rows["name"], EVENTS),
        "event_params": _params(head, rows),
        "user_id": _users(head["user"]),
        "user_pseudo_id": anonymous,
        "device": _device(head),
        "geo": _geo(head),
        "app_info": _app(head),
        "traffic_source": _source(head),
        "stream_id": _coded(_app_kind(head), ("2210001", "2210002", "2210003")),
        "platform": _coded(_app_kind(head), ("WEB", "IOS", "ANDROID")),
        "ecommerce": _ecommerce(rows),
    }
    return pa.table(columns)


def _coded(codes: np.ndarray, words: tuple[str, ...], missing: np.ndarray | None = None) -> pa.Array:
    """Words by code. Each word stands once in the dictionary: a repeated one makes the file's bytes vary."""
    once = {word: number for number, word in enumerate(dict.fromkeys(words))}
    place = np.array([once[word] for word in words], dtype=np.int32)
    index = place[np.clip(codes, 0, len(words) - 1)]
    return pa.DictionaryArray.from_arrays(pa.array(index, mask=missing), pa.array(list(once), pa.string()))


def _dates(day: np.ndarray) -> pa.Array:
    first = int(day.min())
    words = tuple(f"{START + timedelta(first + i):%Y%m%d}" for i in range(int(day.max()) - first + 1))
    return _coded(day - first, words)


def _client_ids(heads: np.ndarray) -> pa.Array:
    text = pc.binary_join_element_wise(
        pa.array(heads["a"]).cast(pa.string()), pa.array(heads["b"]).cast(pa.string()), "."
    )
    return text


def _users(user: np.ndarray) -> pa.Array:
    numbers, index = np.unique(user, return_inverse=True)
    words = pa.array([None if n == NONE else identity.customer_id(int(n)) for n in numbers], pa.string())
    return words.take(pa.array(index))


def _app_kind(head: np.ndarray) -> np.ndarray:
    return np.maximum(head["device"].astype(np.int32) - 1, 0)


def _struct(**fields: pa.Array) -> pa.StructArray:
    return pa.StructArray.from_arrays(list(fields.values()), names=list(fields))


def _device(head: np.ndarray) -> pa.StructArray:
    browser = np.where(head["device"] >= 2, 2, np.where(head["bot"] == DECLARED, 1, 0))
    return _struct(
        category=_coded(np.minimum(head["device"], 1), ("desktop", "mobile")),
        operating_system=_coded(head["device"], SYSTEMS),
        language=_coded(head["german"], ("en-gb", "de-de")),
        web_info=_struct(
            browser=_coded(browser, ("Chrome", "AhrefsBot", ""), browser == 2),
            hostname=_coded(browser, ("www.hearthandpine.example",) * 2 + ("",), browser == 2),
        ),
    )


def _geo(head: np.ndarray) -> pa.StructArray:
    crawler = head["bot"] != HUMAN
    place = np.where(crawler, len(PLACES), head["region"])
    return _struct(
        country=_coded(place, tuple(c for c, _ in PLACES) + ("United States",)),
        region=_coded(place, REGIONS + ("Virginia",)),
        city=_coded(place, tuple(r for _, r in PLACES) + ("Ashburn",)),
    )


def _app(head: np.ndarray) -> pa.StructArray:
    none = head["release"] == 0
    return _struct(
        id=_coded(none, ("example.hearthandpine.app", ""), none), version=_coded(head["release"], RELEASES, none)
    )


def _source(head: np.ndarray) -> pa.StructArray:
    return _struct(
        source=_coded(head["source"], tuple(s for s, _, _ in CAMPAIGNS)),
        medium=_coded(head["source"], tuple(m for _, m, _ in CAMPAIGNS)),
        name=_coded(head["source"], tuple(n for _, _, n in CAMPAIGNS)),
    )


def _ecommerce(rows: np.ndarray) -> pa.StructArray:
    bought = rows["name"] == EVENT["purchase"]
    hidden = ~bought | (rows["order"] == NONE)
    numbers, index = np.unique(rows["order"], return_inverse=True)
    words = pa.array([identity.order_id(int(n)) for n in numbers])
    return _struct(
        transaction_id=words.take(pa.array(index, mask=hidden)),
        purchase_revenue=pa.array(rows["cents"] / 100, mask=~bought),
    )


def _params(head: np.ndarray, rows: np.ndarray) -> pa.Array:
    """event_params: list<struct<key, value<string_value, int_value, float_value, double_value>>>."""
    wanted = _param_values(head, rows)
    count = sum((mask.astype(np.int32) for _, mask, _, _ in wanted), np.zeros(len(rows), np.int32))
    offsets = np.r_[0, np.cumsum(count)].astype(np.int32)
    total = int(offsets[-1])
    key, word, whole = np.empty(total, np.int32), np.full(total, NONE, np.int32), np.zeros(total, np.int64)
    real, is_whole, is_real = np.zeros(total), np.zeros(total, bool), np.zeros(total, bool)
    at = offsets[:-1].copy()
    extra: list[str] = []
    for name, mask, kind, value in wanted:
        place = at[mask]
        key[place] = PARAM[name]
        if kind == "text":
            word[place] = value[mask]
        elif kind == "order":
            word[place] = len(WORDS) + len(extra) + np.arange(len(place))
            extra += [identity.order_id(int(n)) for n in value[mask]]
        elif kind == "whole":
            whole[place], is_whole[place] = value[mask], True
        else:
            real[place], is_real[place] = value[mask], True
        at[mask] += 1
    value = _struct(
        string_value=_coded(word, WORDS + tuple(extra), word == NONE),
        int_value=pa.array(whole, mask=~is_whole),
        float_value=pa.nulls(total, pa.float64()),
        double_value=pa.array(real, mask=~is_real),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), _struct(key=_coded(key, PARAMS), value=value))


def _param_values(head: np.ndarray, rows: np.ndarray) -> list[tuple[str, np.ndarray, str, np.ndarray]]:
    """(param, which events have it, type, value per event)."""
    name, every = rows["name"], np.ones(len(rows), dtype=bool)
    vitals, bought, trial = name == EVENT["web_vitals"], name == EVENT["purchase"], rows["variant"] != NONE
    searched, text = name == EVENT["view_search_results"], rows["text"].astype(np.int32) + WORD_AT["text"]
    clicked = (name == EVENT["rage_click"]) | (name == EVENT["dead_click"])
    failed = (name == EVENT["js_error"]) | (name == EVENT["form_error"])
    page, lcp = rows["page"].astype(np.int32), rows["lcp"]
    rest = np.full(len(rows), WORD_AT["rest"], dtype=np.int32)
    return [
        ("ga_session_id", every, "whole", head["ga"]),
        ("ga_session_number", name == EVENT["session_start"], "whole", head["count"]),
        ("page_location", every, "text", page),
        ("page_title", name == EVENT["page_view"], "text", page + WORD_AT["title"]),
        ("page_referrer", rows["referrer"] != NONE, "text", rows["referrer"].astype(np.int32)),
        ("engagement_time_msec", rows["engaged"] > 0, "whole", rows["engaged"]),
        ("search_term", searched, "text", text),
        ("target", clicked, "text", text),
        ("message", failed, "text", text),
        ("item_category", rows["kind"] != NONE, "text", rows["kind"].astype(np.int32) + WORD_AT["kind"]),
        ("transaction_id", bought & (rows["order"] != NONE), "order", rows["order"]),
        ("currency", bought, "text", rest),
        ("value", bought, "real", rows["cents"] / 100),
        (
            "app_version",
            (head["release"] > 0) & (name == EVENT["session_start"]),
            "text",
            head["release"].astype(np.int32) + WORD_AT["release"],
        ),
        ("lcp_ms", vitals, "whole", lcp),
        ("inp_ms", vitals, "whole", rows["inp"]),
        ("cls", vitals, "real", rows["cls"] / 1000),
        ("fcp_ms", vitals, "whole", lcp * 6 // 10),
        ("ttfb_ms", vitals, "whole", lcp // 4),
        ("experiment", trial, "text", text),
        ("variant", trial, "text", rest + 1 + np.maximum(rows["variant"], 0)),
        ("traffic_type", head["internal"] > 0, "text", rest + 3),
    ]
