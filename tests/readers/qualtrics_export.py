"""A Qualtrics export written from a test's own table."""

import csv
import json
from pathlib import Path

from tests.readers.loading import Loaded

META = {
    "EndDate": "endDate",
    "Status": "status",
    "IPAddress": "ipAddress",
    "Finished": "finished",
    "RecordedDate": "recordedDate",
    "ResponseId": "_recordId",
    "RecipientLastName": "recipientLastName",
    "RecipientEmail": "recipientEmail",
    "ExternalReference": "externalDataReference",
    "DistributionChannel": "distributionChannel",
    "UserLanguage": "userLanguage",
}
SATISFIED = "How satisfied are you with ordering?"
RECOMMEND = "How likely are you to recommend us to a friend or colleague?"


def export(
    path: Path,
    questions: list[tuple[str, str, str]],
    answers: list[dict],
    zone: str | None = "UTC",
    embedded: tuple[str, ...] = (),
) -> Path:
    """A three-header-row export. `questions`: (column, wording, ImportId). Missing fields get harmless values."""
    names = [*META, *(column for column, _, _ in questions), *embedded]
    imports = [*META.values(), *(imported for _, _, imported in questions), *embedded]
    third = [
        json.dumps({"ImportId": name} | ({"timeZone": zone} if zone and name.endswith("Date") else {}))
        for name in imports
    ]
    rows = [
        {
            "Status": "0",
            "Finished": "1",
            "ResponseId": f"R_{number}",
            "IPAddress": "192.0.2.7",
            "RecipientLastName": "Roe",
            "EndDate": "2026-07-01 12:00:00",
            "RecordedDate": "2026-07-01 12:00:00",
        }
        | given
        for number, given in enumerate(answers, 1)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([names, [*META, *(wording for _, wording, _ in questions), *embedded], third])
        writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return path


def scores(loaded: Loaded, question: str) -> list[tuple]:
    return loaded.rows(
        f"select metric, score, scale_min, scale_max from src_survey_answers "
        f"where question_id = '{question}' order by row"
    )
