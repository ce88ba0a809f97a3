"""Mails in a text: what its writer wrote, without the mails quoted below or between, and without the signature."""

import html
import re

# Begins a quoted mail, in the words of mail programs in seven languages. Each must stand on a line of its own.
WROTE = r"wrote|schrieb|a écrit|écrit|escribió|schreef|escreveu|ha scritto|scrisse"
INTRO = re.compile(
    rf"^\s*(?:(?:on|am|le|el|op|em|il)\s.{{6,160}}(?:{WROTE})[^:]{{0,80}}\s?:|(?:on|am|le|el|op|em|il)\s.{{6,160}}<[^>]+@[^>]+>:)\s*$",
    re.I,
)
RULE = re.compile(
    r"^\s*[-_=]{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|originalnachricht|message d'origine|message original|"
    r"message transféré|mensaje original|mensaje reenviado|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|mensagem encaminhada|"
    r"messaggio originale|messaggio inoltrato|please type your reply above this line|reply above this line).*$|^\s*#{2,}-? ?please type your reply above.*$",
    re.I,
)
FROM = re.compile(r"^\s*\*?(?:from|von|de|van|da)\s?:\*?\s+\S.*$", re.I)
FIELD = re.compile(
    r"^\s*\*?(?:sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|date|à|objet|enviado(?: el)?|fecha|para|asunto|verzonden|aan|onderwerp|"
    r"data|enviada(?: em)?|assunto|inviato|a|oggetto)\s?:\*?\s.*$",
    re.I,
)
SENT_FROM = re.compile(
    r"^\s*(?:sent from (?:my|outlook|mail|yahoo|proton)|get outlook for|gesendet von|von meinem .{2,30} gesendet|von meinem .{2,20} gesendet|envoyé de(?:puis)? mon|"
    r"enviado desde mi|verzonden vanaf mijn|verstuurd vanaf mijn|enviado do meu|inviato da(?:l mio)?).*$",
    re.I,
)
# A closing that stands alone on its line, near the end: what follows is a name and an address.
CLOSING = re.compile(
    r"^\s*(?:(?:kind|best|warm|many)\s(?:regards|wishes)|regards|sincerely|yours (?:sincerely|faithfully|truly)|best|cheers|mit (?:freundlichen|besten|herzlichen) grüßen|"
    r"mit (?:freundlichem|bestem) gruß|freundliche grüße|freundliche grüsse|mit freundlichen grüssen|(?:viele|beste|liebe|schöne|herzliche) grüße|vg|mfg|lg|cordialement|bien cordialement|"
    r"(?:bien à vous|salutations)|(?:un )?(?:cordial )?saludos?(?: cordiales)?|atentamente|met vriendelijke groet(?:en)?|mvg|atenciosamente|cumprimentos|"
    r"com os melhores cumprimentos|cordiali saluti|distinti saluti)\s*[,.!]?\s*$",
    re.I,
)
SIGNATURE = 12  # lines that a signature has at most
QUOTED = re.compile(r"\s*(?:>|&gt;)")
MARK = re.compile(r"^--\s?$")
# In SQL: whether a text may hold anything of this; HTML is opened first
MAIL_SIGN = (
    r"(?im)^\s*(>|&gt;)|(wrote|schrieb|écrit|escribió|schreef|escreveu|scritto|scrisse)[^:\n]{0,80}:|<[^>\s]+@[^>\s]+>:|^\s*\*?(from|von|de|van|da)\s?:|[-_=]{2,}\s?[a-zA-Zü]+|^--\s?$|"
    r"reply above this line|^\s*(sent from|get outlook|gesendet von|von meinem|envoy.? de|enviado d|verzonden vanaf|verstuurd vanaf|inviato da)|<blockquote|"
    r"(regards|wishes|sincerely|gr..?.en|gr..?.e|gru.|cordialement|saludos?|atentamente|groeten?|atenciosamente|cumprimentos|saluti|mfg|vg|lg|mvg)\s*[,.!]?\s*$"
).replace("'", "''")
BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h\d)>", re.I)
QUOTE = re.compile(r"<blockquote\b.*?(?:</blockquote>|$)", re.I | re.S)
TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.I)


def plain(text: str) -> str:
    """HTML as text, a line where it breaks one, quoted blocks left out; any other text as it is."""
    if not BREAK.search(text) and not QUOTE.search(text):
        return text
    return html.unescape(TAG.sub("", BREAK.sub("\n", QUOTE.sub("\n", text))))


def own_words(text: str) -> str:
    """What the writer of a mail wrote. A text that is all quote, or no mail, is given back as it came."""
    lines = plain(text).splitlines()
    kept: list[str] = []
    for place, line in enumerate(lines):
        if RULE.match(line) or _intro(lines, place) or _header(lines, place):
            break
        if not _quoted(lines, place):
            kept.append(line)
    kept = _unsigned(kept)
    found = "\n".join(kept).strip()
    same = found == text.strip() or not found and not any(line.strip() for line in kept)
    return text if same or not found else found


def _quoted(lines: list[str], place: int) -> bool:
    """A line behind >; before a number (> 5 days late) only where the line beside it is one, too."""
    beside = lines[max(place - 1, 0) : place] + lines[place + 1 : place + 2]
    return bool(QUOTED.match(lines[place])) and (
        not re.match(r"\s*(?:>|&gt;)\s?\d", lines[place]) or any(map(QUOTED.match, beside))
    )


def _intro(lines: list[str], place: int) -> bool:
    """On …, somebody wrote: on one line, or on two as mail programs wrap it; a quote or nothing of the writer's follows."""
    if INTRO.match(lines[place]):
        return bool(re.search(r"\d", lines[place]))
    wrapped = (
        place + 1 < len(lines) and lines[place + 1].strip() and f"{lines[place].rstrip()} {lines[place + 1].strip()}"
    )
    return bool(
        wrapped
        and not lines[place].rstrip().endswith((".", "!", "?"))
        and INTRO.match(wrapped)
        and re.search(r"\d", wrapped)
    )


def _header(lines: list[str], place: int) -> bool:
    """From: with at least two more fields of a mail's head in the four lines below."""
    return bool(FROM.match(lines[place])) and sum(bool(FIELD.match(line)) for line in lines[place + 1 : place + 5]) >= 2


def _unsigned(lines: list[str]) -> list[str]:
    """Without what follows a line of two dashes, a closing near the end, or the advertisement of a telephone."""
    for place, line in enumerate(lines):
        rest = [below for below in lines[place + 1 :] if below.strip()]
        short = len(rest) <= SIGNATURE and all(len(below) <= 120 for below in rest)
        if (
            place
            and (MARK.match(line) or CLOSING.match(line) and all(len(below) <= 60 for below in rest))
            and short
            or SENT_FROM.match(line)
            and short
        ):
            return lines[:place]
    return lines
