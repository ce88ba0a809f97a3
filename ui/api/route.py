"""GET /api/show.csv, .json, .parquet, .arrow: any question of `metrics show`; /api/list.json and .csv: the catalogue. Nothing else is there."""

import hashlib
import json
from collections import OrderedDict
from functools import lru_cache
from threading import Lock
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.errors import UserError
from data.store import audit
from data.store.generations import Generation
from data.store.names import store_path
from metrics.catalogue.load import catalogue
from metrics.rules.access import NoToken, for_export, viewed
from report.answers import reading, tabular
from report.tables import csv_of, render_list
from report.text.catalogue import say
from ui.api.who import asks, of_another_page
from ui.session import source

KEPT = 128  # answers, as bytes
LIST = {"csv": tabular.FORMATS["csv"], "json": tabular.FORMATS["json"]}
PLACES = {f"{name}.{style}": style for name, styles in (("show", tabular.FORMATS), ("list", LIST)) for style in styles}
OWN = {"Cache-Control": "private, no-cache", "Cross-Origin-Resource-Policy": "same-origin", "Vary": "Authorization"}
ASK = {"WWW-Authenticate": 'Basic realm="Throughline token", Bearer realm="Throughline"'}

_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = Lock()


async def read(request: Request) -> Response:
    """The answer to an address, or one sentence and the status that fits it."""
    if of_another_page(request.scope):
        return _said(403, say("ui.hosts.asked_for_by_a_page_of"))
    return await run_in_threadpool(_answer, request)


def _answer(request: Request) -> Response:
    place = request.path_params.get("rest", "")
    try:
        who = asks(request.headers, request.client.host if request.client else None)
    except NoToken as error:
        return _said(401, str(error), ASK)
    if place not in PLACES:
        return _said(404, say("assistant.api.nothing_there", places=", ".join(f"/api/{name}" for name in PLACES)))
    style = PLACES[place]
    try:
        generation = for_export(viewed(source.store().generation(), who.rights))
    except UserError as error:
        return _said(403, str(error))
    query = request.url.query
    tag = hashlib.sha256(f"{generation.key} {who.rights} {place}?{query}".encode()).hexdigest()[:32]
    head = OWN | {"ETag": f'"{tag}"', "Content-Disposition": f'inline; filename="throughline-{place}"'}
    try:
        body = _listed(style) if place.startswith("list") else _shown(tag, query, generation, style)
    except UserError as error:
        return _said(400, str(error))
    except Exception as error:
        if source.distrust(error):
            return _said(503, say("assistant.api.try_again"), {"Retry-After": "1"})
        raise
    _note(who.name, place, query, generation.name)
    if request.headers.get("if-none-match", "").strip('"') == tag:
        return Response(status_code=304, headers=head)
    return Response(body, headers=head, media_type=tabular.FORMATS[style])


def _shown(tag: str, query: str, generation: Generation, style: str) -> bytes:
    """The bytes of an answer, kept for as long as others do not take their place: a tag names generation, rights and question."""
    with _lock:
        if (found := _kept.get(tag)) is not None:
            _kept.move_to_end(tag)
            return found
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200)
    except ValueError as error:
        raise UserError(say("assistant.api.not_an_address")) from error
    made = tabular.encoded(reading.answer(reading.arguments(pairs), generation), style)
    with _lock:
        _kept[tag] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _listed(style: str) -> bytes:
    text = render_list(catalogue().values(), "json")
    return (text if style == "json" else csv_of(json.loads(text))).encode()


@lru_cache(maxsize=4096)
def _note(who: str, place: str, query: str, generation: str) -> None:
    """A line of the log the first time somebody reads this of a state of the data: a range that refreshes each minute must not push
    all else out of it."""
    audit.note(store_path(), "export", who, f"api/{place}?{query}")


def _said(status: int, text: str, more: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status_code=status, headers={"Cache-Control": "no-store", **(more or {})})


routes = [Route("/api", read, methods=["GET"]), Route("/api/{rest:path}", read, methods=["GET"])]
