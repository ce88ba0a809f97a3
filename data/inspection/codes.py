"""What tools write as codes or mark in a column of their own: ratings, states of tickets, orders nobody paid, unfinished answers."""

import re

from data.inspection.block import where_name
from data.inspection.profile.values import Column
from data.inspection.profile.words import fold, name_of

# Freshdesk's ratings (from its API): code → place on its own scale of seven; a survey of three uses 103, 100 and -103.
FRESHDESK_RATINGS = {"103": 7, "102": 6, "101": 5, "100": 4, "-101": 3, "-102": 2, "-103": 1}
FRESHDESK_STATES = {"2": "open", "3": "pending", "4": "solved", "5": "closed"}
SERVICENOW_STATES = {"1": "new", "2": "open", "3": "hold", "6": "solved", "7": "closed", "8": "closed"}
# A header that only this tool writes → its states.
STATES = (
    (r"^(fr escalated|responder id|stats (first responded|resolved|agent responded) at|fr due by)$", FRESHDESK_STATES),
    (r"^(sys id|caller id|opened at|assignment group|sys created on|u_.*)$", SERVICENOW_STATES),
)
ORDER_STATES = (
    *(
        "status",
        "order status",
        "financial status",
        "payment status",
        "post status",
        "state",
        "bestellstatus",
        "zustand",
    ),
    *(
        "etat",
        "statut",
        "etat de la commande",
        "statut de la commande",
        "estado",
        "estado del pedido",
        "estado do pedido",
    ),
    *("situacao", "stato", "stato ordine", "bestelstatus", "orderstatus", "auftragsstatus", "zahlungsstatus"),
)
CANCELLED = (
    "cancelled",
    "canceled",
    "wc-cancelled",
    "storniert",
    "annulé",
    "annulée",
    "cancelado",
    "cancelada",
    "anulado",
    "geannuleerd",
    "annullato",
    "abgebrochen",
)
UNPAID = (
    *(
        "failed",
        "pending",
        "pending payment",
        "on-hold",
        "on hold",
        "draft",
        "checkout-draft",
        "trash",
        "voided",
        "expired",
    ),
    *("abandoned", "wc-failed", "wc-pending", "wc-on-hold", "unpaid", "declined", "fehlgeschlagen", "ausstehend"),
    *(
        "erreur de paiement",
        "en attente de paiement",
        "en attente du paiement",
        "paiement refusé",
        "pago pendiente",
        "pendiente de pago",
    ),
    *("pago fallido", "aguardando pagamento", "pagamento recusado", "in attesa di pagamento", "pagamento rifiutato"),
    *("wacht op betaling", "betaling mislukt", "zahlung ausstehend", "nicht bezahlt", "unbezahlt"),
)
SUBMITTED = r"^(submitdate|date submitted|submitdate date submitted|datum abgeschickt|date de soumission)"
SUBMITTED_BESIDE = r"^(lastpage|last page|letzte seite|startlanguage|start language|seed|startsprache)"


def is_coded_rating(column: Column) -> bool:
    """Whether all the values are Freshdesk's codes for satisfaction, more than one of them."""
    return column.different > 1 and column.share(lambda value: value in FRESHDESK_RATINGS) == 1


def ticket_states(status: Column, headers: tuple[str, ...]) -> tuple[dict[str, str], str | None]:
    """(code → state, question) of a column of states; neither where its values are words."""
    if status.share(lambda value: value.isdigit()) < 1:
        return {}, None
    folded = [fold(header.replace(".", " ")) for header in headers]
    for pattern, states in STATES:
        if any(re.match(pattern, header) for header in folded) and set(status.values) & set(states):
            return {code: state for code, state in states.items() if code in status.counts}, None
    codes = ", ".join(f'"{code}" = "…"' for code in status.values[:8])
    return (
        {},
        f"{status.name!r} holds codes; say what they mean: values = {{ status = {{ {codes} }} }} (new, open, pending, hold, solved, closed)",
    )


def orders_left_out(columns: list[Column], mapped: dict[str, str]) -> list[tuple[str, str]]:
    """(condition, what it leaves out) of orders that were never paid, and of the further lines of one order. `mapped`: contract column → header."""
    found = []
    amount = next((each for each in columns if each.name == mapped.get("amount")), None)
    lines = any(fold(each.name).startswith(("lineitem", "line item")) for each in columns)
    if lines and amount and amount.given < amount.rows:
        found.append((f"{where_name(amount.name)} is not null", "the further lines of an order"))
    states = {state for state in UNPAID} | ({*CANCELLED} if "cancelled_at" not in mapped else set())
    for each in columns:
        if name_of(each.name) in ORDER_STATES:
            out = sorted({value.lower() for value in each.values} & states)
            if out:
                words = ", ".join("'" + word.replace("'", "''") + "'" for word in out)
                found.append(
                    (
                        f"lower(coalesce({where_name(each.name)}, '')) not in ({words})",
                        f"orders that are {' or '.join(out)}",
                    )
                )
    return found


VOID = (
    *(
        "disqualified",
        "deleted",
        "spam",
        "test",
        "test data",
        "preview",
        "survey preview",
        "screened out",
        "screen out",
        "screenout",
    ),
    *(
        "over quota",
        "overquota",
        "quota full",
        "quotafull",
        "bot",
        "fraud",
        "rejected",
        "geloescht",
        "gelöscht",
        "vorschau",
        "ausgescreent",
    ),
    *(
        "supprimé",
        "disqualifié",
        "descalificado",
        "eliminado",
        "descartado",
        "gediskwalificeerd",
        "verwijderd",
        "desqualificado",
        "eliminato",
    ),
)
PARTLY = (
    *(
        "partial",
        "partially complete",
        "incomplete",
        "in progress",
        "started",
        "not finished",
        "abandoned",
        "unvollständig",
        "teilweise",
    ),
    *(
        "abgebrochen",
        "begonnen",
        "incomplet",
        "partiel",
        "incompleto",
        "incompleta",
        "parcial",
        "gedeeltelijk",
        "onvolledig",
        "parziale",
    ),
)
DONE = r"(completed?|finished|abgeschlossen|beendet|vollstaendig|complet\w*|termine\w*|voltooid|volledig|conclu\w*|finalizad\w*)"
STATUS = (
    *(
        "status",
        "response status",
        "response state",
        "state",
        "completion status",
        "antwortstatus",
        "teilnahmestatus",
        "statut",
        "estado",
    ),
    *("stato", "respondent status", "survey status", "submission status"),
)


OUTBOUND = (
    "outbound",
    "outgoing",
    "out",
    "ausgehend",
    "sortant",
    "saliente",
    "uitgaand",
    "saida",
    "saída",
    "uscita",
    "in uscita",
)
DIRECTION = r"^((call|conversation|interaction|initial|message) )?(direction|richtung|anrufrichtung|sens|direccion|richting|direcao|direzione)$"


def outbound(columns: list[Column]) -> tuple[str, str] | None:
    """(condition, what it leaves out) of contacts that the company began: calls it made, messages it sent."""
    for each in columns:
        out = sorted({value.lower() for value in each.values} & {*OUTBOUND})
        if out and each.different > len(out) and re.match(DIRECTION, name_of(each.name)):
            listed = ", ".join(f"'{word}'" for word in out)
            return f"lower(coalesce({where_name(each.name)}, '')) not in ({listed})", "contacts that the company began"
    return None


def messages(columns: list[Column], ticket: Column | None) -> str | None:
    """Why no ticket is a record here: each is one message of several to a conversation."""
    if not ticket or ticket.different > 0.7 * ticket.given or ticket.given < 4:
        return None
    own = next(
        (
            each
            for each in columns
            if re.match(r"^(message|comment|reply|nachricht|mensaje|message) ?(id|nr)$", name_of(each.name))
        ),
        None,
    )
    way = next((each for each in columns if re.match(DIRECTION, name_of(each.name))), None)
    if not own or own.different < own.given or not way:
        return None
    return (
        f"each record is a message ({own.name!r}), and several stand to one {ticket.name!r}: export the conversations or tickets themselves, a row each, "
        "with when they were opened, answered and closed"
    )


TESTS = (
    "test",
    "tests",
    "testing",
    "test test",
    "this is a test",
    "nur ein test",
    "dies ist ein test",
    "prueba",
    "ceci est un test",
    "prova",
)
TESTING = ("test", "tester", "testing", "qa", "test user", "testuser", "qa test", "demo")


def tests_among(columns: list[Column], mapped: dict[str, str]) -> tuple[str, str] | None:
    """(question, condition that leaves them out) about records that look like somebody's test: their whole text is the word, or their
    address is a tester's. Nothing is left out by itself."""
    parts: list[str] = []
    records: set[int] = set()
    for each in columns:
        if each.name in (mapped.get("comment"), mapped.get("subject")):
            words = sorted(value for value in each.values if fold(value) in TESTS)
            if words:
                listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
                parts.append(f"coalesce({where_name(each.name)}, '') not in ({listed})")
                records |= {place for place, cell in zip(each.places, each.cells) if cell in words}
        if each.name == mapped.get("email"):
            held = {value: re.split(r"[@+]", value)[0].lower() for value in each.values}
            found = {value: name for value, name in held.items() if fold(name) in TESTING}
            if found:
                names = sorted({name.replace("'", "''") for name in found.values()})
                address = f"lower(coalesce({where_name(each.name)}, ''))"
                parts += [f"{address} not like '{name}{sign}%'" for name in names for sign in "@+"]
                records |= {place for place, cell in zip(each.places, each.cells) if cell in found}
    if not parts:
        return None
    return (
        f"{len(records):,} of the records looked at seem to be somebody's test (a text that says only so, a tester's address): they are counted until where leaves them out",
        " and ".join(parts),
    )


def void(columns: list[Column]) -> tuple[str, str] | None:
    """(condition, what it leaves out) of responses that a survey tool's status calls void, a test or unfinished, beside complete ones."""
    for each in columns:
        words = {value.lower() for value in each.values}
        if name_of(each.name) not in STATUS or not any(re.fullmatch(DONE, fold(word)) for word in words):
            continue
        out = sorted(words & {*VOID, *PARTLY})
        if out:
            listed = ", ".join("'" + word.replace("'", "''") + "'" for word in out)
            return (
                f"lower(coalesce({where_name(each.name)}, '')) not in ({listed})",
                f"responses that are {' or '.join(out)}",
            )
    return None


def unfinished(columns: list[Column], answered: str | None) -> str | None:
    """The condition that leaves out responses nobody sent off, where the tool writes them without a time of sending."""
    held = next((each for each in columns if each.name == answered), None)
    if not held or held.given == held.rows or not re.match(SUBMITTED, fold(held.name)):
        return None
    beside = any(re.match(SUBMITTED_BESIDE, fold(each.name)) for each in columns)
    return f"{where_name(held.name)} is not null" if beside else None
