"""Survey answers as Qualtrics exports them: three header rows, one file a survey and wording."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.demo import identity
from data.demo.calendar import START, Window
from data.demo.customers.block import Outcome
from data.demo.customers.surveys import MAIL, PAGE, Batch
from data.demo.customers.visits import FULL, REFUSED, Sessions
from data.demo.formats.plain import TASKS, utc
from data.demo.site import HOST, product_slug
from data.demo.words import comment

META = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("IPAddress", "IP Address", "ipAddress"),
    ("Progress", "Progress", "progress"),
    ("Duration (in seconds)", "Duration (in seconds)", "duration"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
    ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
    ("RecipientEmail", "Recipient Email", "recipientEmail"),
    ("ExternalReference", "External Data Reference", "externalDataReference"),
    ("LocationLatitude", "Location Latitude", "locationLatitude"),
    ("LocationLongitude", "Location Longitude", "locationLongitude"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
)
EMBEDDED = ("customer_id", "ga_client_id", "session_id", "order_id", "url", "invited_at", "incentive", "task")
ZONED = {"startDate", "endDate", "recordedDate"}
CSAT = "Overall, how satisfied are you with {}? (1 = very dissatisfied, 5 = very satisfied)"
WHY = "What is the main reason for your answer?"
NPS = "How likely are you to recommend Hearth & Pine to a friend or colleague?"


@dataclass(frozen=True)
class Question:
    column: str
    text: str
    import_id: str
    item: str  # key in Batch.items; 'comment' and 'group' are made here
    words: tuple[str, ...] = ()  # choices by code; empty = the number itself


@dataclass(frozen=True)
class Form:
    """One export file: the survey's questions in one wording."""

    file: str
    survey: str
    version: int
    page: str  # where it is asked, '' = by mail
    questions: tuple[Question, ...]


def _ask(item: str, text: str, number: int, words: tuple[str, ...] = ()) -> Question:
    return Question(f"Q{number}", text, f"QID{number}", item, words)


def _why(number: int) -> Question:
    return Question(f"Q{number}", WHY, f"QID{number}_TEXT", "comment")


def _nps(number: int) -> tuple[Question, Question]:
    return (
        Question(f"Q{number}_NPS_GROUP", NPS + " - Group", f"QID{number}_NPS_GROUP", "group"),
        Question(f"Q{number}", NPS, f"QID{number}", "nps"),
    )


EXPECT = _ask(
    "expectation",
    "How good do you expect our furniture to be once it stands in your home? (1 = poor, 7 = excellent)",
    2,
)
FORMS = (
    Form("browse-csat", "browse-csat", 0, "shop", (_ask("csat", CSAT.format("our website today"), 1), EXPECT, _why(3))),
    Form(
        "browse-csat-v2",
        "browse-csat",
        1,
        "shop",
        (
            _ask(
                "csat",
                "How happy are you with finding your way around our shop? (1 = very unhappy, 5 = very happy)",
                11,
            ),
            EXPECT,
            _why(3),
        ),
    ),
    Form(
        "configurator-csat",
        "configurator-csat",
        0,
        "configurator",
        (
            _ask("csat", CSAT.format("putting together your piece"), 1),
            _ask("ease", "Overall, how easy or difficult was this task? (1 = very difficult, 7 = very easy)", 2),
            _why(3),
        ),
    ),
    Form(
        "checkout-csat",
        "checkout-csat",
        0,
        "confirmation",
        (
            _ask("csat", CSAT.format("ordering with us"), 1),
            _ask("price_as_promised", "Was the price you paid the price you had been promised?", 2, ("No", "Yes")),
            _why(3),
        ),
    ),
    Form(
        "delivery-csat",
        "delivery-csat",
        0,
        "",
        (
            _ask("csat", CSAT.format("your delivery"), 1),
            *_nps(2),
            _ask(
                "perceived", "How good is our furniture now that it stands in your home? (1 = poor, 7 = excellent)", 3
            ),
            _ask(
                "judged",
                "Compared with what you expected, it …",
                4,
                ("Fell short", "Met my expectations", "Exceeded my expectations"),
            ),
            _ask("on_time_felt", "Was it delivered by the day we said?", 5, ("No", "Yes")),
            _why(6),
        ),
    ),
    Form("relationship-nps", "relationship-nps", 0, "", (*_nps(1), _why(2))),
    Form(
        "service-effort",
        "service-effort",
        0,
        "",
        (
            _ask(
                "ces",
                "How much effort did you personally have to put forth for your request? (1 = very low, 5 = very high)",
                1,
            ),
            _why(2),
        ),
    ),
    Form(
        "service-effort-v2",
        "service-effort",
        1,
        "",
        (
            _ask(
                "ces",
                "The company made it easy for me to handle my issue. (1 = strongly disagree, 7 = strongly agree)",
                1,
            ),
            _why(2),
        ),
    ),
)
PAGE_OF = {"configurator": HOST + "/configurator/summary", "confirmation": HOST + "/checkout/confirmation", "": ""}


def header(form: Form) -> str:
    names = [name for name, _, _ in META] + [q.column for q in form.questions] + list(EMBEDDED)
    texts = [text for _, text, _ in META] + [q.text for q in form.questions] + list(EMBEDDED)
    keys = [key for _, _, key in META] + [q.import_id for q in form.questions] + list(EMBEDDED)
    ids = [
        json.dumps(
            {"ImportId": k, "timeZone": "Europe/Berlin"} if k in ZONED else {"ImportId": k}, separators=(",", ":")
        )
        for k in keys
    ]
    return _lines([names, texts, ids])


def rows(form: Form, batch: Batch, o: Outcome, sessions: Sessions) -> str:
    """The answers of one block to this form, as CSV text without a header."""
    picked = np.flatnonzero(batch.answered & (batch.version == form.version))
    make = _row_maker(form, batch, o, sessions)
    return _lines(row for i in picked.tolist() for row in make(i))


def _lines(table: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


def stamp(window: Window, local: float) -> str:
    """Local wall time, as Qualtrics writes it."""
    return str(np.datetime64(START.isoformat()) + np.timedelta64(int(local), "s")).replace("T", " ")


def _row_maker(form: Form, batch: Batch, o: Outcome, sessions: Sessions) -> Callable[[int], Iterator[list[str]]]:
    index = _sessions_asked_in(batch, sessions)
    people, window, block = o.world.people, o.world.window, o.world.block

    def make(i: int) -> Iterator[list[str]]:
        person, episode = int(batch.person[i]), int(batch.episode[i])
        number, german = int(people.number[person]), bool(people.german[person])
        dice = float(batch.draw[i])
        score = {q.item: batch.items[q.item][i] for q in form.questions if q.item in batch.items}
        text = comment(form.survey, float(batch.mood[i]), dice, german, number, "E12" in o.on)
        said = [_said(q, score, text) for q in form.questions]
        end = float(batch.responded[i])
        seconds = 25 + int(70 * dice)
        identifier = f"R_{block:04d}{form.survey[:2].upper()}{i:06d}{int(dice * 1e6):06d}"
        at = stamp(window, end)
        head = [
            stamp(window, end - seconds),
            at,
            "0",
            "",
            "100",
            str(seconds),
            "1",
            at,
            identifier,
            "",
            "",
            "",
            "",
            "",
            "",
            str(batch.via[i]),
            "DE" if german else "EN",
        ]
        tail = _embedded(form, batch, o, sessions, index, i, person, episode)
        if batch.via[i] == MAIL:
            head[11] = identity.email(number)
        head[12] = tail[0]
        row = head + said + tail
        yield row
        yield from _spoilt(row, dice, len(META))

    return make


def _sessions_asked_in(batch: Batch, sessions: Sessions) -> np.ndarray:
    """Index of the session each answer was given in, -1 = outside any."""
    keys = sessions.episode * 8 + sessions.slot  # ascending by construction
    wanted = batch.episode * 8 + batch.slot
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where((batch.slot >= 0) & (keys[at] == wanted), at, -1)


def _said(question: Question, score: dict[str, Any], text: str) -> str:
    if question.item == "comment":
        return text
    if question.item == "group":
        value = int(score["nps"])
        return "Promoter" if value >= 9 else "Passive" if value >= 7 else "Detractor"
    value = int(score[question.item])
    return question.words[value] if question.words else str(value)


def _embedded(
    form: Form, batch: Batch, o: Outcome, sessions: Sessions, index: np.ndarray, i: int, person: int, episode: int
) -> list[str]:
    """Embedded data: who, on which browser, in which session, about which order."""
    world, number = o.world, int(o.world.people.number[person])
    order = episode if form.survey in ("checkout-csat", "delivery-csat") else -1
    at = int(index[i])
    consent = int(sessions.consent[at]) if at >= 0 else REFUSED
    second = int(sessions.second_browser[at]) if at >= 0 else 0
    client = identity.client_id(number, second) if consent == FULL else ""
    session = f"{client}.{int(world.window.to_utc_us(sessions.start[at]) // 1_000_000)}" if client else ""
    named = batch.via[i] != PAGE or order >= 0 or (bool(o.after.customer[episode]) and _signed_in(batch, i))
    url = _url(form, o, episode)
    return [
        identity.customer_id(number) if named else "",
        client,
        session,
        identity.order_id(int(identity.order_number(world.block, episode))) if order >= 0 else "",
        url,
        utc(world.window, batch.invited[i : i + 1])[0],
        "yes" if batch.incentive[i] else "no",
        TASKS[int(world.episodes.kind[episode])] if episode >= 0 else "",
    ]


def _url(form: Form, o: Outcome, episode: int) -> str:
    if form.page != "shop":
        return PAGE_OF[form.page]
    path = f"/p/{product_slug(int(o.world.episodes.product[episode]))}" if o.shop.evaluate[episode] else "/c/sofas"
    return HOST + path


def _signed_in(batch: Batch, i: int) -> bool:
    """Whether an intercept met somebody signed in."""
    return (float(batch.draw[i]) * 131.0) % 1.0 < 0.8


def _spoilt(row: list[str], dice: float, first: int) -> Iterator[list[str]]:
    """What every export also holds: previews of the survey team, answers broken off, one sent twice."""
    luck = (dice * 977.0) % 1.0
    if luck < 0.012:
        yield [*row[:2], "1", *row[3:8], row[8] + "p", *row[9:]]
    elif luck < 0.035:
        yield [*row[:4], "35", row[5], "0", row[7], row[8] + "u", *row[9 : first + 1], *("" for _ in row[first + 1 :])]
    elif luck < 0.045:
        yield row
