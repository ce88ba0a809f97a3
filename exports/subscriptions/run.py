"""A file of subscriptions carried out once: every digest with what is new since its last, alerts with what is retracted."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from data.store.decisions import Decisions
from data.store.generations import Generation
from data.store.saved.sent import Sent
from exports import digest
from exports.subscriptions import news, send
from exports.subscriptions.file import ALERTED, Alerts, Mail, Subscription, Subscriptions
from metrics.analyses.alerts.watch import Alarm, State, Watched, state_now, watch
from metrics.catalogue.load import definition
from metrics.query import context, period
from metrics.query.query import Query
from metrics.rules.access import access_file, as_groups, for_export
from metrics.rules.access import again as seen_again
from report import numbers
from report.findings.finding import Finding
from report.text.catalogue import say
from report.words import words

KEPT = 26  # weeks an alert is known for: the same one is not raised again, and is looked at again


def digests(held: Subscriptions, generation: Generation, sent: Sent, address: str) -> list[str]:
    """Each digest made and sent, a line each. One that is not taken ends the run; those before it are sent and remembered."""
    if not held.subscriptions:
        return [say("exports.subscriptions.nothing_to_send")]
    return [_digest(one, held.mail, generation, sent, address) for one in held.subscriptions]


def _digest(subscription: Subscription, server: Mail | None, whole: Generation, sent: Sent, address: str) -> str:
    generation = for_export(as_seen(subscription.as_groups, whole))
    known = context.read(generation)
    asked = period.with_default_period(Query((), subscription.journey, filters=subscription.where), known, False)
    journey = asked.journey or known.journeys[0]
    before = sent.last(_name(subscription))
    kept: dict[str, Any] = {}

    def told(findings: list[Finding], main: dict[str, str]) -> list[str]:
        signed = news.standings(Decisions(sent.file), journey, generation)
        kept.update(news.record(findings, signed, main))
        return news.news(before, kept, signed)

    with numbers.written_as(known.locale, known.currency):
        made = digest.build(asked, generation, subscription.audience, address, told)
    where = []
    if subscription.folder:
        day = known.last_day.isoformat() if known.last_day else "undated"
        where += [
            str(path)
            for path in send.files(subscription.folder, subscription.name, day, {"txt": made.text, "html": made.html})
        ]
    if subscription.to and server:
        send.mail(server, subscription.to, made.subject, made.text, made.html)
        where.append(say("exports.subscriptions.by_mail_to", to=", ".join(subscription.to)))
    sent.keep(_name(subscription), generation.name, kept)
    return say("exports.subscriptions.sent", name=subscription.name, where=", ".join(where))


def _name(subscription: Subscription) -> str:
    return f"digest {subscription.name}"


def as_seen(groups: tuple[str, ...], generation: Generation) -> Generation:
    """As these groups of access.toml see it, whoever the command is run as: they are whom it goes to. Without any as it is."""
    if not groups:
        return generation
    return seen_again(generation, as_groups(groups, access_file()))


def alerts(held: Subscriptions, generation: Generation, sent: Sent, address: str) -> list[str]:
    """One look: what is raised, what of before is retracted. What was raised is not raised again while it is known."""
    if held.alerts is None:
        return [say("exports.subscriptions.no_alerts")]
    asked, generation = held.alerts, for_export(generation)
    known = context.read(generation)
    before = [_alarm(entry) for entry in (sent.last(ALERTED) or {}).get("alarms", [])]
    found = watch(asked.journey, generation, asked.weeks, asked.budget)
    retracted = [one for one in before if state_now(one, asked.journey, generation) is State.RETRACTED]
    standing = [one for one in before if one not in retracted and _young(one, known.last_day)]
    keys = {(one.key, one.diff > 0) for one in standing}
    fresh = [one for one in found.alarms if (one.key, one.diff > 0) not in keys]
    with numbers.written_as(known.locale, known.currency):
        if fresh or retracted:
            _tell(asked, held.mail, fresh, retracted, found, known, address)
    sent.keep(ALERTED, generation.name, {"alarms": [_plain(one) for one in [*standing, *fresh]]})
    return [
        *(_line(one) for one in fresh),
        *(say("exports.subscriptions.alert_retracted", text=_line(one)) for one in retracted),
        say(
            "exports.subscriptions.alert_told",
            found=len(fresh),
            retracted=len(retracted),
            known=len(standing),
            series=found.series,
        ),
    ]


def _young(alarm: Alarm, last: date | None) -> bool:
    return last is None or (last - alarm.end).days <= 7 * KEPT


def _tell(
    asked: Alerts,
    server: Mail | None,
    fresh: list[Alarm],
    retracted: list[Alarm],
    watched: Watched,
    known: context.Context,
    address: str,
) -> None:
    """To every place named, all of them the same."""
    lines = [_line(one) for one in fresh]
    lines += [say("exports.subscriptions.alert_retracted", text=_line(one)) for one in retracted]
    subject = (
        say(
            "exports.subscriptions.alert_subject",
            company=known.company,
            count=len(fresh),
            series=watched.series,
            budget=numbers.fixed(asked.budget, 1),
        )
        if fresh
        else say("exports.subscriptions.alert_subject_retracted", company=known.company)
    )
    foot = say(
        "exports.subscriptions.alert_foot",
        series=watched.series,
        level=numbers.fixed(watched.level, 4),
        budget=numbers.fixed(asked.budget, 1),
        link=address,
    )
    text = "\n".join([subject, "", *lines, "", foot]) + "\n"
    if asked.folder:
        day = watched.end.isoformat() if watched.end else "undated"
        send.files(asked.folder, ALERTED, day, {"txt": text})
    if asked.to and server:
        send.mail(server, asked.to, subject, text)
    if asked.webhook:
        content = {
            "text": text,
            "raised": [_plain(one) | {"said": _line(one)} for one in fresh],
            "retracted": [_plain(one) | {"said": _line(one)} for one in retracted],
        }
        send.webhook(asked.webhook, content)


def _line(alarm: Alarm) -> str:
    found = definition(alarm.metric)
    place = alarm.stage or say("exports.subscriptions.the_whole_journey")
    if alarm.channel:
        place = say("exports.subscriptions.in_channel", stage=place, channel=alarm.channel)
    return say(
        "exports.subscriptions.alert",
        label=found.label,
        place=place,
        diff=numbers.difference(alarm.diff, found.unit, plus=True),
        before=words.value(alarm.before, found),
        value=words.value(alarm.value, found),
        span=numbers.span(alarm.start, alarm.end),
    )


def _plain(alarm: Alarm) -> dict[str, Any]:
    return asdict(alarm) | {"start": alarm.start.isoformat(), "end": alarm.end.isoformat()}


def _alarm(entry: dict[str, Any]) -> Alarm:
    days = {name: date.fromisoformat(entry[name]) for name in ("start", "end")}
    return Alarm(**entry | days)
