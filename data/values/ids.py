"""What an id column holds beside ids: numbers a program made floats of, numbers a spreadsheet rounded, words for nobody."""

from dataclasses import dataclass

import duckdb

from data.values.vocabulary import words

NO_PERSON = ("question_id", "id", "event_id")  # named by the company or the vendor, never by who is asked
LOST = r"\d(\.\d+)?[eE]\+?\d{2,}"  # 1.23457E+17: the digits behind are gone
ZERO = r"0+([.,]0+)?"
GUARDED = '="[^"]+"|' + r"''\w[^'']*"  # within quotes of SQL: ="0012" and '0012
FLOAT = r"-?\d+[.,]0+"  # 1042.0, and 1042,0 where the comma is the decimal


@dataclass(frozen=True)
class IdRule:
    """What is done to a column's ids: `floats` lose their .0; `rounded`, `placeholders` (lower case) and, where `zero`, 0 are no ids;
    `guarded` ones lose what keeps a spreadsheet from counting with them: ="0012", '0012."""

    floats: bool = False
    rounded: bool = False
    cut: bool = False
    zero: bool = False
    guarded: bool = False
    placeholders: tuple[str, ...] = ()
    found: tuple[tuple[str, str, int, int], ...] = ()  # (kind of remark, example, records, of)

    @property
    def quiet(self) -> bool:
        return not (self.floats or self.rounded or self.cut or self.zero or self.guarded or self.placeholders)


def id_rule(con: duckdb.DuckDBPyConnection, relation: str, column: str, nulls: tuple[str, ...]) -> IdRule:
    """Judge a column of ids by all its values."""
    if column in NO_PERSON:
        return IdRule()
    values = {"nulls": list(nulls)}
    # each id once: visitors and sessions come again with every event, and reading them anew costs more than telling them apart
    con.execute(
        f'create or replace temp table _id_values as select trim("{column}") as v, count(*) as n from {relation} '
        f'where trim("{column}") <> \'\' and not list_contains($nulls, trim("{column}")) group by 1',
        values,
    )
    count, floats, dotted, rounded, example, long, cut, zeros, ones, guarded = con.execute(
        f"""
        with judged as (
            select v, n, regexp_full_match(v, '{FLOAT}') as float, regexp_full_match(v, '-?\\d+[.,]\\d+') as dotted,
              v ilike '%e+%' and regexp_full_match(v, '{LOST}') as lost, length(v) between 16 and 22 and regexp_full_match(v, '\\d+') as long,
              length(v) between 16 and 22 and ends_with(v, '0') and regexp_full_match(v, '[1-9]\\d{{14}}0+') as cut,
              starts_with(v, '0') and regexp_full_match(v, '{ZERO}') as zero, v in ('1', '1.0') as one,
              regexp_full_match(v, '{GUARDED}') as guarded
            from _id_values)
        select {", ".join(f"coalesce(sum(n) filter ({test}), 0)" for test in ("true", "float", "dotted", "lost"))}, min(v) filter (lost),
          {", ".join(f"coalesce(sum(n) filter ({test}), 0)" for test in ("long", "cut", "zero", "one", "guarded"))}
        from judged"""
    ).fetchall()[0]
    known = words()["placeholders"]
    # guest_checkout, Walk-in customer: several such words, or one with what may stand beside it
    parts = "list_filter(regexp_split_to_array(lower(v), '[^\\p{L}]+'), lambda part: part <> '')"
    named = con.execute(
        f"""select lower(v), sum(n) from _id_values where lower(v) in (select unnest($words))
        or not regexp_matches(v, '\\d|@') and len({parts}) between 1 and 4 and list_has_any({parts}, $core) and list_has_all($beside, {parts})
        group by 1 order by 2 desc, 1""",
        {"words": known["ids"], "core": known["core"], "beside": [*known["core"], *known["beside"]]},
    ).fetchall()
    if column == "email":
        named += con.execute(
            """select lower(v), sum(n) from _id_values where contains(v, '@')
            and (split_part(lower(v), '@', 1) in (select unnest($words)) or split_part(lower(v), '@', 1) in (select unnest($dummies))
              and split_part(split_part(lower(v), '@', 2), '.', 1) in (select unnest($dummies))) group by 1 order by 2 desc, 1""",
            {"words": known["mailboxes"], "dummies": known["dummies"]},
        ).fetchall()
    # a 0 beside a 1 that is as common is the first of a series; any other stands for a guest
    zero = zeros > 1 and zeros > 3 * ones
    all_cut = cut >= 3 and cut == long
    found = [
        ("placeholder_id", word.split("@")[0] + "@…" if "@" in word else word, times, count) for word, times in named
    ]
    found += [("placeholder_id", "0", zeros, count)] if zero else []
    found += [("rounded_id", example, rounded, count)] if rounded else []
    found += [("rounded_id", "digits from the 16th on are all 0", cut, count)] if all_cut else []
    return IdRule(
        floats == dotted > 0, rounded > 0, all_cut, zero, guarded > 0, tuple(word for word, _ in named), tuple(found)
    )


def id_sql(text: str, rule: IdRule) -> str:
    """SQL of the id, NULL where it is none; the placeholders are bound by the caller as a list behind IN."""
    none = []
    if rule.rounded:
        none.append(f"regexp_full_match({text}, '{LOST}')")
    if rule.cut:
        none.append(f"regexp_full_match({text}, '[1-9]\\d{{14}}0+')")
    if rule.zero:
        none.append(f"regexp_full_match({text}, '{ZERO}')")
    if rule.placeholders:
        none.append(f"lower({text}) in ({', '.join(_literal(word) for word in rule.placeholders)})")
    value = (
        f"case when regexp_full_match({text}, '{FLOAT}') then regexp_extract({text}, '-?\\d+') else {text} end"
        if rule.floats
        else text
    )
    if rule.guarded:
        value = f"case when regexp_full_match({text}, '{GUARDED}') then regexp_replace({text}, '^=?[\"'']|\"$', '', 'g') else {value} end"
    return f"case when {' or '.join(none)} then null else {value} end" if none else value


def _literal(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
