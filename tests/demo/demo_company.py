"""A generated company, read with nothing but DuckDB, and the arithmetic of its tests."""

from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import duckdb

RAW = Path(__file__).with_name("raw.sql")
SURVEYS = (
    "browse-csat",
    "browse-csat-v2",
    "configurator-csat",
    "checkout-csat",
    "delivery-csat",
    "relationship-nps",
    "service-effort",
    "service-effort-v2",
)
COLUMNS = {
    "delivery-csat": {"csat": "Q1", "nps": "Q2", "perceived": "Q3", "judged": "Q4", "felt": "Q5", "comment": "Q6"},
    "checkout-csat": {"csat": "Q1", "felt": "Q2", "comment": "Q3"},
    "relationship-nps": {"nps": "Q1", "comment": "Q2"},
    "browse-csat": {"csat": "Q1", "expectation": "Q2", "comment": "Q3"},
    "browse-csat-v2": {"csat": "Q11", "expectation": "Q2", "comment": "Q3"},
    "configurator-csat": {"csat": "Q1", "ease": "Q2", "comment": "Q3"},
    "service-effort": {"ces": "Q1", "comment": "Q2"},
    "service-effort-v2": {"ces": "Q1", "comment": "Q2"},
}


@dataclass
class Company:
    """A generated company: `rows` asks its files, `value` its truth."""

    folder: Path
    truth: dict
    con: duckdb.DuckDBPyConnection

    def rows(self, sql: str, **values) -> list[tuple]:
        return self.con.execute(sql, values).fetchall()

    def one(self, sql: str, **values):
        return self.rows(sql, **values)[0]

    def claim(self, identifier: str) -> dict:
        return next(claim for claim in self.truth["claims"] if claim["id"] == identifier)

    def value(self, identifier: str, name: str) -> float:
        return self.claim(identifier)["values"][name]

    def size(self, identifier: str) -> float:
        return self.claim(identifier)["size"]


def read(folder: Path, truth: dict) -> Company:
    con = duckdb.connect()
    con.execute("set threads = 2")
    for statement in RAW.read_text().split(";\n"):
        if "create" in statement:
            con.execute(statement, {"folder": str(folder)} if "$folder" in statement else None)
    for survey in SURVEYS:
        _survey(con, folder, survey)
    return Company(folder, truth, con)


def _survey(con: duckdb.DuckDBPyConnection, folder: Path, survey: str) -> None:
    """Complete answers of one file, each once, scores as numbers; a table named like the file with _ for -."""
    named = ", ".join(
        f"{column} as {item}" if item in ("judged", "felt", "comment") else f"try_cast({column} as int) as {item}"
        for item, column in COLUMNS[survey].items()
    )
    con.execute(
        f"""create table {survey.replace("-", "_")} as
            select distinct on (ResponseId) {named}, ResponseId as id, customer_id as customer, order_id, session_id,
                   ga_client_id as browser, DistributionChannel as via, incentive = 'yes' as incentive, task,
                   RecordedDate::timestamp as ts, invited_at, url,
                   date_diff('day', timestamp '2025-05-26', RecordedDate::timestamp) // 7 + 1 as week
            from read_csv($file, header = true, all_varchar = true, nullstr = '')
            where ResponseId like 'R_%' and Status = '0' and Finished = '1'""",
        {"file": str(folder / "qualtrics" / f"{survey}.csv")},
    )


def se(share: float, n: float) -> float:
    """Binomial standard error."""
    return sqrt(max(share * (1 - share), 0.01) / n)


def close(found: float, expected: float, *errors: float, slack: float = 0.0) -> bool:
    """Within 3.5 standard errors (the parts add in squares) plus a stated slack for what the files do not show."""
    return abs(found - expected) <= 3.5 * sqrt(sum(e * e for e in errors)) + slack


def share(company: Company, what: str, source: str) -> tuple[float, int]:
    """Share of the rows of `source` for which `what` holds, and how many rows there are."""
    return company.one(f"select avg(({what})::int), count(*) from {source}")
