"""The door for after leaving: the own case, with the code and without an account.

It gives what somebody needs who no longer has a login here: to say how it went, to
take the own data along, to stop what still runs, and to delete. It writes nothing to
the coach. Every opening is a line in the log, which is part of the own data: should
somebody else have the code, it shows.
"""

from odoo import fields

from . import constants as c
from . import followup, holds, own_data, purposes
from .case import Door
from .contents import outcome
from .deleting import DELETABLE
from .employee_case import EmployeeCase
from .errors import CaseworkError
from .opening import Dossier, vault


class LaterDoor(Door):
    """Whoever has the code. NotYours for every other text, whatever is wrong with it.

    :param text: the code, as it was typed
    """

    def __init__(self, env, text, now=None):  # pylint: disable=super-init-not-called
        # No login stands at this door, so no login is asked to be put right.
        self.env = env
        self.now = now or fields.Datetime.now()
        self.unlocked = None
        with vault(env) as inside:
            traject = followup.traject_of(inside, text)
            self.ref = traject.ref
            dossier = Dossier(traject)
            dossier.log_once(purposes.EMPLOYEE, env.user, purposes.LATER, self.now)

    @property
    def case(self):
        """The one case of the code."""
        return LaterCase(self, self.ref)


class LaterCase(EmployeeCase):
    """The own case, for who has no login any more."""

    def _domain(self):
        return [("ref", "=", self.ref)]

    def _allowed(self, traject):
        return frozenset({c.WITHDRAW} if traject.state in c.RUNNING else ())

    def rights_used(self):
        identity = self._identity()
        return own_data.rights_used(self.door, [identity["employee"]], identity["user"])

    def reminder(self):
        """Return None: the reminder is the login's, and ends with it."""
        return None

    def rooms(self):
        """Return nothing: help from the budget is asked for by who works here."""
        return ()

    def hold_reason(self):
        return holds.reason_for(self.env, self._identity()["user"])

    def _identity(self):
        with vault(self.env) as inside:
            return self._opened(inside, lock=False).identity

    @property
    def outcomes(self):
        """Return what was told of how it went, the latest first."""
        with vault(self.env) as inside:
            dossier = self._opened(inside, lock=False)
            found = [
                (entry.at, entry.fields)
                for entry in dossier.entries((c.SELF,))
                if entry.row.kind == c.OUTCOME and not entry.locked
            ]
        return tuple(reversed(found))

    @property
    def can_delete(self):
        """Whether the state lets the case be deleted."""
        with vault(self.env) as inside:
            return self._opened(inside, lock=False).traject.state in DELETABLE

    def tell(self, outcomes, text=""):
        """Say how it went; nobody but the owner reads it."""
        told = outcome(self.env, outcomes, text)
        if not told:
            raise CaseworkError(
                self.env._("Nothing was filled in, so nothing was saved.")
            )
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            dossier.add(
                c.OUTCOME,
                c.SELF,
                self.role,
                told,
                self.door.now,
                # No passphrase is asked here: the key of the server seals it.
                for_people=False,
            )
