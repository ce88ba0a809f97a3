"""A comparison of channels in sentences: what may be said, how it was compared, and what stands beside each channel."""

from metrics.analyses.channels import Channel, ChannelComparison, Standing
from metrics.codes import WarningCode
from report import numbers
from report.text.catalogue import say
from report.words import words
from report.words.reasons import reason_text
from report.words.warnings import warning_texts
from report.words.words import listed

APART = (Standing.BETTER, Standing.WORSE)
NAMED = {
    "shared_device": say("words.channel_words.devices_of_one_and_of_many"),
    "task": "tasks",
    "segment": "segments",
    "customer": say("words.channel_words.customers_and_others"),
}
OF_EVERY_ANSWER = (WarningCode.SIMULATED, WarningCode.EXPLORATORY)


def finding(made: ChannelComparison) -> str:
    """What may be said: who surely differs from the largest channel, who is alike. Never a difference that is not sure."""
    if made.refused:
        return say("words.channel_words.channels_are_not_compared", reason_text=reason_text(made.refused))
    reference, apart, alike = made.reference, made.of(*APART), made.of(Standing.EQUIVALENT)
    same = at_the_same(made)
    if not apart and not alike:
        return say("words.channel_words.no_channel_surely_differs_from", name=reference.name, same=same)
    parts = [
        say(
            "words.channel_words.is",
            name=c.name,
            size=size(c.difference.value, made),
            part=say("words.channel_words.above") if c.difference.value > 0 else say("words.channel_words.below"),
            name2=reference.name,
        )
        for c in apart[:1]
    ]
    parts += [
        f"{c.name} {size(c.difference.value, made)} {(say('words.channel_words.above') if c.difference.value > 0 else say('words.channel_words.below'))}"
        for c in apart[1:]
    ]
    text = listed(parts) + same if parts else ""
    if alike:
        text += (
            ("; " if text else "")
            + say("words.channel_words.are_alike", listed=listed([c.name for c in [*alike, reference]]))
            + ("" if parts else same)
        )
    return words.full(text)


def at_the_same(made: ChannelComparison) -> str:
    """The condition a finding holds under; a task that is not known of all is held equal only where it is known, and the share is said."""
    if "task" in made.held and made.named is not None and made.named < 0.995:
        return say("words.channel_words.at_the_same_task_known_of", named=numbers.percent(made.named))
    return (
        say("words.channel_words.at_the_same_task")
        if "task" in made.held
        else say("words.channel_words.among_like_people")
        if made.held
        else ""
    )


def size(value: float, made: ChannelComparison) -> str:
    """The size of a difference: 8 points, 0.4 points, 0.24."""
    unit = made.definition.unit
    scaled = abs(value) * (100 if unit == "rate" else 1)
    if unit not in ("rate", "points"):
        return numbers.fixed(scaled, 2)
    return say("words.channel_words.points", scaled=numbers.fixed(scaled, 0 if scaled >= 2 else 1))


def small_print(made: ChannelComparison) -> list[str]:
    """How it was compared, in sentences without a full stop."""
    if made.refused:
        return []
    mix = (
        say("words.channel_words.standardised_to_one_mix_of", listed=listed([NAMED[name] for name in made.held]))
        if made.held
        else say("words.channel_words.nothing_is_held_equal")
    )
    said = [say("words.channel_words.that_of_all_compared_channels_together", mix=mix)]
    if made.named is not None and made.named < 0.995:
        said.append(say("words.channel_words.name_no_task_and_are_held", named=numbers.percent(1 - made.named)))
    for share, why in (
        (made.outside, say("words.channel_words.have_no_counterpart_in_every_channel")),
        (made.asked_otherwise, say("words.channel_words.were_asked_in_a_way_not")),
    ):
        if share and share >= 0.005:
            said.append(say("words.channel_words.and_are_left_out", share=numbers.percent(share), why=why))
    if made.tau.low is not None and len(made.channels) - len(made.of(Standing.NOT_COMPARED)) > 2:
        low, high = (size(bound, made).removesuffix(" points") for bound in (made.tau.low, made.tau.high))
        said.append(
            say(
                "words.channel_words.standard_deviation_between_channels_to",
                size=size(made.tau.value, made),
                low=low,
                high=high,
            )
        )
    said.append(say("words.channel_words.alike_within_the_minimum_effect_90", size=size(made.margin, made)))
    return said


def title(made: ChannelComparison) -> str:
    """The finding, or that there is none to make."""
    head = say("words.channel_words.in", short=made.definition.short, next=next(iter(made.query.stages)))
    if made.refused:
        return say("words.channel_words.by_channel", head=head)
    said = finding(made).rstrip(".")
    return f"{head}: {said[0].lower()}{said[1:]}"


def what(made: ChannelComparison) -> str:
    """What is drawn and over which days, or why channels are not compared."""
    if made.refused:
        return say("words.channel_words.as_measured_not_compared_at_the", reason_text=reason_text(made.refused))
    days = words.span(made.query.start, made.query.end)
    if not made.held:
        return say("words.channel_words.large_marks_asked_in_the_same", days=days)
    return say("words.channel_words.large_marks_as_if_every_channel", mix=_mix(made), days=days)


def native(made: ChannelComparison) -> str:
    """The same, for a chart that draws what was measured as a dash."""
    level = say(
        "words.channel_words.with_intervals",
        level=numbers.percent(made.query.level),
        span=words.span(made.query.start, made.query.end),
    )
    if made.refused:
        return say("words.channel_words.as_measured_not_compared_at_the_2", reason_text=reason_text(made.refused))
    return (
        say("words.channel_words.asked_in_the_same_way", level=level)
        if not made.held
        else say("words.channel_words.as_if_every_channel_had_the", mix=_mix(made), level=level)
    )


def _mix(made: ChannelComparison) -> str:
    return say("words.channel_words.tasks_and_people") if "task" in made.held else "people"


def foot(made: ChannelComparison) -> str:
    """How it was compared."""
    own = warning_texts(one for one in made.warnings if one.code not in OF_EVERY_ANSWER)
    return (
        ". ".join(words.capital(text) for text in [*small_print(made), *own]) + "."
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
        return say("words.channel_words.alike_within", size=size(made.margin, made), count_=count)
    told = f"{words.interval(gap.low, gap.high, unit, plus=True)}{words.difference_unit(unit)}"
    return (
        say("words.channel_words.cannot_tell") if channel.standing is Standing.CANNOT_TELL else str(channel.standing)
    ) + f", {told}{count}"
