"""metrics claims: what was signed, and whether it still holds."""

import argparse

from commands import options
from commands.command import Command
from commands.question import print_answer
from data.errors import UserError
from data.store.decisions import Decisions
from data.store.generations import Generation
from data.store.user_records import users_file
from metrics.rules.access import rights_of
from report.claim_tables import render
from report.findings.signing import told


def _run(args: argparse.Namespace) -> int:
    def tell(generation: Generation) -> str:
        if rights_of(generation).limits:
            raise UserError("decisions were signed on numbers of everybody, and these groups see a part of the data")
        signed = [told(decision, generation) for decision in Decisions(users_file(args.store)).all()]
        return render(signed, args.format, args.out)

    return print_answer(args, tell)


COMMAND = Command("claims", "what was signed on the page Decisions, and whether it still holds", options.answer, _run)
