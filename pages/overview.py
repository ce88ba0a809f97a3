"""Overview: how are we doing, what changed, what should we do. Layout only."""

from dataclasses import replace
from html import escape

import streamlit as st

from charts.throughline import name_stages, throughline
from report import placement
from report.findings import without_visits
from report.words import change_words, words
from ui import warm
from ui.session import source
from ui.views import metric_page, overview
from ui.views.case.asked import parameters
from ui.views.decisions import decided
from ui.widgets import export_menu, plot
from ui.widgets.block import block, headline, sub
from ui.widgets.ledger import table
from ui.widgets.tiles import tiles

frame = st.session_state["_frame"]
known = source.known()
visited = without_visits.seen(known)
ledger = overview.ledger(frame, overview.small())
moved = overview.moved(frame)
found = overview.found(frame)

level = overview.level_query(frame)
named = [p for p in ledger.places if p.parted]
notable = [f for f in found if f.kind in ("urgent", "watch", "good news")]
why = overview.unjudged(frame)
title = overview.first_claims(notable if visited else (notable or found)[:1]) or (
    f"What people did and how it felt: {why}." if why else change_words.none(moved) + "."
)
apart = (
    (
        f" diverge in {len(named)} of {len(ledger.stages)} stages."
        if len(ledger.stages) > 1
        else f" diverge in {ledger.stages[0]}."
    )
    if named
    else ", stage by stage; a stage is named only where the two surely diverge."
)
mission = f" **Our mission:** {known.mission}." if known.mission else ""
headline(
    title,
    "What is recorded, stage by stage; no source records visits, so what people did is not known." + mission
    if not visited
    else (":blue[● What people did]" + (" and " if named else " beside ") + ":orange[◆ how it felt]" + apart) + mission,
)

top = source.ask(replace(frame.query, metrics=warm.tiles(), by=()))
weeks = overview.weekly(frame, warm.tiles(), by=())
changed = {(c.metric, c.stage): c for c in moved}
items = [
    (top.definitions[c.metric], c, changed.get((c.metric, None)), weeks.get((c.metric, None), []))
    for c in top.cells
    if c.state.value != "not_applicable"
]
shown = [item for item in items if item[1].valued]
st.html(tiles(shown + [item for item in items if not item[1].valued][:1] if visited or not shown else shown[:6], frame))

left, right = st.columns([5, 6], gap="large")
signed = decided.open_decisions(frame)
with left, block("findings", "What to know, most pressing first" if len(found) > 1 else "What to know"):
    parts = []
    for finding in found:
        link = escape(frame.link(finding.view, **({"at": finding.stage} if finding.stage else {})))
        owner = f" · {finding.owner}" if finding.owner and not finding.step else ""
        step = (
            f'<p class="step">→ <b>{escape(finding.owner or "Next")}</b>: {escape(finding.step)}</p>'
            if finding.step
            else ""
        )
        case = escape(frame.link("case", **parameters(dict(finding.case))))
        worth = (
            f'<p class="worth"><a href="{case}" target="_self">{escape(finding.worth)}</a></p>' if finding.worth else ""
        )
        step += decided.line(finding, signed, frame)
        kind = "urgent" if finding.kind == "urgent" else ""
        parts.append(
            f'<div class="finding"><p class="claim"><span class="chip {kind}">{finding.label}</span>'
            f'<a href="{link}" target="_self">{escape(finding.claim)}</a></p>'
            f'<p class="evidence">{escape(finding.evidence)}{escape(owner)}</p>{worth}{step}</div>'
        )
    if parts:
        st.html("".join(parts))
        metric_page.links([finding.metric for finding in found if finding.metric], frame)
    else:
        sub(
            (f"No change is told: {why}" if why else change_words.none(moved))
            + "; in no stage do UX and CX surely diverge."
            + ("" if why else " " + change_words.reaches(moved, placement.shown("ledger_short"), None))
        )
with right:
    scored = any(p.ux.value is not None and p.cx.value is not None for p in ledger.places)
    said = (
        f"{words.listed([p.stage for p in named])}: what people did and how it felt diverge"
        if named
        else "Where what people did and how it felt diverge"
        if scored
        else "What people did beside how it felt"
    )
    sides = replace(level, metrics=placement.shown("sides"), by=("stage",))
    both = source.ask(sides)
    what = (
        ":blue[● UX, visits that completed] and :orange[◆ CX, satisfied of those who answered], in %, "
        f"{words.over(level.start, level.end).replace('Over', 'over').replace('In ', 'in ')}"
        + ("; — our minimum, ┄ our target" if scored else "")
    )
    if not any(cell.valued for cell in both.cells):
        with block("throughline", "Not recorded yet: visits and satisfaction"):
            sub(
                "Neither visits nor answers to “How satisfied are you?” are recorded, so the two cannot be set beside each other. "
                "What is recorded stands stage by stage below; Data says which source would add what."
            )
    else:
        with block(
            "throughline",
            said,
            what,
            take=lambda: export_menu.menu("throughline", [("throughline", sides)], frame.address()),
        ):
            ux, cx = ([both.cell(metric, stage=s) for s in ledger.stages] for metric in placement.shown("sides"))
            figure = throughline(ux, cx, ledger.stages, ledger.places, height=264)
            name_stages(figure, ledger.stages)
            plot.show(figure, "throughline", f"UX and CX by stage. {said}.")
            metric_page.links(
                [part.definition.id for p in ledger.places for part in p.parts] if scored else placement.shown("sides"),
                frame,
            )
            if not scored:
                sub(
                    "No stage has a minimum (line) and a target yet: set them in journey.toml and Throughline says where UX and CX "
                    "surely diverge."
                    if not any(p.parts for p in ledger.places)
                    else "Too little is known here to set a stage against its minimum and target."
                )

with block(
    "ledger",
    overview.weakest(ledger),
    "Each number in its interval. Open a stage by its number, a definition by its name.",
    take=lambda: export_menu.menu("stages", [("ledger", ledger.now.query)], frame.address()),
):
    st.html(table(ledger, frame))
