"""Which channels of which stage are set beside each other, over which days."""

from dataclasses import replace

from metrics.analyses.channels import ChannelComparison
from metrics.catalogue.load import definition
from metrics.query import period
from report import placement
from report.words.channel_words import APART
from ui.session import source
from ui.session.state import Frame


def comparison(frame: Frame, metric: str, stage: str) -> ChannelComparison:
    """The comparison a block draws: over the period what people did, over the last two years to its end what they were asked."""
    query = replace(frame.query, metrics=(metric,), stages=(stage,), compare=None)
    return source.ask_channels(period.of_answers(query, source.known()) if definition(metric).measure.survey else query)


def telling(frame: Frame, stages: list[str]) -> str:
    """The stage to open: the first in which a channel surely felt better or worse, else the last."""
    return next(
        (stage for stage in stages if comparison(frame, placement.shown("channels")[1], stage).of(*APART)), stages[-1]
    )
