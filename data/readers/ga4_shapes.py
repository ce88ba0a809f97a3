"""The shapes GA4 events come in, brought to one relation `_ga4`: a row a record, params as two parallel lists."""

from typing import Any

import duckdb

from data.errors import FileProblem
from data.files.tabular import Relation
from data.sqlfile import run_sql

NULL_WORDS = "('', '(not set)', '(none)', '<Other>')"
USED = "('page_location', 'page_referrer', 'ga_session_id')"  # params with a column of their own
VALUE = {"string_value": "VARCHAR", "int_value": "BIGINT", "float_value": "DOUBLE", "double_value": "DOUBLE"}
STRUCTURE = """{"event_timestamp": "BIGINT", "event_name": "VARCHAR", "user_pseudo_id": "VARCHAR",
 "client_id": "VARCHAR", "user_id": "VARCHAR", "event_bundle_sequence_id": "VARCHAR", "batch_event_index": "VARCHAR",
 "batch_page_id": "VARCHAR", "batch_ordering_id": "VARCHAR", "platform": "VARCHAR",
 "event_params": [{"key": "VARCHAR", "value": {"string_value": "VARCHAR", "int_value": "BIGINT",
                                               "float_value": "DOUBLE", "double_value": "DOUBLE"}}],
 "device": {"category": "VARCHAR", "language": "VARCHAR", "browser": "VARCHAR", "web_info": {"browser": "VARCHAR"}},
 "geo": {"country": "VARCHAR", "region": "VARCHAR"}, "app_info": {"version": "VARCHAR"},
 "collected_traffic_source": {"manual_campaign_name": "VARCHAR"}, "items": [{"item_id": "VARCHAR", "item_category": "VARCHAR"}],
 "ecommerce": {"transaction_id": "VARCHAR", "purchase_revenue": "JSON", "purchase_revenue_in_usd": "JSON"}}"""
PARAMS = '[{"key": "VARCHAR", "value": {"string_value": "VARCHAR", "int_value": "BIGINT", "float_value": "DOUBLE", "double_value": "DOUBLE"}}]'
# Whether the params of a document are BigQuery's own list, as of nearly every file.
USUAL = (
    "coalesce(json_type(doc, '$.event_params') = 'ARRAY' and coalesce(json_type(doc, '$.event_params[0].value'), 'OBJECT') = 'OBJECT', "
    "json_type(doc, '$.event_params') is null)"
)
# Column of _ga4 → where it may stand, first found first; text columns lose GA4's words for "unknown".
TEXTS = {
    "customer_id": ("user_id",),
    "anonymous_id": ("user_pseudo_id", "client_id"),
    "device": ("device.category", "device_category"),
    "language": ("device.language",),
    "browser": ("device.web_info.browser", "device.browser"),
    "country": ("geo.country", "geo_country"),
    "region": ("geo.region", "geo_region"),
    "app_version": ("app_info.version", "app_info_version"),
    "campaign": ("collected_traffic_source.manual_campaign_name", "collected_traffic_source_manual_campaign_name"),
    "transaction_id": ("ecommerce.transaction_id", "ecommerce_transaction_id"),
}
BATCH = ("event_bundle_sequence_id", "batch_event_index", "batch_page_id", "batch_ordering_id", "bundle_sequence_id")
OWN = ("ecommerce.purchase_revenue", "ecommerce_purchase_revenue")
DOLLARS = ("ecommerce.purchase_revenue_in_usd", "ecommerce_purchase_revenue_in_usd")


def create_events(con: duckdb.DuckDBPyConnection, relation: Relation, file: str | None) -> None:
    """Create the view `_ga4` over an opened file, or over several as one (`file` None, their names in `_file`).

    Raises FileProblem where a file is not a GA4 export.
    """
    name = relation.name
    if relation.columns == ["doc"]:
        run_sql(con, "data/readers/sql", "ga4_params")
        con.execute(
            f"create or replace temp table _ga4_doc as select _row, unnest(json_transform(case when {USUAL} then doc "
            f"else json_merge_patch(doc, json_object('event_params', ga4_params(doc->'$.event_params'))) end, $structure)) "
            f"from {name}",
            {"structure": STRUCTURE},
        )
        name = "_ga4_doc"
    fields = _fields(con, name)
    if fields.get("event_params") in ("VARCHAR", "JSON"):
        name = _spelled_out(con, name)
        fields = _fields(con, name)
    stamp = _first(fields, ("event_timestamp", "timestamp"))
    texts = {
        column: f"case when {found} not in {NULL_WORDS} then {found} end"
        for column, found in ((c, _text(fields, places)) for c, places in TEXTS.items())
    }
    texts["product"] = "items[1].item_id" if "items.item_id" in fields else "null::varchar"
    texts["category"] = "items[1].item_category" if "items.item_category" in fields else "null::varchar"
    if stamp == "null" or not _is_event_export(con, name, fields, file is None):
        problem = FileProblem(
            "not a GA4 export",
            file=file,
            allowed="records with event_timestamp, event_name and event_params",
            fix='Use reader = "table" and name its columns',
        )
        problem.records = relation.records
        raise problem
    if "event_params" in fields and not any(f"event_params.value.{kind}" in fields for kind in VALUE):
        problem = FileProblem(
            "event_params is no list of keys and values",
            file=file,
            found=fields["event_params"][:60],
            allowed="a list of key and value, as BigQuery writes it, or columns param_…",
            fix="Export it again as Parquet, NDJSON or JSON from BigQuery",
        )
        problem.records = relation.records
        raise problem
    keys, values, rest = _params(fields, relation)
    con.execute(
        _view(
            name,
            "_file" if file is None else "'" + file.replace("'", "''") + "'",
            _time(fields, stamp),
            texts,
            keys,
            values,
            rest,
            _money(fields),
            _batch(fields),
            _text(fields, ("event_name", "name")),
            _text(fields, ("platform",)),
        )
    )


def _spelled_out(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """Params held as JSON text, as warehouses write them that have no lists: the same relation with a list. Text that is no JSON stays
    text, and is refused as such."""
    run_sql(con, "data/readers/sql", "ga4_params")
    text = f"select count(event_params), count(try_cast(event_params as json)) from (select event_params from {name} limit 1000)"
    given, read = con.execute(text).fetchall()[0]
    if not given or read < given:
        return name
    con.execute(
        f"create or replace temp table _ga4_spelled as select * replace (json_transform(ga4_params(try_cast(event_params as json)), "
        f"'{PARAMS}') as event_params) from {name}"
    )
    return "_ga4_spelled"


def _view(
    name: str,
    file: str,
    time: str,
    texts: dict[str, str],
    keys: str,
    values: str,
    rest: str,
    money: str,
    batch: str,
    event: str,
    platform: str,
) -> str:
    columns = ", ".join(f"{text} as {column}" for column, text in texts.items())
    return f"""create or replace temp view _ga4 as
        with shaped as (select {file} as _file, _row, {time} as occurred_at, {event} as event_name, {columns}, {keys} as keys,
                               {values} as vals, {rest} as rest,
                               {money}, {batch} as batch, lower({platform}) as platform from {name}),
        placed as (select *, vals[list_position(keys, 'ga_session_id')] as session from shaped)
        select * exclude (platform, session),
               md5(concat_ws('|', coalesce(anonymous_id, ''), coalesce(epoch_us(occurred_at), 0),
                             coalesce(event_name, ''),
                             batch)) as id,
               case when session is not null then anonymous_id || '.' || session end as session_id,
               case when platform = 'web' then 'web'
                    when platform in ('ios', 'android', 'app') then 'app' end as touch_channel
        from placed"""


def _first(fields: dict[str, str], places: tuple[str, ...]) -> str:
    """The first of these columns or dotted fields that there is, or null."""
    return next(iter(_all(fields, places)), "null")


def _all(fields: dict[str, str], places: tuple[str, ...]) -> list[str]:
    return [_sql(place) for place in places if place in fields]


def _sql(place: str) -> str:
    return ".".join(f'"{step}"' for step in place.split("."))


def _fields(con: duckdb.DuckDBPyConnection, name: str) -> dict[str, str]:
    """Every column, and every field inside it as a dotted name → its type."""
    description = con.execute(f"select * from {name} limit 0").description
    found: dict[str, str] = {}

    def walk(place: str, kind: Any) -> None:
        found[place] = str(kind)
        for child, inner in kind.children if kind.id in ("struct", "list") else ():
            walk(place if kind.id == "list" else f"{place}.{child}", inner)

    for column, kind, *_ in description:
        walk(column, kind)
    return found


def _text(fields: dict[str, str], places: tuple[str, ...]) -> str:
    found = [f"cast({place} as varchar)" for place in _all(fields, places)] or ["null::varchar"]
    return found[0] if len(found) == 1 else f"coalesce({', '.join(found)})"


def _is_event_export(con: duckdb.DuckDBPyConnection, name: str, fields: dict[str, str], several: bool) -> bool:
    """Whether the first records of each file hold events."""
    if _first(fields, ("event_params",)) == "null":
        return _first(fields, ("user_pseudo_id",)) != "null"
    event = f"event_params is not null or {_first(fields, ('event_name', 'name'))} is not null"
    if several:
        ask = f"select bool_and(events) from (select bool_or({event}) as events from {name} where _row <= 1000 group by _file)"
    else:
        ask = f"select count(*) > 0 from (select * from {name} limit 1000) where {event}"
    return bool(con.execute(ask).fetchall()[0][0])


def _time(fields: dict[str, str], stamp: str) -> str:
    """Microseconds since 1970 in BigQuery's export, text in UTC in Fivetran's."""
    if fields[stamp.strip('"')] == "VARCHAR":
        return f"coalesce(make_timestamp(try_cast({stamp} as bigint)), try_cast({stamp} as timestamp))"
    return f"case when {stamp} between 0 and 4102444800000000 then make_timestamp({stamp}) end"


def _params(fields: dict[str, str], relation: Relation) -> tuple[str, str, str]:
    """SQL of the params' keys, of their values as text, and of what has no column as JSON members."""
    if _first(fields, ("event_params",)) == "null":
        return _flat_params([column for column in relation.columns if column.startswith("param_")])
    kinds = [kind for kind in VALUE if f"event_params.value.{kind}" in fields]
    text = f"coalesce({', '.join(f'cast(p.value.{kind} as varchar)' for kind in kinds)})"
    json = ", ".join(f"cast(to_json(p.value.{kind}) as varchar)" for kind in kinds)
    return (
        "list_transform(event_params, lambda p: p.key)",
        f"list_transform(event_params, lambda p: {text})",
        f"list_transform(list_filter(event_params, lambda p: p.key not in {USED}), "
        f"lambda p: cast(to_json(p.key) as varchar) || ':' || coalesce({json}, 'null'))",
    )


def _flat_params(columns: list[str]) -> tuple[str, str, str]:
    """Fivetran's param_* columns. A repeated header (param_x_2) is the same param again and is left out."""
    columns = [column for column in columns if not (column.endswith("_2") and column[:-2] in columns)]
    keys = ", ".join("'" + column.removeprefix("param_").replace("'", "''") + "'" for column in columns)
    quoted = ['"' + column.replace('"', '""') + '"' for column in columns]
    members = ", ".join(
        f"case when {cell} is not null then cast(to_json('{column.removeprefix('param_')}') as varchar) "
        f"|| ':' || cast(to_json({cell}) as varchar) end"
        for cell, column in zip(quoted, columns)
        if f"'{column.removeprefix('param_')}'" not in USED
    )
    return f"[{keys}]", f"[{', '.join(quoted)}]", f"list_filter([{members}], lambda p: p is not null)"


def _money(fields: dict[str, str]) -> str:
    """Revenue in the shop's currency; where only dollars are given, dollars, and said so."""
    own, dollars = _amount(fields, OWN), _amount(fields, DOLLARS)
    return (
        f"coalesce({own}, {dollars}) as revenue, "
        f"case when {own} is null and {dollars} is not null then 'USD' end as revenue_currency"
    )


def _amount(fields: dict[str, str], places: tuple[str, ...]) -> str:
    """SQL of an amount as text, to be read by the rule of its column: what somebody wrote stays as it stands, a number gets decimals
    that no thousands can be taken for."""
    place = next((place for place in places if place in fields), None)
    if place is None:
        return "null::varchar"
    name = _sql(place)
    number = f"printf('%.6f', cast({name} as double))"
    if fields[place] == "JSON":
        number = f"case json_type({name}) when 'VARCHAR' then {name}->>'$' when 'NULL' then null else {number} end"
    text = f"cast({name} as varchar)" if fields[place] == "VARCHAR" else number
    return f"case when trim({text}) not in {NULL_WORDS} then trim({text}) end"


def _batch(fields: dict[str, str]) -> str:
    """The position in the upload, the same text whether a column is missing or empty."""
    parts = [
        f"'{number}:' || nullif(cast({_sql(place)} as varchar), '')"
        for number, place in enumerate(BATCH)
        if place in fields
    ]
    return f"concat_ws('.', {', '.join(parts)})" if parts else "''"
