"""How values are written: times, numbers, amounts, addresses, ids, yes and no, as tools and people of several countries write them."""

import re

from data.values.numbers import CURRENCY

MONTH = r"(jan|feb|mar|mär|mrz|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil|août|ene|abr|ago|dic|mei|maart|fev|set|out|gen|mag|giu|lug|ott)[a-zé]*\.?"
CLOCK = r"[ T,]+\d{1,2}[:.h]\d{2}.*"
TIME = re.compile(
    rf"^(\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(\D.*)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.](\d{{4}}|\d{{2}})({CLOCK})?"
    rf"|(\w{{2,10}}[,.]?\s+)?\d{{1,2}}\.?[\s/-]+{MONTH}[\s/-]+\d{{2,4}}(\D.*)?|(\w{{3,9}},?\s+)?{MONTH}\s+\d{{1,2}},?\s.*\d{{4}}.*"
    r"|\[?\d{1,2}/\w{3}/\d{4}:[\d:]+.*)$",
    re.IGNORECASE,
)
CALLED = re.compile(r"^(?:tel:)?\+?[\d\s()/.-]{8,20}$")  # a number to call, where the header says that it is one
DIGITS = re.compile(r"^\d{8}$|^\d{10}(\.\d+)?$|^\d{13}$|^\d{16}$")
SERIAL = re.compile(r"^[345]\d{4}([.,]\d+)?$")
BETWEEN = "[.,'’ \u00a0\u202f\u2009]"  # what may stand between thousands; spaces of every width
NUMBER = re.compile(rf"^[-+]?(\d+|\d{{1,3}}({BETWEEN}\d{{3}})+)([.,]\d+)?([eE][-+]?\d+)?$")
GROUPED = re.compile(rf"^[-+]?[1-9]\d{{0,2}}({BETWEEN}\d{{3}})+$")
MONEY = re.compile(
    rf"^[-+−(]?\s*{CURRENCY}?\s*[-+−(]?(\d+|\d{{1,3}}({BETWEEN}\d{{3}})+|\d{{1,2}}(,\d{{2}})+,\d{{3}})([.,]\d{{1,4}}|[.,]?\s?[-–—]{{1,2}})?\)?\s*{CURRENCY}?\s*\)?-?$",
    re.IGNORECASE,
)
DATED, CLOCKED = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)"), re.compile(r"\d\s?[:.h]\s?\d\d(?!\d)")
EMAIL = re.compile(r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$")
ADDRESSED = re.compile(r"^\S*@\S+$|^[^@]{1,60}[(<]\S+@\S+[)>]$")  # an address, alone or behind a name
PHONE = re.compile(r"^(?:tel:)?\+\d[\d\s()/.-]{6,18}$|^\(?0\d[\d\s()/.-]{6,18}$|^\(\d{3}\)\s?\d{3}-\d{4}$")
URL = re.compile(r"^(https?|android-app|app)://\S+$|^www\.\S+$", re.IGNORECASE)
PATH = re.compile(r"^/[^\s]*$")
CODED = re.compile(r"^[\w.:=/+-]*\d[\w.:=/+-]*$|^[0-9a-fA-F-]{16,}$|^[A-Za-z0-9+/]{18,}={0,2}$")
TRUTH = {
    "true",
    "false",
    "yes",
    "no",
    "y",
    "n",
    "t",
    "f",
    "1",
    "0",
    "x",
    "ja",
    "nein",
    "nee",
    "oui",
    "non",
    "si",
    "sí",
    "sim",
    "não",
    "nao",
}
LIST = re.compile(r"^\[.*\]$|^[^\s|;,]+([|;,]\s?[^\s|;,]+)+$")
