"""The catalogue in other frames: every metric once, every pattern meant, and the command line lists them so."""

import pytest

from data.errors import UserError
from metrics.catalogue.load import catalogue
from metrics.catalogue.taxonomies import OUTSIDE, frame, frames
from report.reference import document
from tests.core.company import ROOT


@pytest.mark.parametrize("name", frames())
def test_every_metric_is_in_a_frame_once(name):
    listed = [d.id for members in frame(name).sort(catalogue()).values() for d in members]
    assert sorted(listed) == sorted(catalogue())


def test_the_lenses_hold_everything():
    assert OUTSIDE not in {group.name for group in frame("lenses").sort(catalogue())}


def test_heart_follows_the_letter_and_the_pyramid_the_ids():
    """completion is task success and effectiveness; csat happiness and emotion."""
    heart, pyramid = (
        {d.id: group.name for group, members in frame(name).sort(catalogue()).items() for d in members}
        for name in ("heart", "pyramid")
    )
    assert (heart["completion_rate"], pyramid["completion_rate"]) == ("Task success", "Effectiveness")
    assert (heart["csat_t2b_5"], pyramid["csat_t2b_5"]) == ("Happiness", "Emotion")
    assert (pyramid["ces_7_mean"], pyramid["nps_relationship"]) == ("Ease", "Loyalty")


def test_every_pattern_holds_a_metric():
    """A pattern that matches nothing is a slip."""
    for found in frames().values():
        for group in found.groups:
            for pattern in group.metrics:
                assert any(type(group)(group.name, "", metrics=(pattern,)).holds(d) for d in catalogue().values()), (
                    pattern
                )


def test_an_unknown_frame_is_refused(cli):
    with pytest.raises(UserError, match="Did you mean 'heart'"):
        frame("hearts")
    done = cli("metrics", "list", "--as", "heart")
    assert "Task success: Do they get done" in done.stdout and "completion_rate" in done.stdout


def test_the_page_of_metrics_is_up_to_date():
    """docs/METRICS.md is what `python -m metrics docs` prints: after a change to a definition, print it anew."""
    assert (ROOT / "docs" / "METRICS.md").read_text(encoding="utf-8") == document()
