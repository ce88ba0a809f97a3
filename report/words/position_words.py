"""Where a stage stands between what people did and how it felt, in words."""

from metrics.analyses.stage_scores import Position
from report.text.catalogue import say


def position_name(place: Position) -> str:
    """What a stage is called: works but disappoints, hard but loved, cannot tell, or on which side of the minimum both are."""
    state = str(place.verdict.state)
    if state == "agree":
        above = place.ux.value is not None and place.ux.value > 50
        return say("words.position.both_above") if above else say("words.position.both_below")
    return NAMES[state]


NAMES = {
    "works_but_disappoints": say("words.position.works_but_disappoints"),
    "hard_but_loved": say("words.position.hard_but_loved"),
    "cannot_tell": say("words.position.cannot_tell"),
}
