"""Causes of a stage in sentences: what goes with unhappiness, how much, among whom, how sure. Never a word of cause for what was only observed."""

from collections.abc import Callable

from metrics.analyses.causes.arms import UNEVEN
from metrics.analyses.causes.model import Cause, Echo, Grade, Kind, StageCauses
from metrics.codes import WarningCode
from metrics.statistics.core import Estimate
from report import numbers
from report.words import words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts

PLACES = {"web": "on the web", "app": "in the app", "phone": "by phone", "store": "in the store"}
FRICTION = {
    "error": "met an error",
    "rage_click": "clicked again and again on one spot",
    "dead_click": "clicked where nothing happened",
    "backtrack": "went back",
    "goal_missed": "did not get it done",
}
WAITING = {
    "visit": "spent long on it (the longest quarter of their channel)",
    "delivery": "waited long for the delivery (the longest quarter of their kind of order)",
    "reply": "waited more than 24 hours for a first reply",
}
# What those who met it did or met, after "people who …".
MET: dict[Kind, Callable[[str, str], str]] = {
    Kind.PROMISE_SAID: lambda name, part: f"say “{name}” was not kept",
    Kind.PROMISE: lambda name, part: f"had the promise “{name}” broken",
    Kind.FRICTION: lambda name, part: FRICTION.get(name, f"met {name}"),
    Kind.WAITING: lambda name, part: WAITING.get(name, f"waited: {name}"),
    Kind.PAGE: lambda name, part: f"saw {name}",
    Kind.REASON: lambda name, part: f"had asked for help: {words.part('category', name)}",
    Kind.CARRIER: lambda name, part: f"had it brought by {name}",
    Kind.CHANNEL: lambda name, part: f"came {PLACES.get(name, 'by ' + name)}",
    Kind.DEVICE: lambda name, part: f"used a {name} device",
    Kind.RELEASE: lambda name, part: f"used release {name}",
    Kind.ARM: lambda name, part: f"were in “{part}” of the experiment {name}",
    Kind.WORD: lambda name, part: f"wrote “{name}”",
}
GRADES = {
    Grade.EXPERIMENT: "experiment",
    Grade.MATCHED: "matched, not proven",
    Grade.CORRELATIONAL: "goes together, nothing more is known",
    Grade.SAID: "said by the same people in the same survey",
}
HELD = {
    "way": "way of asking",
    "task": "task",
    "touch_channel": "channel",
    "segment": "segment",
    "customer": "customers and others",
    "quarter": "quarter of the year",
}


def met(cause: Cause | Echo) -> str:
    """What people met, as it follows “people who”."""
    return MET[cause.kind](cause.name, cause.part)


def name(cause: Cause | Echo) -> str:
    """The same as a heading."""
    text = met(cause)
    return text[0].upper() + text[1:]


def short(cause: Cause) -> str:
    """The same as a label of a chart."""
    if cause.kind in (Kind.PROMISE_SAID, Kind.PROMISE):
        return f"“{cause.name}” {'said not kept' if cause.kind is Kind.PROMISE_SAID else 'broken'}"
    return f"“{cause.part}” of {cause.name}" if cause.kind is Kind.ARM else name(cause)


def title(made: StageCauses) -> str:
    """The strongest, or that nothing holds."""
    if made.refused:
        return f"What goes with unhappiness in {made.stage}"
    if not made.causes:
        return f"Nothing measured surely goes with unhappiness in {made.stage}"
    top = made.causes[0]
    return (
        f"In {made.stage}, {numbers.percent(top.unhappy)} of those who {met(top)} are unhappy, "
        f"{numbers.percent(top.unhappy_else)} of the others"
    )


def counted(made: StageCauses) -> str:
    """Who is unhappy, over which days, and what was looked at; or why nothing is looked for."""
    if made.refused:
        return f"Not looked for: {reason_text(made.refused)}."
    text = (
        f"{numbers.percent(made.unhappy / made.answers)} of {numbers.whole(made.answers)} answers are unhappy "
        f"({made.outcome.upper()} decides), {words.span(made.query.start, made.query.end)}."
    )
    return text if made.causes else f"{text} {_looked(made)}"


def what(made: StageCauses) -> str:
    """The same, and what the bars are."""
    if not made.causes:
        return counted(made)
    return (
        f"{counted(made)} Bar: how many points more of them are unhappy than of comparable people, with its "
        f"{numbers.percent(made.query.level)} interval."
    )


def native(made: StageCauses) -> str:
    """What a native chart of it shows."""
    if made.refused or not made.causes:
        return what(made)
    return (
        f"Share of unhappy people who met it less that of comparable people who did not, with {numbers.percent(made.query.level)} "
        f"intervals; strongest first, {words.span(made.query.start, made.query.end)}"
    )


def _looked(made: StageCauses) -> str:
    if not made.scanned:
        return "Too few met any one thing to compare them with the others."
    return f"{made.scanned} things measured were looked at together; none holds."


def points(found: Estimate) -> str:
    """+19 points (14 to 24)."""
    sign = numbers.difference(found.value, "rate")
    return f"{'+' if (found.value or 0) > 0 else ''}{sign} ({words.interval(found.low, found.high, 'rate')})"


def size(cause: Cause) -> str:
    """How many, how unhappy they are and the others, and which part of the unhappy they are."""
    whose = "the experiment holds" if cause.kind is Kind.ARM else "known of"
    known = "" if cause.known > 0.995 else f" ({whose} {numbers.percent(cause.known)} of the answers)"
    return (
        f"{numbers.whole(cause.persons)} people, {numbers.percent(cause.covers)} of the unhappy{known}: "
        f"{numbers.percent(cause.unhappy)} of them are unhappy, {numbers.percent(cause.unhappy_else)} of the others"
    )


def held(cause: Cause) -> str:
    """What was held equal, and of whom."""
    left = "" if cause.compared > 0.995 else f" ({numbers.percent(cause.compared)} have their like)"
    text = f"held equal: {words.listed([HELD[one] for one in cause.held])}{left}"
    if cause.caution == UNEVEN:
        text += "; the arms answered in other numbers than they were shown it, so who answered may be the difference"
    return text


def evidence(cause: Cause) -> str:
    """The grade and what was held equal."""
    return f"{GRADES[cause.grade]}; {held(cause)}"


def shared(cause: Cause, made: StageCauses) -> list[str]:
    """What it shares with the others of the list, and what is left of it beside those above; nothing where it is alone."""
    said = [
        f"{numbers.percent(one.share)} of them also {met(made.causes[one.place])}"
        for one in cause.overlaps
        if one.share is not None and one.share >= 0.05
    ]
    if cause.beside is not None and cause.beside.value is not None and cause.beside.low is not None:
        said.append(f"with those above held equal as well: {points(cause.beside)}")
    return said


def echo(one: Echo, made: StageCauses) -> str:
    """What goes along with a cause and adds nothing to it."""
    return f"People who {met(one)} are not unhappier once it is held equal who {met(made.causes[one.place])}"


def foot(made: StageCauses) -> str:
    """How it was found."""
    if made.refused or not made.scanned:
        return ""
    said = [echo(one, made) for one in made.echoes]
    if made.causes:
        said.append(
            f"Ranked by the low end × people. {made.scanned} things measured were looked at and corrected for together "
            "(Benjamini–Hochberg, q = .05); what is not listed does not hold"
        )
        said.append(
            "People who differ in what nobody recorded may differ in both: what goes together need not come of each other"
        )
    said += ["Exploratory: a filtered view, corrected for this view only"] if made.query.filters else []
    said += [
        text[0].upper() + text[1:]
        for text in warning_texts(one for one in made.warnings if one.code is not WarningCode.SIMULATED)
    ]
    return ". ".join(said) + "." if said else ""


def claim(made: StageCauses) -> str:
    """The strongest cause as a sentence beside a finding: who, and how unhappy they are beside the others."""
    top = made.causes[0]
    share = numbers.percent(top.answers / (top.known * made.answers))
    return f"{share} {met(top)}; {numbers.percent(top.unhappy)} of them are unhappy, {numbers.percent(top.unhappy_else)} of the others"


def proof(made: StageCauses) -> str:
    """The numbers behind that sentence."""
    top = made.causes[0]
    found = top.difference
    return (
        f"{words.over(made.query.start, made.query.end)}, {numbers.difference(found.value, 'rate')} more of them "
        f"({words.interval(found.low, found.high, 'rate')}, n {numbers.whole(top.answers)}) are unhappy than of comparable people; {GRADES[top.grade]}"
    )


def step(made: StageCauses) -> str:
    """What an owner can do next about the strongest cause."""
    top = made.causes[0]
    if top.kind in (Kind.PROMISE_SAID, Kind.PROMISE):
        return f"see where {made.stage} says “{top.name}” and what people then meet"
    return f"see what those meet who {met(top)} in {made.stage}"
