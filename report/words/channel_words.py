"""A comparison of channels in sentences: what may be said, how it was compared, and what stands beside each channel."""

from metrics.analyses.channels import Channel, ChannelComparison, Standing
from metrics.codes import WarningCode
from report import numbers
from report.words import words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts
from report.words.words import listed

APART = (Standing.BETTER, Standing.WORSE)
NAMED = {
    "shared_device": "devices of one and of many",
    "task": "tasks",
    "segment": "segments",
    "customer": "customers and others",
}
OF_EVERY_ANSWER = (WarningCode.SIMULATED, WarningCode.EXPLORATORY)


def finding(made: ChannelComparison) -> str:
    """What may be said: who surely differs from the largest channel, who is alike. Never a difference that is not sure."""
    if made.refused:
        return f"Channels are not compared: {reason_text(made.refused)}."
    reference, apart, alike = made.reference, made.of(*APART), made.of(Standing.EQUIVALENT)
    same = at_the_same(made)
    if not apart and not alike:
        return f"No channel surely differs from {reference.name}{same}."
    parts = [
        f"{c.name} is {size(c.difference.value, made)} {'above' if c.difference.value > 0 else 'below'} {reference.name}"
        for c in apart[:1]
    ]
    parts += [
        f"{c.name} {size(c.difference.value, made)} {'above' if c.difference.value > 0 else 'below'}" for c in apart[1:]
    ]
    text = listed(parts) + same if parts else ""
    if alike:
        text += (
            ("; " if text else "")
            + f"{listed([c.name for c in [*alike, reference]])} are alike"
            + ("" if parts else same)
        )
    return text[0].upper() + text[1:] + "."


def at_the_same(made: ChannelComparison) -> str:
    """The condition a finding holds under; a task that is not known of all is held equal only where it is known, and the share is said."""
    if "task" in made.held and made.named is not None and made.named < 0.995:
        return f" at the same task (known of {numbers.percent(made.named)})"
    return " at the same task" if "task" in made.held else " among like people" if made.held else ""


def size(value: float, made: ChannelComparison) -> str:
    """The size of a difference: 8 points, 0.4 points, 0.24."""
    unit = made.definition.unit
    scaled = abs(value) * (100 if unit == "rate" else 1)
    if unit not in ("rate", "points"):
        return numbers.fixed(scaled, 2)
    return f"{numbers.fixed(scaled, 0 if scaled >= 2 else 1)} points"


def small_print(made: ChannelComparison) -> list[str]:
    """How it was compared, in sentences without a full stop."""
    if made.refused:
        return []
    mix = (
        f"standardised to one mix of {listed([NAMED[name] for name in made.held])}"
        if made.held
        else "nothing is held equal"
    )
    said = [f"{mix}, that of all compared channels together"]
    if made.named is not None and made.named < 0.995:
        said.append(
            f"{numbers.percent(1 - made.named)} name no task and are held equal as one group, whatever they came for"
        )
    for share, why in (
        (made.outside, "have no counterpart in every channel"),
        (made.asked_otherwise, "were asked in a way not all these channels share"),
    ):
        if share and share >= 0.005:
            said.append(f"{numbers.percent(share)} {why} and are left out")
    if made.tau.low is not None and len(made.channels) - len(made.of(Standing.NOT_COMPARED)) > 2:
        low, high = (size(bound, made).removesuffix(" points") for bound in (made.tau.low, made.tau.high))
        said.append(f"standard deviation between channels {size(made.tau.value, made)} ({low} to {high})")
    said.append(
        f"alike: within ± {size(made.margin, made)}, the minimum effect (90 % interval); better or worse: the interval of the "
        "difference (95 %, all channels together) excludes 0"
    )
    return said


def title(made: ChannelComparison) -> str:
    """The finding, or that there is none to make."""
    head = f"{made.definition.short} in {next(iter(made.query.stages))}"
    if made.refused:
        return f"{head}, by channel"
    said = finding(made).rstrip(".")
    return f"{head}: {said[0].lower()}{said[1:]}"


def what(made: ChannelComparison) -> str:
    """What is drawn and over which days, or why channels are not compared."""
    if made.refused:
        return f"As measured. Not compared at the same task: {reason_text(made.refused)}."
    days = words.span(made.query.start, made.query.end)
    if not made.held:
        return f"Large marks: asked in the same way. Small marks: as measured. {days}."
    return f"Large marks: as if every channel had the same mix of {_mix(made)}. Small marks: as measured. {days}."


def native(made: ChannelComparison) -> str:
    """The same, for a chart that draws what was measured as a dash."""
    level = f"with {numbers.percent(made.query.level)} intervals, {words.span(made.query.start, made.query.end)}"
    if made.refused:
        return f"As measured; not compared at the same task: {reason_text(made.refused)}"
    return (
        f"Asked in the same way, {level}"
        if not made.held
        else f"As if every channel had the same mix of {_mix(made)}, {level}"
    )


def _mix(made: ChannelComparison) -> str:
    return "tasks and people" if "task" in made.held else "people"


def foot(made: ChannelComparison) -> str:
    """How it was compared."""
    own = warning_texts(one for one in made.warnings if one.code not in OF_EVERY_ANSWER)
    return (
        ". ".join(text[0].upper() + text[1:] for text in [*small_print(made), *own]) + "."
        if made.channels and not made.refused
        else ""
    )


def spoken(made: ChannelComparison) -> str:
    """The chart for a screen reader."""
    return title(made) + ". " + "; ".join(f"{c.name}: {aside(c, made)}" for c in made.channels)


def aside(channel: Channel, made: ChannelComparison) -> str:
    """What may be said of a channel, then how many rows it has."""
    count = f" · n {numbers.whole(channel.raw.n)}" if channel.raw.valued else ""
    if made.refused:
        return (
            words.value(channel.raw.value, made.definition) + count
            if channel.raw.valued
            else words.state_word(channel.raw)
        )
    if channel.standing is Standing.NOT_COMPARED:
        return (reason_text(channel.reason) if channel.raw.valued else words.state_word(channel.raw)) + count
    if channel.standing is Standing.REFERENCE:
        return "reference" + count
    gap, unit = channel.difference, made.definition.unit
    if channel.standing is Standing.EQUIVALENT:
        return f"alike, within {size(made.margin, made)}{count}"
    told = f"{words.interval(gap.low, gap.high, unit, plus=True)}{words.difference_unit(unit)}"
    return ("cannot tell" if channel.standing is Standing.CANNOT_TELL else str(channel.standing)) + f", {told}{count}"
