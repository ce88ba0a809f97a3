"""Where somebody lives: street and number, postcode and town, in the forms of five languages."""

import re
from collections.abc import Iterator

UP = r"[A-ZÀ-ÖØ-Þ]"
WORD = rf"{UP}[\w'’.-]*"
NUMBER = r"\d{1,4}(?:\s?[a-zA-Z]\b|\s?(?:bis|ter)\b)?(?:\s?[-/]\s?\d{1,4})?"
TOWN = rf"{UP}[^\W\d_]+\b(?:[- /](?:{UP}[^\W\d_]+\b|am|an|der|den|im|bei|sur|sous|lès|la|le|de|del|aan|op))*"
PLACE = rf"(?:,?\s+(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:\s?[A-Z]{{2}}\b)?(?:\s+{TOWN})?)?"  # what follows the street
PATTERNS = [
    re.compile(pattern)
    for pattern in (
        # German and Dutch: the kind of street ends the word
        rf"\b(?:(?!(?:Der|Die|Das|Den|Dem|Ein|Eine|Einen|Kein|Mein|De|Het|Een)\b){WORD}[ -])?(?:{UP}[\w'’.-]*(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|markt|straat|laan|plein|gracht|kade|singel|dijk|steeg|pad)"
        rf"|(?<=[a-zß] )(?:Straße|Strasse|Str\.|Allee|Gasse))\s+{NUMBER}\b{PLACE}",
        rf"\b(?:Am|An der|An den|Auf der|Auf dem|Im|In der|Zum|Zur|Unter den|Straße des|Platz der|Straße der)\s+{WORD}(?:\s{WORD})?\s+{NUMBER}\b,?\s+\d{{5}}\s+{TOWN}",
        rf"\b(?:Straße|Strasse|Platz) de[sr] \d{{1,2}}\. {WORD}\s+{NUMBER}\b{PLACE}",
        # English: number, name, kind
        rf"\b(?:(?:Flat|Apartment|Apt|Unit|Suite)\.? \w{{1,4}},? )?\d{{1,5}}[A-Za-z]?,?\s+(?:{WORD}\s+){{1,4}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Boulevard|Blvd|Way|Terrace|Crescent|Square|Place|Gardens|Grove|Hill|Row|Mews)\b\.?"
        rf"(?:,?\s+(?:Apt|Flat|Unit|Suite|#)\.?\s?\w+)?(?:,?\s+{TOWN})?(?:,?\s+(?:[A-Z]{{2}}\s+\d{{5}}(?:-\d{{4}})?|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}))?\b",
        # French
        rf"(?i:\b\d{{1,4}}\s?(?:bis|ter)?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|allées|quai|route|cours|square|passage)\s+)"
        rf"(?:(?:de|du|des|de la|de l'|d'|la|le|les|l')\s?){{0,2}}{WORD}(?:[ -]{WORD}){{0,3}}{PLACE}",
        # Spanish
        rf"(?i:\b(?:calle|c/|avenida|avda\.?|av\.|plaza|pza\.?|paseo|carrer|camino|carretera|ronda|travesía)\s*)(?:(?:de|del|de la|de los|la|el)\s){{0,2}}{WORD}(?:\s(?:(?:de|del|la|los|y)\s)*{WORD}){{0,3}}"
        rf",?\s*(?:n[ºo°.]+\s?|número\s)?\d{{1,4}}\b(?:,?\s?\d{{1,2}}[ºª°]\s?\w{{0,3}})?{PLACE}",
        # Italian, Portuguese, Polish: the kind of street, name, number
        rf"\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Rr]ua|[Tt]ravessa|[Aa]lameda|[Ll]argo|[Uu]l\.|[Uu]lica|[Aa]l\.)\s+(?:(?:da|das|do|dos|de|della|dei|degli|del|di|d')\s?)?"
        rf"{WORD}(?:\s(?:(?:da|do|de|di|della)\s)?{WORD}){{0,3}},?\s+(?:n[.º°]?\s?)?{NUMBER}\b(?:,?\s+(?:\d{{5}}|\d{{4}}-\d{{3}}|\d{{2}}-\d{{3}})\b(?:\s+{TOWN})?)?",
        # Swedish, Danish, Norwegian, Finnish: it ends the word
        rf"\b{UP}[\w'’.-]*(?:gatan|gata|vägen|gränd|torget|gade|vej|veien|gaten|katu|tie)\s+{NUMBER}\b(?:,?\s+\d{{3}} ?\d{{1,2}}\b(?:\s+{TOWN})?)?",
        # written small: only with postcode and town behind it
        r"\b[^\W\d_]+(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|straat|laan|plein)\s+\d{1,4}\s?[a-z]?,?\s+\d{4,5}(?:\s?[a-zA-Z]{2}\b)?\s+[^\W\d_]+",
        # a box instead of a street
        rf"(?i:\b(?:p\.? ?o\.? ?box|postfach|postbus|bo[iî]te postale|b\.?p\.|apartado(?: de correos)?|casella postale|skrytka pocztowa)\s*(?:n[ro.º°]*\s?)?)\d{{1,4}}(?: ?\d{{2}}){{0,3}}\b(?:,?\s+(?:\d{{4,5}}\s+)?{TOWN})?",
        # postcodes that are unmistakable
        r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2})\b",
        r"\b[1-9]\d{3}\s?(?!SA|SD|SS|KG|KM|CM|MM|ML|EU|UK|US|GB|MB|TB|AM|PM|OK|PX|HZ|TV|IN)[A-Z]{2}\b(?=\s+[A-Z]|[.,;)\s]*$|,)",
        rf"\b(?:D|A|CH|F|E|NL|B)-\d{{4,5}}\s+{TOWN}",
        rf"(?i:\b(?:PLZ|postleitzahl|zip(?: ?code)?|postcode|post code|code postal|código postal|c\.?p\.?)\b[: ]*(?:is|ist|est|es)?\s*)\d{{4,5}}(?:\s?[A-Z]{{2}}\b)?(?:\s+{TOWN})?",
        rf"(?i:\b(?:wohne (?:in|im)|live (?:in|at)|habite (?:à|au)?|vivo en|woon in|lieferadresse|adresse|address|dirección|adres)\b:?[^\d\n]{{0,30}}?)\b\d{{5}}\s+{TOWN}",
    )
]


def streets(text: str) -> Iterator[tuple[int, int]]:
    """Where a postal address stands."""
    for pattern in PATTERNS:
        yield from (found.span() for found in pattern.finditer(text))
