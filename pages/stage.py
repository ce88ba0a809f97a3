"""Stage: what is going on in this stage? Layout only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape

import streamlit as st

from ui import charts, draw, gather, source, voice, words
from ui.block import block, headline, html_table, sub

LENSES = ("completion_rate", "error_rate", "contact_rate", "csat_t2b_5", "nps_transactional")
FRICTIONS = ("error_rate", "rage_click_rate", "dead_click_rate", "backtrack_rate", "search_refinement_rate", "form_abandon_rate", "drop_off_rate")

frame = st.session_state["_frame"]
known = source.known()
stages = known.stages[frame.query.journey]
stage = st.segmented_control("Stage", stages, default=stages[0], key="at", bind="query-params", required=True, label_visibility="collapsed")
query = replace(frame.query, stages=(stage,), by=("stage",))
span = {"journey": query.journey, "stage": stage, "start": query.start, "end": query.end}

place = next((p for p in source.ask_positions(replace(frame.query, metrics=("completion_rate",), compare=None)) if p.stage == stage), None)
changes = [c for c in gather.moved(frame) if c.stage == stage and c.notable]
said = [f"{stage} {place.name}" if place.verdict.state == "works_but_disappoints" else f"{stage} is {place.name}"] \
    if place and place.verdict.state in ("works_but_disappoints", "hard_but_loved") else []
lead = max(changes, key=lambda c: abs(c.diff) / source.ask(query_of := replace(query, metrics=(c.metric,))).definitions[c.metric].matters, default=None)
if lead:
    definition = source.ask(replace(query, metrics=(lead.metric,))).definitions[lead.metric]
    verb = "rose" if lead.diff > 0 else "fell"
    said.append(f"{definition.short.lower()} {verb} by {words.number(abs(lead.diff), definition.unit, digits=1)}{words.difference_unit(definition.unit)}")
now = source.ask(replace(query, metrics=("completion_rate", "csat_t2b_5", "drop_off_rate")))
done, felt = now.cell("completion_rate", stage=stage), now.cell("csat_t2b_5", stage=stage)
first = f":blue[{words.value(done.value, now.definitions['completion_rate'])} of visits reach the goal] ({words.interval(done.low, done.high, 'rate')})" \
    if done and done.valued else ":blue[No goal is measured here]"
second = f":orange[{words.value(felt.value, now.definitions['csat_t2b_5'])} of those who answered are satisfied] ({words.interval(felt.low, felt.high, 'rate')}, n {felt.n:,})" \
    if felt and felt.valued else f":orange[{escape(felt.reason) if felt else 'nobody is asked'}]"
headline(": ".join(said) + "." if said else f"{stage}: nothing beyond normal variation.", f"{first}; {second}.")

left, right = st.columns([4, 3], gap="large")
with left:
    start = max(query.end - timedelta(days=7 * 26 - 1), known.first_day) if query.end else None
    weekly = source.ask(replace(query, metrics=LENSES, by=("stage", "week"), start=start, compare=None))
    series = {m: [(datetime.fromisoformat(c.by["week"]).date(), c) for c in weekly.of(m) if c.by.get("week")] for m in LENSES}
    series = {m: points for m, points in series.items() if sum(c.valued for _, c in points) > 2}
    events = source.rows("annotations", span | {"start": start})[-9:]
    with block("trend", "Every lens on one time axis", "By week; bands are 95 % intervals. Shaded: the period above."):
        draw.show(charts.trend(series, weekly.definitions, shade=(query.start, query.end) if query.start != start else None,
                               events=[(e["day"], e["text"]) for e in events]), "stage-trend", f"Weekly metrics of {stage}")
        if events:
            sub(" ".join(f"**{i}** {words.day(e['day'], year=False)} {e['text']}." for i, e in enumerate(events, 1)) +
                " An event beside a change is not its cause.")
with right:
    friction = source.ask(replace(query, metrics=FRICTIONS))
    rows = []
    for metric in FRICTIONS:
        cell, definition = friction.cell(metric, stage=stage), friction.definitions[metric]
        if cell is None or not cell.valued:
            rows.append([definition.short, words.state_word(cell) if cell else "n/a", "", ""])
            continue
        change = next((c for c in changes if c.metric == metric), None)
        before = words.value(cell.compare.value, definition) if cell.compare and cell.compare.value is not None else "–"
        held = ("△▽" if change.better else "▲▼")[change.diff < 0] + " " + words.number(change.diff, definition.unit, plus=True) if change else "no clear change"
        rows.append([definition.short, before, f"{words.value(cell.value, definition)} ({words.interval(cell.low, cell.high, definition.unit)})", held])
    with block("friction", "Friction, before and now", "Share of the stage's visits; marked where the change is beyond normal variation and matters."):
        st.html(html_table(["", "before", "now (95 %)", "change"], rows))
    counts = next((r for r in source.rows("pair_counts", span) if r["stage"] == stage), None)
    if counts and counts["persons"] >= 5 and counts["answered"]:
        four = [counts[k] for k in ("smooth_satisfied", "smooth_unhappy", "struggled_satisfied", "struggled_unhappy")]
        pair = source.ask(replace(query, metrics=("unhappy_though_smooth", "unhappy_attributable_to_friction"), compare=None))
        cells = [pair.cell(m, stage=stage) for m in ("unhappy_though_smooth", "unhappy_attributable_to_friction")]
        lines = [f"{pair.definitions[c.metric].short}: {words.value(c.value, pair.definitions[c.metric])} ({words.interval(c.low, c.high, 'rate')})" for c in cells if c.valued]
        with block("pair", "How it went beside how it felt", f"{counts['answered']:,} of {counts['occasions']:,} occasions answered about"):
            st.html(html_table(["", "satisfied", "unhappy", "unhappy share"], charts.pair_table(four)))
            sub(" · ".join(lines))

low, high = st.columns([4, 3], gap="large")
with low:
    comments = source.rows("verbatims", span)
    with block("voice", f"What people say about {stage}" if comments else "Too few comments to show", "Drawn at random; addresses, numbers and names of contact removed" if comments else "At least eight people must have written"):
        shown = "".join(voice.quote(comment) for comment in comments[:5])
        if shown:
            st.html(shown)
with high:
    reasons = source.rows("ticket_reasons", span)
    if reasons:
        with block("reasons", f"Why people asked for help with {stage}", "Counted tickets by reason; reasons of fewer than five people left out"):
            st.html(html_table(["Reason", "Tickets", "People"], [[r["reason"], f"{r['tickets']:,}", f"{r['persons']:,}"] for r in reasons]))
    if query.start:
        bounds = [int(datetime(d.year, d.month, d.day, tzinfo=UTC).timestamp() * 1000) for d in (query.start, query.end + timedelta(days=1))]
        pages = source.rows("stage_pages", {"stage": stage, "from_t": bounds[0], "to_t": bounds[1]}, part="events")
        if pages:
            with block("pages", "Pages with most friction", "Rage clicks, dead clicks and errors per 100 views"):
                st.html(html_table(["Page", "Views", "per 100"], [[p["page"] or "/", f"{p['views']:,}", f"{100 * p['frictions'] / p['views']:.1f}"] for p in pages]))
