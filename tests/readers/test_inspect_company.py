"""What the files of a folder let guess of the company: currency, time zone, how numbers are written; each to be confirmed."""

import tomllib

import pytest

from data.inspection.folder import inspect_folder
from tests.readers.test_inspect_kinds import DAYS, text

GERMAN = ["Bestellnummer", "Bestelldatum", "Betrag", "Kundennummer"]
SPANISH = ["Número de pedido", "Fecha de pedido", "Importe", "Número de cliente"]
ENGLISH = ["Order number", "Order date", "Total", "Customer number"]


@pytest.mark.parametrize(
    "header,amount,wanted",
    [
        (GERMAN, "12,50 €", {"currency": "EUR", "timezone": "Europe/Berlin", "locale": "de-DE"}),
        (GERMAN, "CHF 12.50", {"currency": "CHF", "timezone": "Europe/Zurich", "locale": "de-CH"}),
        (SPANISH, "12,50 €", {"currency": "EUR", "timezone": "Europe/Madrid", "locale": "es-ES"}),
        (SPANISH, "12.50", {"currency": "EUR", "timezone": "UTC"}),
        (ENGLISH, "£12.50", {"currency": "GBP", "timezone": "Europe/London", "locale": "en-GB"}),
        (ENGLISH, "USD 12.50", {"currency": "USD", "timezone": "UTC", "locale": "en-US"}),
        (ENGLISH, "12.50", {"currency": "EUR", "timezone": "UTC"}),
    ],
)
def test_headers_and_amounts_speak_for_a_country(tmp_path, header, amount, wanted):
    rows = [[f"B{n}", f"{day} 10:00", amount, f"K{n}"] for n, day in enumerate(DAYS)]
    (tmp_path / "orders.csv").write_text(text(header, rows, ";"), encoding="utf-8")
    written = inspect_folder(tmp_path)["sources_toml"]
    company = tomllib.loads(written)["company"]
    assert {key: value for key, value in company.items() if key != "name"} == wanted
    assert written.count("# confirm") == len(wanted) and ("German headers" in written) == (header is GERMAN)
