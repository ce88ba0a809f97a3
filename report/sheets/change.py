"""Changes in words: when levels changed, what another mix made of it, what followed initiatives, and what research notes say beside the numbers."""

from metrics.analyses.change.model import Change, Initiative, Mixed, Noted, Point, Series
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import definition
from report import numbers
from report.rows.estimates import bounds
from report.sheets.sheet import Curve, Curves, Sheet, Sheets, caveats, change, p_text, sentence
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text

MOST_DRAWN = 4  # series, those of the latest changes
CONTROLS = {
    "staged": say("sheets.change.staged"),
    "untouched": say("sheets.change.untouched"),
    "forecast": say("sheets.change.forecast"),
}


def sheets_of(change: Change) -> Sheets:
    """Points, initiatives, mixes, notes."""
    shown = [one for one in change.initiatives if one.shown]
    title = _initiative(shown[0]) + "." if shown else _points_title(change)
    order = list(dict.fromkeys((one.metric, one.stage) for one in change.points))[:MOST_DRAWN]
    drawn = [next(one for one in change.series if (one.metric, one.stage) == key) for key in order]
    sheets = (
        _initiatives(change),
        _points(change),
        *(_drawn(one, change) for one in drawn),
        _mixes(change),
        _research(change),
    )
    return Sheets("changes", change.query, title, say("sheets.change.standfirst"), sheets, change.warnings)


def _named(metric: str, stage: str | None) -> str:
    label = definition(metric).short
    return f"{label}, {stage}" if stage else label


def _said(metric: str, stage: str | None) -> str:
    """The same within a sentence."""
    label = definition(metric).short
    return say("sheets.change.in_stage", label=label, stage=stage) if stage else label


def _points_title(change: Change) -> str:
    if not change.points:
        return say("sheets.change.no_points", looked=change.looked)
    latest = change.points[0]
    return say(
        "sheets.change.point",
        named=_named(latest.metric, latest.stage),
        before=numbers.value(latest.before, latest.unit),
        after=numbers.value(latest.after, latest.unit),
        when=_when(latest),
    )


def _when(point: Point) -> str:
    """In the week of 4 May 2026, or between two weeks."""
    if point.earliest == point.latest:
        return say("sheets.change.week_of", week=words.day(point.week))
    return say("sheets.change.weeks_of", earliest=words.day(point.earliest), latest=words.day(point.latest))


def _points(change: Change) -> Sheet:
    return Sheet(
        "change_points",
        "points",
        _points_title(change),
        say("sheets.change.what_points", looked=change.looked),
        (
            say("sheets.change.metric"),
            say("sheets.change.before"),
            say("sheets.change.after"),
            say("sheets.change.when"),
            say("sheets.change.noted"),
        ),
        tuple(
            (
                _named(one.metric, one.stage),
                numbers.value(one.before, one.unit),
                numbers.value(one.after, one.unit),
                _when(one),
                "; ".join(_note(note) for note in one.near) or say("sheets.change.nothing_noted"),
            )
            for one in change.points
        ),
        tuple(
            {
                "metric": one.metric,
                "stage": one.stage,
                "before": one.before,
                "after": one.after,
                "week": one.week.isoformat(),
                "earliest": one.earliest.isoformat(),
                "latest": one.latest.isoformat(),
                "noted": "; ".join(note.text for note in one.near),
            }
            for one in change.points
        ),
        sentence([say("sheets.change.mind_points"), caveats(change.warnings)]),
    )


def _note(note: Noted) -> str:
    return f"{note.text} ({numbers.span(note.day, note.until) if note.until else words.day(note.day)})"


def _drawn(series: Series, change: Change) -> Sheet:
    """The weeks of one series with the stretches in which its level changed, and the company's notes on its axis."""
    own = [point for point in change.points if (point.metric, point.stage) == (series.metric, series.stage)]
    notes = [
        note
        for note in change.notes
        if note.stage in (None, series.stage) and series.weeks[0] <= note.day <= series.weeks[-1]
    ]
    days = tuple(week.isoformat() for week in series.weeks)
    return Sheet(
        "",
        f"{series.metric} {series.stage}",
        say("sheets.change.weeks", named=_named(series.metric, series.stage)),
        say("sheets.change.what_weeks"),
        curves=Curves(
            series.unit,
            (Curve("", days, series.value, series.low, series.high, definition(series.metric).side),),
            marked=tuple((note.day.isoformat(), note.text) for note in notes),
            spans=tuple((point.earliest.isoformat(), point.latest.isoformat()) for point in own),
        ),
    )


def _mixes(made: Change) -> Sheet:
    top = made.mixes[0] if made.mixes else None
    title = say("sheets.change.no_mixes")
    if top is not None:
        title = say(
            "sheets.change.mixed",
            named=_said(top.metric, top.stage),
            mix=change(top.mix, top.unit),
            part=_grown(top),
            before=numbers.value(top.before, top.unit),
            after=numbers.value(top.after, top.unit),
        )
    return Sheet(
        "mix_and_rate",
        "mixes",
        title,
        say("sheets.change.what_mixes"),
        (
            say("sheets.change.metric"),
            say("sheets.change.before"),
            say("sheets.change.after"),
            say("sheets.change.within"),
            say("sheets.change.by_mix"),
            say("sheets.change.grew"),
        ),
        tuple(
            (
                _named(one.metric, one.stage),
                numbers.value(one.before, one.unit),
                numbers.value(one.after, one.unit),
                change(one.rate, one.unit),
                change(one.mix, one.unit),
                _grown(one),
            )
            for one in made.mixes
        ),
        tuple(
            {"metric": one.metric, "stage": one.stage, "by": one.by, "before": one.before, "after": one.after, **bounds("within", one.rate), **bounds("mix", one.mix), "grown": one.grown}
            for one in made.mixes
        ),
        say("sheets.change.mind_mixes"),
    )  # fmt: skip


def _grown(mixed: Mixed) -> str:
    return say(
        "sheets.change.grown",
        part=mixed.grown,
        by=DIMENSIONS.get(mixed.by, mixed.by),
        before=numbers.percent(mixed.weight_before),
        after=numbers.percent(mixed.weight_after),
    )


def _initiative(initiative: Initiative) -> str:
    """What followed it beside what was to be expected, as somebody would say it: the way in a word, the size without its sign."""
    effect, unit = initiative.effect, initiative.unit
    value, low, high = effect.value or 0.0, effect.low, effect.high
    if (fell := value < 0) and low is not None and high is not None:
        low, high = -high, -low
    said = {
        "name": initiative.name,
        "named": _said(initiative.metric, initiative.stage),
        "size": numbers.difference(abs(value), unit),
        "interval": numbers.interval(low, high, unit),
    }
    return say("sheets.change.followed_fell", **said) if fell else say("sheets.change.followed_rose", **said)


def _initiatives(change: Change) -> Sheet:
    shown = [one for one in change.initiatives if one.shown]
    if not change.initiatives:
        return Sheet(
            "initiatives", "initiatives", say("sheets.change.no_initiatives"), say("sheets.change.how_initiatives")
        )
    return Sheet(
        "initiatives",
        "initiatives",
        _initiative(shown[0]) if shown else say("sheets.change.no_effect"),
        say("sheets.change.what_initiatives"),
        (
            say("sheets.change.initiative"),
            say("sheets.change.metric"),
            say("sheets.change.began"),
            say("sheets.change.beside"),
            say("sheets.change.effect"),
            say("sheets.change.placebo"),
            say("sheets.change.said"),
        ),
        tuple(_row(one) for one in change.initiatives),
        tuple(
            {
                "initiative": one.name,
                "metric": one.metric,
                "stage": one.stage,
                "began": one.day.isoformat(),
                "control": one.control or None,
                **bounds("effect", one.effect),
                "p": one.p,
                "placebo_dates": one.placebos,
                "largest_placebo": one.drift,
                "shown": one.shown,
                "refused": reason_text(one.refused) or None,
            }
            for one in change.initiatives
        ),
        say("sheets.change.mind_initiatives"),
        text_columns=7,
        heading=say("sheets.change.initiatives"),
    )  # fmt: skip


def _row(initiative: Initiative) -> tuple[str, ...]:
    label = (
        _named(initiative.metric, initiative.stage)
        if initiative.refused is None or initiative.control
        else initiative.metric
    )
    if initiative.refused is not None:
        return (
            initiative.name,
            label,
            words.day(initiative.day),
            CONTROLS.get(initiative.control, numbers.NONE),
            numbers.NONE,
            numbers.NONE,
            reason_text(initiative.refused),
        )
    said = [_verdict(initiative)]
    if initiative.trough:
        said.append(say("sheets.change.trough") if initiative.trough < 0 else say("sheets.change.peak"))
    if initiative.control == "forecast" and not initiative.season:
        said.append(say("sheets.change.no_season"))
    placebo = (
        say(
            "sheets.change.placebos",
            p=p_text(initiative.p),
            dates=initiative.placebos,
            drift=numbers.difference(initiative.drift, initiative.unit),
        )
        if initiative.p is not None
        else say("sheets.change.no_placebos")
    )
    return (initiative.name, label, words.day(initiative.day), _control(initiative), change(initiative.effect, initiative.unit), placebo, "; ".join(said))  # fmt: skip


def _verdict(initiative: Initiative) -> str:
    if not initiative.shown:
        return say("sheets.change.no_effect_shown")
    return (
        say("sheets.change.better")
        if ((initiative.effect.value or 0.0) > 0) == (initiative.better == "higher")
        else say("sheets.change.worse")
    )


def _control(initiative: Initiative) -> str:
    never = [name for name, day in initiative.parts if day is None]
    text = CONTROLS[initiative.control]
    if initiative.held:
        text = say("sheets.change.one_mix", control=text, by=DIMENSIONS.get(initiative.held, initiative.held))
    return f"{text}: {words.listed(never)}" if never else text


def _research(change: Change) -> Sheet:
    if not change.research:
        return Sheet("research_notes", "research", say("sheets.change.no_research"), say("sheets.change.how_research"))
    return Sheet(
        "research_notes",
        "research",
        say("sheets.change.research"),
        say("sheets.change.what_research"),
        (
            say("sheets.change.day"),
            say("sheets.change.stage"),
            say("sheets.change.study"),
            say("sheets.change.participants"),
            say("sheets.change.severity"),
            say("sheets.change.note"),
        ),
        tuple(
            (
                words.day(one.day),
                one.stage or say("sheets.change.all_stages"),
                one.method or numbers.NONE,
                numbers.NONE if one.participants is None else numbers.whole(one.participants),
                one.severity or numbers.NONE,
                one.text,
            )
            for one in reversed(change.research)
        ),
        tuple(
            {"day": one.day.isoformat(), "stage": one.stage, "study": one.method, "participants": one.participants, "severity": one.severity, "note": one.text}
            for one in reversed(change.research)
        ),
        say("sheets.change.mind_research"),
        text_columns=6,
    )  # fmt: skip
