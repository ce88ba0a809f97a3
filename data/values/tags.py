"""Lists in one cell: separated by | , ; or a line, as JSON, as a program prints them (['a', 'b']), or by blanks. A tag that is a record is
called by its name."""

import duckdb

APART, BLANK = r"[|,;\n]", r"[|,;\s]+"

NAMED = ("name", "label", "tag", "title", "value")  # what a tag that is a record is called by


def blank_words(con: duckdb.DuckDBPyConnection, relation: str, column: str) -> tuple[list[str], bool]:
    """(words, all): words that stand alone in some cell, so that a cell of several of them is a list by blanks; `all` where no cell
    separates otherwise and nothing has a capital letter: then blanks separate everywhere."""
    words = [
        row[0]
        for row in con.execute(f"""
        select distinct lower(part) from (select unnest(regexp_split_to_array(regexp_replace("{column}", '[\\[\\]"''{{}}]', '', 'g'), '{APART}')) as raw
          from {relation}), lateral (select trim(raw) as part) where part <> '' and not contains(part, ' ') limit 5000""").fetchall()
    ]
    apart, capital, blank = con.execute(f"""select count(*) filter (regexp_matches("{column}", '{APART}|^\\s*\\[')),
        count(*) filter (regexp_matches("{column}", '\\p{{Lu}}')), count(*) filter (trim("{column}") like '% %') from {relation}""").fetchall()[0]
    return words, blank > 0 and not apart and not capital


def list_sql(text: str, words: str, all_blank: bool) -> str:
    """SQL of the list; `words` is the parameter of the words that stand alone."""
    inner = f"regexp_replace({text}, '^\\s*[\\[({{]|[\\])}}]\\s*$', '', 'g')"
    printed = f"list_transform(regexp_split_to_array({inner}, ','), lambda part: trim(trim(part), '''\"'))"
    plain = f"regexp_split_to_array({text}, '{BLANK if all_blank else APART}')"
    called = ", ".join(f"json_extract_string(try_cast(part as json), '$.{name}')" for name in NAMED)
    read = f"list_transform(try_cast(try_cast({text} as json) as varchar[]), lambda part: case when part like '{{%' then coalesce({called}, part) else part end)"
    parts = (
        f"case when {text} like '[%' then coalesce({read}, {printed}) "
        f"when regexp_full_match({text}, '\\{{.*\\}}') then {printed} when {text} is not null then {plain} end"
    )
    trimmed = f"list_filter(list_transform({parts}, lambda part: trim(part)), lambda part: part <> '')"
    if all_blank:
        return trimmed
    return (
        f"flatten(list_transform({trimmed}, lambda part: case when contains(part, ' ') and list_has_all({words}, string_split(lower(part), ' ')) "
        f"then string_split(part, ' ') else [part] end))"
    )
