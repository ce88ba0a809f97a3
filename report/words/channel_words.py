"""A comparison of channels in sentences: what may be said, how it was compared, and what stands beside each channel."""

from metrics.analyses.channels import Channel, ChannelComparison, Standing
from metrics.codes import WarningCode
from metrics.present import present
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


def finding(comparison: ChannelComparison) -> str:
    """What may be said: who surely differs from the largest channel, who is alike. Never a difference that is not sure."""
    if comparison.refused:
        return say("words.channel_words.channels_are_not_compared", reason_text=reason_text(comparison.refused))
    reference, apart, alike = present(comparison.reference), comparison.of(*APART), comparison.of(Standing.EQUIVALENT)
    same = at_the_same(comparison)
    if not apart and not alike:
        return say("words.channel_words.no_channel_surely_differs_from", name=reference.name, same=same)
    parts = [
        say("words.channel_words.is", name=c.name, size=far, part=way, name2=reference.name)
        for c in apart[:1]
        for far, way in [_away(c, comparison)]
    ]
    parts += [" ".join((c.name, *_away(c, comparison))) for c in apart[1:]]
    text = listed(parts) + same if parts else ""
    if alike:
        text += (
            ("; " if text else "")
            + say("words.channel_words.are_alike", listed=listed([c.name for c in [*alike, reference]]))
            + ("" if parts else same)
        )
    return words.as_sentence(text)


def at_the_same(comparison: ChannelComparison) -> str:
    """The condition a finding holds under; a task that is not known of all is held equal only where it is known, and the share is said."""
    if "task" in comparison.held and comparison.named is not None and comparison.named < 0.995:
        return say("words.channel_words.at_the_same_task_known_of", named=numbers.percent(comparison.named))
    return (
        say("words.channel_words.at_the_same_task")
        if "task" in comparison.held
        else say("words.channel_words.among_like_people")
        if comparison.held
        else ""
    )


def _away(channel: Channel, comparison: ChannelComparison) -> tuple[str, str]:
    """By how much a channel differs from the largest, and which way."""
    far = present(present(channel.difference).value)
    return size(far, comparison), say("words.channel_words.above") if far > 0 else say("words.channel_words.below")


def size(value: float, comparison: ChannelComparison) -> str:
    """The size of a difference: 8 points, 0.4 points, 0.24."""
    unit = comparison.definition.unit
    scaled = abs(value) * (100 if unit == "rate" else 1)
    if unit not in ("rate", "points"):
        return numbers.fixed(scaled, 2)
    return say("words.channel_words.points", scaled=numbers.fixed(scaled, 0 if scaled >= 2 else 1))


def small_print(comparison: ChannelComparison) -> list[str]:
    """How it was compared, in sentences without a full stop."""
    if comparison.refused:
        return []
    mix = (
        say("words.channel_words.standardised_to_one_mix_of", listed=listed([NAMED[name] for name in comparison.held]))
        if comparison.held
        else say("words.channel_words.nothing_is_held_equal")
    )
    said = [say("words.channel_words.that_of_all_compared_channels_together", mix=mix)]
    if comparison.named is not None and comparison.named < 0.995:
        said.append(say("words.channel_words.name_no_task_and_are_held", named=numbers.percent(1 - comparison.named)))
    for share, why in (
        (comparison.outside, say("words.channel_words.have_no_counterpart_in_every_channel")),
        (comparison.asked_otherwise, say("words.channel_words.were_asked_in_a_way_not")),
    ):
        if share and share >= 0.005:
            said.append(say("words.channel_words.and_are_left_out", share=numbers.percent(share), why=why))
    if comparison.tau.low is not None and len(comparison.channels) - len(comparison.of(Standing.NOT_COMPARED)) > 2:
        low, high = (
            size(bound, comparison).removesuffix(" points")
            for bound in (comparison.tau.low, present(comparison.tau.high))
        )
        said.append(
            say(
                "words.channel_words.standard_deviation_between_channels_to",
                size=size(present(comparison.tau.value), comparison),
                low=low,
                high=high,
            )
        )
    said.append(say("words.channel_words.alike_within_the_minimum_effect_90", size=size(comparison.margin, comparison)))
    return said


def title(comparison: ChannelComparison) -> str:
    """The finding, or that there is none to make."""
    head = say("words.channel_words.in", short=comparison.definition.short, next=next(iter(comparison.query.stages)))
    if comparison.refused:
        return say("words.channel_words.by_channel", head=head)
    said = finding(comparison).rstrip(".")
    return f"{head}: {said[0].lower()}{said[1:]}"


def subtitle(comparison: ChannelComparison) -> str:
    """What is drawn and over which days, or why channels are not compared."""
    if comparison.refused:
        return say("words.channel_words.as_measured_not_compared_at_the", reason_text=reason_text(comparison.refused))
    days = words.span(comparison.query.start, comparison.query.end)
    if not comparison.held:
        return say("words.channel_words.large_marks_asked_in_the_same", days=days)
    return say("words.channel_words.large_marks_as_if_every_channel", mix=_mix(comparison), days=days)


def native_caption(comparison: ChannelComparison) -> str:
    """The same, for a chart that draws what was measured as a dash."""
    level = say(
        "words.channel_words.with_intervals",
        level=numbers.percent(comparison.query.level),
        span=words.span(comparison.query.start, comparison.query.end),
    )
    if comparison.refused:
        return say("words.channel_words.as_measured_not_compared_at_the_2", reason_text=reason_text(comparison.refused))
    return (
        say("words.channel_words.asked_in_the_same_way", level=level)
        if not comparison.held
        else say("words.channel_words.as_if_every_channel_had_the", mix=_mix(comparison), level=level)
    )


def _mix(comparison: ChannelComparison) -> str:
    return say("words.channel_words.tasks_and_people") if "task" in comparison.held else "people"


def footnote(comparison: ChannelComparison) -> str:
    """How it was compared."""
    own = warning_texts(one for one in comparison.warnings if one.code not in OF_EVERY_ANSWER)
    return (
        ". ".join(words.capitalised(text) for text in [*small_print(comparison), *own]) + "."
        if comparison.channels and not comparison.refused
        else ""
    )


def screen_reader_text(comparison: ChannelComparison) -> str:
    """The chart for a screen reader."""
    return (
        title(comparison)
        + ". "
        + "; ".join(f"{c.name}: {verdict_and_rows(c, comparison)}" for c in comparison.channels)
    )


def verdict_and_rows(channel: Channel, comparison: ChannelComparison) -> str:
    """What may be said of a channel, then how many rows it has."""
    count = f" · n {numbers.whole(channel.raw.n)}" if channel.raw.valued else ""
    if comparison.refused:
        return (
            words.value(channel.raw.value, comparison.definition) + count
            if channel.raw.valued
            else words.state_word(channel.raw)
        )
    if channel.standing is Standing.NOT_COMPARED:
        return (reason_text(channel.reason) if channel.raw.valued else words.state_word(channel.raw)) + count
    if channel.standing is Standing.REFERENCE:
        return "reference" + count
    gap, unit = present(channel.difference), comparison.definition.unit
    if channel.standing is Standing.EQUIVALENT:
        return say("words.channel_words.alike_within", size=size(comparison.margin, comparison), count_=count)
    told = f"{words.interval(gap.low, gap.high, unit, plus=True)}{words.difference_unit(unit)}"
    return (
        say("words.channel_words.cannot_tell") if channel.standing is Standing.CANNOT_TELL else str(channel.standing)
    ) + f", {told}{count}"
