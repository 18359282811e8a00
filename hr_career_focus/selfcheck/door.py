"""Who may press the button: the works council and the privacy officer."""

import hashlib
import json

from odoo.tools import SQL

from ..casework import logins
from ..casework.case import Door
from ..casework.errors import CaseworkError, NotYours
from . import book
from .access import COUNCIL, PRIVACY
from .report import past_of, report_of
from .run import STEPS, look, run

#: The name the database shows of the connection of a running check.
NAME = "career_check"
SHOWN = 20


class CheckDoor(Door):
    """NotYours for anyone but the works council and the privacy officer."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        if not any(map(env.user.has_group, (COUNCIL, PRIVACY))):
            raise NotYours

    def check(self):
        """Run the check and write it into the history."""
        result = run(self.env, self._tell)
        return book.keep(self.env, result, self.env.user.name)

    def accept(self, note, picture):
        """Sign the present state as what is expected from now on.

        :param note: why, for whoever reads the history
        :param picture: hash of the state the reader saw: another one is not signed
        """
        logins.require_second_factor(self.env)
        note = str(note or "").strip()
        if not note or len(note) > 2000:
            raise CaseworkError(
                self.env._("Say in a few words why this is right. It stays on record.")
            )
        now = look(self.env(su=True, context={"lang": "en_US"})).picture()
        if _hash(now) != picture:
            raise CaseworkError(
                self.env._(
                    "Something has changed since this check. Nothing was accepted. "
                    "Check again, and look at what changed."
                )
            )
        return book.expect(self.env, now, self.env.user.name, note)

    def report(self):
        """Return the latest run, or None."""
        found, _altered = book.lines(self.env, book.RUN, 1)
        return report_of(self.env, found)

    def history(self):
        """Return the latest runs, and what was accepted, latest first."""
        runs, _altered = book.lines(self.env, book.RUN, SHOWN)
        accepted, _altered = book.lines(self.env, book.EXPECTATION, SHOWN)
        return (
            [past_of(self.env, line) for line in runs],
            [past_of(self.env, line) for line in accepted],
        )

    def progress(self):
        """Return (step, of how many) of a check that runs now, or None.

        A running check names its connection to the database after its step: that is
        seen at once by others, and gone when it ends.
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT application_name FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name LIKE %s",
                f"{NAME}%",
            )
        )
        for [name] in rows:
            step = name.removeprefix(NAME).strip()
            if step.isdigit():
                return int(step), len(STEPS)
        return None

    def _tell(self, step, steps, name):
        self.env.cr.execute(
            SQL("SELECT set_config('application_name', %s, true)", f"{NAME} {step + 1}")
        )


def _hash(picture):
    return hashlib.sha256(json.dumps(picture, sort_keys=True).encode()).hexdigest()
