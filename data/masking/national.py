"""Numbers a state gives a person: by their form and check digits; weak forms only beside the word that says what they are."""

import re
from collections.abc import Callable, Iterator

from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.it import codicefiscale
from stdnum.pl import pesel
from stdnum.pt import cc
from stdnum.se import personnummer


def _formed(_: str) -> bool:
    return True


# pattern, and what must hold of what it finds (spaces taken out)
FORMS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (r"\d{8}[ -]?[A-Za-z]", dni.is_valid),
    (r"[XYZxyz][ -]?\d{7}[ -]?[A-Za-z]", nie.is_valid),
    (r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    (r"[12] ?\d{2} ?[0-9]{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})", nir.is_valid),
    (r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}", ahv.is_valid),
    (r"\d{3}-\d{2}-\d{4}", _formed),  # social security, United States
    (
        r"(?![DFIQUVdfiquv]|.[DFIQUVOdfiquvo])[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]",
        _formed,
    ),  # National Insurance, United Kingdom
    (r"\d{2} ?\d{6} ?[A-Z] ?\d{3}", _formed),  # pension insurance, Germany
    (r"\d{2} ?\d{3} ?\d{3} ?\d{3}", idnr.is_valid),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}|\d{11}", nn.is_valid),
    (r"\d{11}", pesel.is_valid),
    (r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),
    (r"\d{6}-\d{4}", _formed),  # CPR, Denmark
    (r"\d{6}[-+A]\d{3}[0-9A-Y]", hetu.is_valid),
    (r"\d{3} \d{3} \d{4}", nhs.is_valid),
    (r"\d{8} ?\d ?[A-Z]{2}\d", cc.is_valid),
    (r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf.is_valid),
)
EDGES = r"(?<![\w.,/-])(?:{})(?![\w]|[.,/-]\d)"
PATTERNS = [(re.compile(EDGES.format(form)), holds) for form, holds in FORMS]
SAID = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofinummer|steuer[- ]?(?:id|identifikationsnummer|nummer|nr)|idnr|tax (?:id|number)|tin|ssn|social security|national insurance|ni number"
    r"|nino|nhs|passport|reisepass|pass(?:nummer|nr)|personal ?ausweis|ausweis|dni|nie|nif|pasaporte|documento|carte d'identité|sécurité sociale|sécu|passeport"
    r"|paspoort|rijbewijs|identiteitskaart|id[- ]card|id[- ]?kaart|driv(?:er|ing)(?:'?s)? licen[cs]e|führerschein|versicherten|krankenversicherung|sozialversicherung\w*"
    r"|rentenversicherung\w*|cpf|pps|ppsn|aadhaar|personnummer|henkilötunnus|tfn|curp|contribuinte|codice|tessera sanitaria|carta d'identità|dowód|pesel|cpr|codice fiscale|permis de conduire|carnet de conducir)\w*\b[^\d\n\0]{0,24}?"
    r"(?<![A-Za-z0-9])((?=(?:[A-Z]*\d){3})[A-Z0-9]{5,20}|[A-Z]{0,3}\d?[A-Z]{0,2}[ ]?\d(?:[ ./-]?\d)*(?:[ -]?[A-Z]\d*)?)(?![A-Za-z0-9])",
    re.IGNORECASE,
)


def ids(text: str) -> Iterator[tuple[int, int]]:
    """Where a national number stands."""
    for pattern, holds in PATTERNS:
        for found in pattern.finditer(text):
            if holds(found[0].replace(" ", "")):
                yield found.span()
    for found in SAID.finditer(text):
        if sum(c.isdigit() for c in found[1]) >= 4 and sum(c.isalnum() for c in found[1]) >= 6:
            yield found.span(1)
