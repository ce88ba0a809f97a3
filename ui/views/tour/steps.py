"""The steps: on which page, at what a reader finds there, in which words."""

from dataclasses import dataclass
from html import escape

from report.text.catalogue import say
from ui.session.state import Frame

PARAMETER = "tour"  # of the address: the step that is open


@dataclass(frozen=True)
class Step:
    """`page` by its name in the address, `mark` the block it points at (a Streamlit key; style.css outlines it), `named` what the way to it is called."""

    page: str
    mark: str
    named: str
    text: str


STEPS = (
    Step("overview", "decide", say("ui.tour.overview"), say("ui.tour.overview_text")),
    Step("stage", "block_why", say("ui.tour.stage"), say("ui.tour.stage_text")),
    Step("case", "block_chain", say("ui.tour.case"), say("ui.tour.case_text")),
    Step("decisions", "block_waiting", say("ui.tour.decisions"), say("ui.tour.decisions_text")),
    Step("own", "block_own_files", say("ui.tour.own"), say("ui.tour.own_text")),
)


def at(asked: str | None, steps: tuple[Step, ...]) -> int | None:
    """The place of the step an address asks for, from 0; None where it asks for none there is."""
    if not asked or not asked.isdecimal() or not 1 <= int(asked[:4]) <= len(steps):
        return None
    return int(asked[:4]) - 1


def link(frame: Frame, steps: tuple[Step, ...], place: int) -> str:
    """The address of a step, with the frame as it is."""
    return frame.link(steps[place].page, **{PARAMETER: str(place + 1)})


def told(frame: Frame, steps: tuple[Step, ...], place: int) -> str:
    """A step as HTML: where one is, what to look at, the ways back and on."""
    step = steps[place]
    ways = [(place - 1, say("ui.tour.back"))] if place else []
    ways += [(place + 1, say("ui.tour.next", named=steps[place + 1].named))] if place + 1 < len(steps) else []
    links = " ".join(
        f'<a href="{escape(link(frame, steps, to), quote=True)}" target="_self">{escape(label)}</a>'
        for to, label in ways
    )
    count = say("ui.tour.step_of", step=place + 1, of=len(steps))
    return (
        f'<section class="tour" aria-label="{escape(say("ui.tour.name"), quote=True)}"><p><b>{escape(count)}</b> '
        f"{escape(step.text)}</p><p>{links}</p></section>"
    )


def invitation(frame: Frame, steps: tuple[Step, ...]) -> str:
    """The way to the first step."""
    way = f'<a href="{escape(link(frame, steps, 0), quote=True)}" target="_self">{escape(say("ui.tour.start"))}</a>'
    return f'<section class="tour" aria-label="{escape(say("ui.tour.name"), quote=True)}"><p>{escape(say("ui.tour.invitation", count=len(steps)))} {way}</p></section>'
