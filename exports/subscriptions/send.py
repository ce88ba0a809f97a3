"""To where it goes: a mail by SMTP, files in a folder, JSON to a webhook."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import urllib.request
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Any

from data.errors import UserError
from exports.cards.safe import one_line
from exports.subscriptions.file import Mail, file_name
from report.text.catalogue import say

PATIENCE = 30.0  # seconds for a server to answer


def mail(server: Mail, to: tuple[str, ...], subject: str, text: str, html: str = "") -> None:
    """One mail to all. Raises UserError where the server does not take it; nothing is tried again."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = one_line(subject), server.sender, ", ".join(to)
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    try:
        with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as connection:
            if server.starttls:
                connection.starttls(context=ssl.create_default_context())
            if server.user:
                connection.login(server.user, os.environ.get(server.password_env, ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise UserError(
            say("exports.subscriptions.the_mail_was_not_taken"), found=f"{server.host}:{server.port}: {error}"
        ) from None


def files(folder: Path, name: str, day: str, held: dict[str, str]) -> list[Path]:
    """A file a form (`txt`, `html`), named by the subscription and the day the data end. Each is whole or not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for suffix, content in held.items():
            path = folder / f"{file_name(name)}-{day}.{suffix}"
            part = path.with_name(path.name + ".part")
            part.write_text(content, encoding="utf-8")
            part.replace(path)
            made.append(path)
        return made
    except OSError as error:
        raise UserError(say("exports.command.cannot_be_written"), file=folder, found=error.strerror) from None


class _Stays(urllib.request.HTTPRedirectHandler):
    """What was meant for one address goes to no other: led on, a POST becomes a GET without its content, and to a host nobody named."""

    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: Any) -> None:
        return None


def webhook(address: str, content: dict[str, Any]) -> None:
    """JSON by POST. Raises UserError where it is not taken."""
    body = json.dumps(content, ensure_ascii=False).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.build_opener(_Stays).open(request, timeout=PATIENCE):
            pass
    except (OSError, HTTPException, ValueError) as error:
        raise UserError(say("exports.subscriptions.the_webhook_was_not_taken"), found=str(error)) from None
