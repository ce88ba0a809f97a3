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


def tell(made: Change) -> Sheets:
    """Points, initiatives, mixes, notes."""
    shown = [one for one in made.initiatives if one.shown]
    title = _initiative(shown[0]) + "." if shown else _points_title(made)
    order = list(dict.fromkeys((one.metric, one.stage) for one in made.points))[:MOST_DRAWN]
    drawn = [next(one for one in made.series if (one.metric, one.stage) == key) for key in order]
    sheets = (
        _initiatives(made),
        _points(made),
        *(_drawn(one, made) for one in drawn),
        _mixes(made),
        _research(made),
    )
    return Sheets("changes", made.query, title, say("sheets.change.standfirst"), sheets, made.warnings)


def _named(metric: str, stage: str | None) -> str:
    label = definition(metric).short
    return f"{label}, {stage}" if stage else label


def _points_title(made: Change) -> str:
    if not made.points:
        return say("sheets.change.no_points", looked=made.looked)
    latest = made.points[0]
    return say(
        "sheets.change.point",
        named=_named(latest.metric, latest.stage),
        before=numbers.value(latest.before, latest.unit),
        after=numbers.value(latest.after, latest.unit),
        when=_when(latest),
    )


def _when(one: Point) -> str:
    """In the week of 4 May 2026, or between two weeks."""
    if one.earliest == one.latest:
        return say("sheets.change.week_of", week=words.day(one.week))
    return say("sheets.change.weeks_of", earliest=words.day(one.earliest), latest=words.day(one.latest))


def _points(made: Change) -> Sheet:
    return Sheet(
        "change_points",
        "points",
        _points_title(made),
        say("sheets.change.what_points", looked=made.looked),
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
            for one in made.points
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
            for one in made.points
        ),
        sentence([say("sheets.change.mind_points"), caveats(made.warnings)]),
    )


def _note(note: Noted) -> str:
    return f"{note.text} ({numbers.span(note.day, note.until) if note.until else words.day(note.day)})"


def _drawn(one: Series, made: Change) -> Sheet:
    """The weeks of one series with the stretches in which its level changed, and the company's notes on its axis."""
    own = [point for point in made.points if (point.metric, point.stage) == (one.metric, one.stage)]
    notes = [
        note for note in made.notes if note.stage in (None, one.stage) and one.weeks[0] <= note.day <= one.weeks[-1]
    ]
    days = tuple(week.isoformat() for week in one.weeks)
    return Sheet(
        "",
        f"{one.metric} {one.stage}",
        say("sheets.change.weeks", named=_named(one.metric, one.stage)),
        say("sheets.change.what_weeks"),
        curves=Curves(
            one.unit,
            (Curve("", days, one.value, one.low, one.high, definition(one.metric).side),),
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
            named=_named(top.metric, top.stage),
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


def _grown(one: Mixed) -> str:
    return say(
        "sheets.change.grown",
        part=one.grown,
        by=DIMENSIONS.get(one.by, one.by),
        before=numbers.percent(one.weight_before),
        after=numbers.percent(one.weight_after),
    )


def _initiative(one: Initiative) -> str:
    return say(
        "sheets.change.followed",
        name=one.name,
        named=_named(one.metric, one.stage),
        effect=change(one.effect, one.unit),
    )


def _initiatives(made: Change) -> Sheet:
    shown = [one for one in made.initiatives if one.shown]
    if not made.initiatives:
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
        tuple(_row(one) for one in made.initiatives),
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
            for one in made.initiatives
        ),
        say("sheets.change.mind_initiatives"),
        text_columns=7,
        heading=say("sheets.change.initiatives"),
    )  # fmt: skip


def _row(one: Initiative) -> tuple[str, ...]:
    label = _named(one.metric, one.stage) if one.refused is None or one.control else one.metric
    if one.refused is not None:
        return (
            one.name,
            label,
            words.day(one.day),
            CONTROLS.get(one.control, numbers.NONE),
            numbers.NONE,
            numbers.NONE,
            reason_text(one.refused),
        )
    said = [_verdict(one)]
    if one.trough:
        said.append(say("sheets.change.trough") if one.trough < 0 else say("sheets.change.peak"))
    if one.control == "forecast" and not one.season:
        said.append(say("sheets.change.no_season"))
    placebo = (
        say(
            "sheets.change.placebos", p=p_text(one.p), dates=one.placebos, drift=numbers.difference(one.drift, one.unit)
        )
        if one.p is not None
        else say("sheets.change.no_placebos")
    )
    return (one.name, label, words.day(one.day), _control(one), change(one.effect, one.unit), placebo, "; ".join(said))  # fmt: skip


def _verdict(one: Initiative) -> str:
    if not one.shown:
        return say("sheets.change.no_effect_shown")
    return (
        say("sheets.change.better")
        if ((one.effect.value or 0.0) > 0) == (one.better == "higher")
        else say("sheets.change.worse")
    )


def _control(one: Initiative) -> str:
    never = [name for name, day in one.parts if day is None]
    text = CONTROLS[one.control]
    if one.held:
        text = say("sheets.change.one_mix", control=text, by=DIMENSIONS.get(one.held, one.held))
    return f"{text}: {words.listed(never)}" if never else text


def _research(made: Change) -> Sheet:
    if not made.research:
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
            for one in reversed(made.research)
        ),
        tuple(
            {"day": one.day.isoformat(), "stage": one.stage, "study": one.method, "participants": one.participants, "severity": one.severity, "note": one.text}
            for one in reversed(made.research)
        ),
        say("sheets.change.mind_research"),
        text_columns=6,
    )  # fmt: skip
