"""A request that cannot be carried out as written: one sentence with file, place, found and allowed, and exit code 2."""

import pytest

from commands.data import main as data_main
from commands.metrics import main as metrics_main
from data.errors import UserError
from data.readers import READERS
from data.settings.journey import load_journeys
from data.settings.sources import load_sources
from tests.core.company import block, build_company, table, write_company

EVENTS = "occurred_at,anonymous_id,url\n2026-03-02T10:00,a,/cart\n"
SOURCE = '[[source]]\nname = "s"\nreader = "table"\npath = "e.csv"\ntable = "web_events"\n'

WRONG_SOURCES = {
    # text of sources.toml → what the one sentence must hold
    "unknown key": (
        SOURCE + 'delimeter = ";"',
        ["unknown key 'delimeter'", "[[source]] 1 's'", "Did you mean 'delimiter'?"],
    ),
    "unknown section": (
        "[compny]\n" + SOURCE,
        ["unknown key 'compny'", "Allowed: company, limits, retention, source", "Did you mean 'company'?"],
    ),
    "unknown reader": (
        SOURCE.replace('"table"', '"tabel"', 1),
        ["unknown reader", "Found: 'tabel'", "Did you mean 'table'?"],
    ),
    "unknown table": (
        SOURCE.replace("web_events", "events"),
        ["needs the contract table it fills", "Found: 'events'", "web_events"],
    ),
    "unknown column": (SOURCE + 'columns = { urll = "u" }', ["unknown key 'urll'", "columns", "Did you mean 'url'?"]),
    "unknown zone": (
        SOURCE + 'timezone = "Europe/Berln"',
        ["unknown time zone", "'Europe/Berln'", "Did you mean 'Europe/Berlin'?"],
    ),
    "company zone": ('[company]\ntimezone = "CET+1"\n' + SOURCE, ["[company] timezone", "'CET+1'", "IANA"]),
    "locale": ('[company]\nlocale = "de-DEE"\n' + SOURCE, ["unknown locale", "'de-DEE'", "Did you mean 'de-DE'?"]),
    "locale of no language": ('[company]\nlocale = "Germany"\n' + SOURCE, ["[company] locale", "'Germany'", "IETF"]),
    "language": ('[company]\nlanguage = "German"\n' + SOURCE, ["unknown language", "'German'", "IETF"]),
    "week start": ('[company]\nweek_starts = "Montag"\n' + SOURCE, ["unknown week start", "'Montag'", "monday"]),
    "cost as text": (
        '[company]\ncost_per_contact = "8"\n' + SOURCE,
        ["cost_per_contact", "Found: '8'", "an amount, or a table"],
    ),
    "cost below 0": (
        "[company]\ncost_per_contact = -1\n" + SOURCE,
        ["a cost is an amount", "cost_per_contact other", "Found: -1"],
    ),
    "cost of others": (
        "[company]\ncost_per_contact = { voice = 8 }\n" + SOURCE,
        ["come in another way", "Found: voice", "Add other"],
    ),
    "name as number": (SOURCE.replace('name = "s"', "name = 5"), ["name is a text", "Found: 5"]),
    "source as table": (
        SOURCE.replace("[[source]]", "[source]"),
        ["[[source]] is a block of keys", "Write [[source]]"],
    ),
    "limit below 0": (
        "[limits]\ncolumns = -1\n" + SOURCE,
        ["a limit is a number above 0", "[limits] columns", "Found: -1"],
    ),
    "limit as nan": ("[limits]\nunpacked_mb = nan\n" + SOURCE, ["a limit is a number above 0", "Found: nan"]),
    "unknown limit": ("[limits]\nrows = 5\n" + SOURCE, ["unknown key 'rows'", "unpacked_mb"]),
    "holiday as text": (
        '[company]\nholidays = { Fest = "2026-11-27" }\n' + SOURCE,
        ["a holiday is a list of days", "'Fest'"],
    ),
    "holiday of no day": (
        '[company]\nholidays = { Fest = ["27.11."] }\n' + SOURCE,
        ["a holiday is a list of days", "27.11."],
    ),
    "rows below 0": (SOURCE + "skip_rows = -1", ["unusable skip_rows", "Found: -1"]),
    "rows as truth": (SOURCE + "header_rows = true", ["header_rows", "Found: True", "a whole number; 0 where"]),
    "sheet as number": (SOURCE + "sheet = 1", ["sheet", "Found: 1", "a text"]),
    "one sign twice": (SOURCE + "thousands = ','\ndecimal = ','", ["thousands and decimal are the same sign"]),
    "deep nesting": ("x = " + "[" * 20_000 + "]" * 20_000 + "\n" + SOURCE, ["not valid TOML"]),
    "no source": ("[company]\n", ["no [[source]] block", "Add one"]),
    "no path": (SOURCE.replace('path = "e.csv"\n', ""), ["path is missing", "Add path"]),
    "same name": (SOURCE + SOURCE, ["two [[source]] blocks are named 's'"]),
    "not TOML": ("[company\n", ["not valid TOML", "line 1"]),
    "nulls as text": (SOURCE + 'nulls = "NA"', ["nulls", "Found: 'NA'", "Allowed: a list of texts"]),
    "column as number": (SOURCE + "columns = { url = 3 }", ["columns.url", "Found: 3", "the name of a column"]),
    "columns as text": (SOURCE + 'columns = "url"', ["columns", "Found: 'url'", "a table"]),
    "dates as number": (SOURCE + "dates = 5", ["dates", "Found: 5", "a text or a list of texts"]),
    "long delimiter": (SOURCE + 'delimiter = "tab"', ["delimiter", "Found: 'tab'", "one character"]),
    "two companies": ("[[company]]\nname = 'a'\n" + SOURCE, ["[company]", "not [[company]]"]),
    "odd path": (SOURCE.replace("e.csv", "**e.csv"), ["not a path", "'**e.csv'"]),
    "subquery": (
        SOURCE + 'where = "url in (select 1)"',
        ["where cannot be used", "is not allowed", "Allowed: comparisons"],
    ),
    "file function": (
        SOURCE + "where = \"url = read_text('/etc/hostname')\"",
        ["where cannot be used", "is not allowed"],
    ),
    "two statements": (SOURCE + "where = \"url = 'a'; drop table refusals\"", ["where cannot be used"]),
    "no condition": (SOURCE + 'where = "url ="', ["where cannot be used"]),
}


@pytest.mark.parametrize("case", WRONG_SOURCES)
def test_a_sources_file_that_cannot_be_used(tmp_path, case):
    """Refused before any file is opened, with the place, what was found and what is allowed or nearest."""
    text, says = WRONG_SOURCES[case]
    file = tmp_path / "sources.toml"
    file.write_text(text)
    with pytest.raises(UserError) as error:
        load_sources(file, ("table", "ga4"))
    assert "sources.toml" in str(error.value)
    for words in says:
        assert words in str(error.value)


JOURNEY = '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\n'
WRONG_JOURNEYS = {
    "unknown key": (JOURNEY + 'path = ["/a"]', ["unknown key 'path'", "'Buy'", "Did you mean 'paths'?"]),
    "goal": (
        JOURNEY + 'goal = "purchase"',
        ["a goal of no known kind", "'purchase'", "event:NAME, path:PATTERN, order"],
    ),
    "expression": (JOURNEY + 'paths = ["re:/(a"]', ["not a regular expression", "'re:/(a'"]),
    "no stage": ('[[journey]]\nname = "J"\n', ["no [[journey]] with a [[journey.stage]]", "Add at least one stage"]),
    "same stage": (JOURNEY + '[[journey.stage]]\nname = "buy"\n', ["two stages of 'J' are named 'buy'"]),
    "same journey": (JOURNEY + JOURNEY, ["two [[journey]] are named 'J'"]),
    "survey kind": (
        JOURNEY + '[[survey]]\nname = "s"\nkind = "transaction"',
        ["unknown kind", "'transaction'", "transactional"],
    ),
    "same survey": (JOURNEY + '[[survey]]\nname = "s"\n[[survey]]\nname = "S"', ["two [[survey]] are named 'S'"]),
    "survey incentive": (
        JOURNEY + '[[survey]]\nname = "s"\nincentive = "yes"',
        ["incentive", "'yes'", "true or false"],
    ),
    "target": (JOURNEY + "targets = { completion_rate = 0.5 }", ["targets.completion_rate", "Found: 0.5", "line"]),
    "target text": (JOURNEY + 'targets = { completion_rate = { line = "half" } }', ["targets.completion_rate", "half"]),
    "weights": (JOURNEY + "weights = { ux = 2 }", ["weights", "Found: 2"]),
    "promise": (
        JOURNEY + '[[promise]]\nname = "p"\nstage = "Sell"',
        ["names no known stage", "'Sell'", "Allowed: Buy"],
    ),
}


@pytest.mark.parametrize("case", WRONG_JOURNEYS)
def test_a_journey_file_that_cannot_be_used(tmp_path, case):
    """The same for journey.toml."""
    text, says = WRONG_JOURNEYS[case]
    file = tmp_path / "journey.toml"
    file.write_text(text)
    with pytest.raises(UserError) as error:
        load_journeys(file)
    assert "journey.toml" in str(error.value)
    for words in says:
        assert words in str(error.value)


@pytest.fixture(scope="module")
def store(module_company):
    return module_company(files={"e.csv": EVENTS}, sources=SOURCE).folder / "store"


WRONG_REQUESTS = {
    # the request after `python -m`, {store} and {folder} filled in → what standard error holds
    "no sources": (
        "data build --sources {folder}/none.toml --store {folder}/s",
        ["none.toml", "there is no such file"],
    ),
    "where": (
        "data build --sources {folder}/where.toml --store {folder}/s",
        ["where cannot be used", "is not allowed"],
    ),
    "store is a file": (
        "data build --sources {folder}/sources.toml --store {folder}/e.csv",
        ["e.csv", "is not a folder"],
    ),
    "engine": ("data build --sources {folder}/sources.toml --engine spark://x", ["no such engine", "spark://x"]),
    "no store": (
        "metrics show completion_rate --store {folder}/none",
        ["there is no store yet", "python -m data build"],
    ),
    "a file as store": ("metrics show completion_rate --store {folder}/e.csv", ["e.csv", "there is no store"]),
    "unreadable store": (
        "metrics show completion_rate --store {folder}/torn",
        ["nothing of this store can be read", "python -m data build"],
    ),
    "unknown metric": (
        "metrics show completion --store {store}",
        ["there is no such metric", "Did you mean 'completion_rate'?"],
    ),
    "unknown dimension": (
        "metrics show completion_rate --by stge --store {store}",
        ["unknown dimension", "Did you mean 'stage'?"],
    ),
    "unknown stage": (
        "metrics show completion_rate --where stage=By --store {store}",
        ["there is no such stage", "Did you mean 'Buy'?"],
    ),
    "unknown journey": (
        "metrics show completion_rate --journey X --store {store}",
        ["there is no such journey", "Customer journey"],
    ),
    "bad filter": (
        "metrics show completion_rate --where stage --store {store}",
        ["DIMENSION=VALUE", "--where stage=Buy"],
    ),
    "bad date": (
        "metrics show completion_rate --from yesterday --store {store}",
        ["'yesterday' is no date", "2026-03-31"],
    ),
    "dates swapped": (
        "metrics show completion_rate --from 2026-03-02 --to 2026-03-01 --store {store}",
        ["ends before it begins"],
    ),
    "parquet": ("metrics show completion_rate --format parquet --store {store}", ["parquet is not text", "--out"]),
}


@pytest.fixture
def request_of(tmp_path, store):
    """A function that gives a case's command line, with the files it names written."""
    write_company(tmp_path, files={"e.csv": EVENTS}, sources=SOURCE)
    (tmp_path / "where.toml").write_text(SOURCE + 'where = "url in (select url from web_events)"')
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "CURRENT").write_text("gen-1.duckdb")
    (tmp_path / "torn" / "gen-1.duckdb").write_bytes(b"torn" * 1000)
    return lambda case: WRONG_REQUESTS[case][0].format(store=store, folder=tmp_path).split()


@pytest.mark.parametrize("case", WRONG_REQUESTS)
def test_a_wrong_request_is_one_sentence_and_exit_code_2(request_of, capsys, case):
    """Nothing on standard output, one sentence on standard error, exit code 2; any exception would fail the test."""
    command, *arguments = request_of(case)
    try:
        code = {"data": data_main, "metrics": metrics_main}[command](arguments)
    except SystemExit as left:  # a malformed date is refused by argparse
        code = left.code
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    for words in WRONG_REQUESTS[case][1]:
        assert words in said.err


@pytest.mark.parametrize("case", ["store is a file", "unknown metric"])
def test_the_process_ends_as_its_main_does(request_of, cli, case):
    """The same through `python -m`: exit code 2, no traceback."""
    done = cli(*request_of(case))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")


def test_where_compares_text_with_numbers_in_every_way(company):
    """Of 2, 9, 10, -1, "n/a" and nothing: text that is no number is no match, and no error."""
    conditions = {
        "above": "n > 8",
        "within": "n between 9 and 10",
        "one of": "n in (9, 10)",
        "below zero": "n = -1",
        "not": "not n > 8",
    }
    built = company(
        files={
            "n.csv": table(
                "occurred_at  n  url\n" + "\n".join(f"2026-03-02  {n}  /a" for n in (2, 9, 10, -1, "n/a", "none"))
            )
        },
        sources="".join(block(name, "n.csv", "web_events", f'where = "{text}"') for name, text in conditions.items()),
    )
    assert {line["source"]: line["loaded"] for line in built.summary.files} == {
        "above": 2,
        "within": 2,
        "one of": 2,
        "below zero": 1,
        "not": 2,
    }


STAGE = '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\n'
ODD_JOURNEYS = {
    "stage as text": (
        '[[journey]]\nname = "J"\nstage = "Buy"\n',
        ["[[journey.stage]] is a block of keys", "Found: 'Buy'"],
    ),
    "journey as table": ('[journey]\nname = "J"\n', ["[[journey]] is a block of keys"]),
    "survey as table": (STAGE + '[survey]\nname = "s"\n', ["[[survey]] is a block of keys"]),
    "promises as number": ("promise = 5\n" + STAGE, ["[[promise]] is a block of keys", "Found: 5"]),
    "targets as number": (STAGE + "targets = 5\n", ["'Buy' targets", "Found: 5"]),
    "weights as list": (STAGE + "weights = [1]\n", ["weights are given by side", "Found: [1]"]),
    "unknown target": (
        STAGE + "targets = { completion = { line = 0.5 } }\n",
        ["unknown metric", "Found: 'completion'", "docs/METRICS.md"],
    ),
    "unknown weight": (
        STAGE + "weights = { ux = { completion_rat = 1 } }\n",
        ["unknown metric", "Did you mean 'completion_rate'?"],
    ),
    "target of nan": (STAGE + "targets = { completion_rate = { line = nan } }\n", ["a target needs a line"]),
    "weight below 0": (STAGE + "weights = { ux = { completion_rate = -1 } }\n", ["a weight is 0 or more"]),
    "weight without end": (STAGE + "weights = { ux = { completion_rate = inf } }\n", ["a side's weights are numbers"]),
    "owner as list": (STAGE + 'owner = ["a", "b"]\n', ["an owner is named in one text", "Found: ['a', 'b']"]),
    "survey of a number": (STAGE + "[[survey]]\nname = 5\n", ["a [[survey]] has no name", "Found: 5"]),
    "kind as list": (STAGE + '[[survey]]\nname = "s"\nkind = ["a"]\n', ["unknown kind"]),
    "promise without name": (STAGE + '[[promise]]\nstage = "Buy"\n', ["a [[promise]] has no name"]),
    "evidence as number": (
        STAGE + '[[promise]]\nname = "p"\nstage = "Buy"\nevidence = 5\n',
        ["evidence is a text", "Found: 5"],
    ),
    "mission as list": ('mission = ["a"]\n' + STAGE, ["the mission is a sentence"]),
    "looking ahead": (STAGE + 'paths = ["re:^(?!/admin)"]\n', ["not a regular expression", "no looking ahead"]),
}


@pytest.mark.parametrize("name", ODD_JOURNEYS)
def test_what_journey_toml_cannot_mean_is_one_sentence(tmp_path, name):
    text, says = ODD_JOURNEYS[name]
    (tmp_path / "journey.toml").write_text(text)
    with pytest.raises(UserError) as error:
        load_journeys(tmp_path / "journey.toml")
    assert all(words in str(error.value) for words in says), str(error.value)


def test_options_no_reader_knows_are_refused(tmp_path):
    (tmp_path / "sources.toml").write_text(SOURCE + "options = { survy = 's' }\n")
    with pytest.raises(UserError, match="unknown key 'survy'. Allowed: cents, quantity"):
        load_sources(tmp_path / "sources.toml", READERS)


def test_an_address_cannot_make_a_rule_run_without_end(tmp_path):
    """Backtracking takes 2 to the power of its length over this address; the engine's expressions read it once."""
    (tmp_path / "journey.toml").write_text(STAGE + 'paths = ["re:(a+)+$", "/*a*b*c*d*e*f*g*"]\n')
    url = "/" + "a" * 400 + "!"
    company = build_company(
        tmp_path,
        journey=(tmp_path / "journey.toml").read_text(),
        web_events=f"""
        occurred_at       anonymous_id  url
        2026-03-02T10:00  v             {url}
        2026-03-02T10:01  w             /aaa
        """,
    )
    assert company.summary.generation and company.account("web_events.csv")[:2] == (2, 2)
