"""One person's path in words and HTML: visits by stage, and what was said, asked and bought in between."""

from datetime import datetime
from html import escape
from pathlib import Path

from data.concepts import FRICTION
from metrics.analyses.person_path import Mark, Moment, PersonPath, Stretch, Touched, Visit
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.answer_words import score

FRICTIONS = {"error": "error", "rage": say("ui.path.rage_click"), "dead": say("ui.path.dead_click")}
STYLE = Path(__file__).with_name("path.css")


def back(stage: str, address: str) -> str:
    """The way back, in this window."""
    return say("ui.path.back_to", address=escape(address, quote=True), stage=escape(stage or say("ui.path.the_stage")))


def title(name: str, path: PersonPath) -> str:
    """How often they came, how often it was hard, what they said last."""
    hard = sum(any(s.friction for s in visit.stages) for visit in path.visits)
    said = [_count(path.total, "visit") + (say("ui.path.with_friction", hard=hard) if hard else "")]
    tickets = sum(m.kind == "ticket" for m in path.moments)
    orders = sum(m.kind == "order" for m in path.moments)
    said += [_count(orders, "order")] if orders else []
    said += [_count(tickets, "request") + say("ui.path.for_help")] if tickets else []
    last = next((score for m in path.moments if m.kind == "answer" if (score := _scores(m))), "")
    return say("ui.path.person", name=name, said=", ".join(said)) + (
        say("ui.path.last_said", last=last) if last else "."
    )


def _count(count: int, what: str) -> str:
    return f"{numbers.whole(count)} {what}{'' if count == 1 else 's'}"


def standfirst(path: PersonPath) -> str:
    """Who this is, as far as it may be said."""
    who = [say("ui.path.segment", segment=path.segment)] if path.segment else []
    who += (
        [say("ui.path.customer_since", month=numbers.month(path.customer_since, full=True))]
        if path.customer_since
        else [say("ui.path.no_customer_yet_as_far_as")]
    )
    met = say("ui.path.first_met", date=words.day(path.first.date())) if path.first > datetime.min else ""
    said = ", ".join(part for part in (*who, met) if part)
    return say("ui.path.blue_what_they_did_and_orange", said=said[:1].upper(), said2=said[1:])


def when(path: PersonPath) -> str:
    """The span of the path, and how long it is."""
    times = [*(v.at for v in path.visits), *(m.at for m in path.moments)]
    weeks = (max(times) - min(times)).days / 7
    return f"{words.span(min(times).date(), max(times).date())}" + (
        say("ui.path.weeks", weeks=numbers.fixed(weeks)) if weeks >= 2 else ""
    )


def shown(path: PersonPath) -> str:
    """What of the path is listed: all of it, or the newest visits."""
    said = (
        say("ui.path.the_newest_of_visits_and_what", shown=path.shown, total=numbers.whole(path.total))
        if path.total > path.shown
        else say("ui.path.every_visit_on_record_and_what")
    )
    return said + say("ui.path.whatever_the_period_and_filters_above")


def timeline(path: PersonPath) -> str:
    """The path as a list, newest first; a visit's own steps run forward."""
    entries = path.entries()
    rows, day = [], None
    for entry in entries:
        mark = _visit(entry) if isinstance(entry, Visit) else MOMENT[entry.kind](entry)
        head = words.day(entry.at.date())
        rows.append(
            f'<li class="{"visit" if isinstance(entry, Visit) else entry.kind}">'
            f'<div class="when"><b>{head if head != day else ""}</b> <span>{entry.at:%H:%M}</span></div><div class="what">{mark}</div></li>'
        )
        day = head
    return f'<ol class="path">{"".join(rows)}</ol>'


def _visit(visit: Visit) -> str:
    where = " · ".join(part for part in (_minutes(visit), *dict.fromkeys((visit.touch_channel, visit.device))) if part)
    last = {stretch.stage: place for place, stretch in enumerate(visit.stretches)}
    ends = {touched.stage: _ending(touched, _marked(visit, touched.stage)) for touched in visit.stages}
    rows = [
        _stretch(stretch, ends.get(stretch.stage or "", "") if last[stretch.stage] == place else "")
        for place, stretch in enumerate(visit.stretches)
    ]
    more = say("ui.path.and_more_steps", hidden=numbers.whole(visit.hidden)) if visit.hidden > 0 else ""
    return say("ui.path.visit", where=escape(where)) + "".join(rows) + more


def _minutes(visit: Visit) -> str:
    seconds = (visit.until - visit.at).total_seconds()
    return say("ui.path.under_a_minute") if seconds < 60 else say("ui.path.min", seconds=numbers.fixed(seconds / 60))


def _marked(visit: Visit, stage: str) -> int:
    """How many of a stage's marks of friction stand among its steps."""
    return sum(m.times for s in visit.stretches if s.stage == stage for m in s.marks if m.kind in FRICTION)


def _stretch(stretch: Stretch, ending: str) -> str:
    """A stage's steps; where the visit leaves the stage for good, what the metrics count of it."""
    steps = "".join(_step(mark) for mark in stretch.marks)
    end = f'<span class="end">{escape(ending)}</span>' if ending else ""
    return f"""<div class="stage"><b>{escape(stretch.stage or say("ui.path.no_stage"))}</b><div class="steps">{steps}{end}</div></div>"""


def _ending(counted: Touched, marked: int) -> str:
    """Goal, steps back, and friction that is no single event of its source (three clicks in a second, say)."""
    said = (
        [say("ui.path.goal_reached")]
        if counted.reached
        else [say("ui.path.goal_not_reached")]
        if counted.reached is False
        else []
    )
    said += (
        [
            say("ui.path.went_back", backtracks=counted.backtracks)
            if counted.backtracks > 1
            else say("ui.path.went_back_once")
        ]
        if counted.backtracks
        else []
    )
    said += [say("ui.path.more_of_friction", friction=counted.friction - marked)] if counted.friction > marked else []
    return ", ".join(said)


def _step(mark: Mark) -> str:
    times = f" ×{mark.times}" if mark.times > 1 else ""
    if mark.kind in FRICTION:
        on = f": {mark.what}" if mark.what else ""
        return f"<span><b>▲ {escape(FRICTIONS[mark.kind] + on + times)}</b></span>"
    shown = (mark.what or "/") if mark.kind == "view" else " ".join([mark.name.replace("_", " "), mark.what]).strip()
    return f'<span class="{"page" if mark.kind == "view" else "act"}">{escape(shown + times)}</span>'


def _scores(moment: Moment) -> str:
    return ", ".join(text for row in moment.rows if (text := score(row["metric"], row["score"], row["scale_max"])))


def _answer(moment: Moment) -> str:
    about = say(
        "ui.path.answer", join=escape(" · ".join(part for part in (moment.stage, moment.rows[0]["survey"]) if part))
    )
    chosen = [
        f"{row['question'] or row['survey']} {row['choice']}"
        for row in moment.rows
        if row["choice"] and row["metric"] is None
    ]
    said = "".join(
        f'<blockquote class="quote">{escape(row["comment"])}</blockquote>' for row in moment.rows if row["comment"]
    )
    scores = f'<p class="score">◆ {escape(_scores(moment))}</p>' if _scores(moment) else ""
    return f'<p class="head">{about}</p>{scores}{said}' + "".join(
        f'<p class="more">{escape(text)}</p>' for text in chosen
    )


def _ticket(moment: Moment) -> str:
    (row,) = moment.rows
    parts = (moment.stage, (row["category"] or "").replace("_", " "), row["contact_via"])
    about = say("ui.path.asked_for_help", join=escape(" · ".join(part for part in parts if part)))
    said = "".join(
        f'<blockquote class="quote">{escape(text)}</blockquote>'
        for text in dict.fromkeys((row["subject"], row["body"]))
        if text
    )
    steps = [
        _after(say("ui.path.first_reply"), moment.at, row["replied_at"]) or say("ui.path.no_reply_yet"),
        _after("solved", moment.at, row["solved_at"]) or say("ui.path.not_solved"),
    ]
    steps += [say("ui.path.opened_again", reopens=row["reopens"])] if row["reopens"] else []
    return f'<p class="head">{about}</p>{said}<p class="more">{escape(" · ".join(steps))}</p>'


def _after(what: str, start: datetime, end: datetime | None) -> str:
    if end is None:
        return ""
    hours = (end - start).total_seconds() / 3600
    size = (
        say("ui.path.min_2", hours=numbers.fixed(60 * hours))
        if hours < 1
        else f"{numbers.fixed(hours)} h"
        if hours < 48
        else say("ui.path.days", hours=numbers.fixed(hours / 24))
    )
    return say("ui.path.after", what=what, size=size, date=words.day(end.date(), year=False))


def _order(moment: Moment) -> str:
    (row,) = moment.rows
    worth = numbers.amount(row["amount_cents"] / 100, row["currency"]) if row["amount_cents"] is not None else ""
    steps = (
        [say("ui.path.promised_by", date=words.day(row["promised_at"].date(), year=False))]
        if row["promised_at"]
        else []
    )
    steps += (
        [say("ui.path.cancelled", date=words.day(row["cancelled_at"].date(), year=False))]
        if row["cancelled_at"]
        else []
    )
    steps += (
        [say("ui.path.came", date=words.day(row["delivered_at"].date(), year=False))] if row["delivered_at"] else []
    )
    steps += (
        [say("ui.path.refunded", amount=numbers.amount(row["refunded_cents"] / 100, row["currency"]))]
        if row["refunded_cents"]
        else []
    )
    where = " · ".join(part for part in (worth, row["touch_channel"]) if part)
    return say("ui.path.order", where=escape(where), steps=escape(" · ".join(steps)))


def _promise(moment: Moment) -> str:
    (row,) = moment.rows
    how = {"kept": say("ui.path.promise_kept"), "broken": say("ui.path.promise_broken")}[row["outcome"]] + (
        say("ui.path.as_they_felt_it") if row["evidence"] == "felt" else ""
    )
    return f'<p class="head">{how} <span>{escape(row["promise"])}</span></p>'


MOMENT = {"answer": _answer, "ticket": _ticket, "order": _order, "promise": _promise}
