"""Opening a login again: the desk or the privacy officer, after an identity check.

Never silently: the owner gets an e-mail, and reads in the own case who did it and how.
An address that only the case knows hears of it later (:mod:`.login_told`).
Never by guessing: the number names the login as it is entered at this moment, and only
somebody who is logged in with it can read it.
"""

import secrets
from datetime import timedelta

from odoo import fields

from ..vault import attestation, sealing
from ..vault.attestation import Attestation
from ..vault.blind_index import index_of
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import access_log, login_told, logins, notices, purposes, standing
from .case import Door
from .errors import CaseworkError, NotYours, explained
from .login_page import number_of
from .login_rows import facts_of, present_marks, save_row
from .opening import TRAJECT, Dossier, owner_index, vault

#: How somebody's identity was checked -> what the access log keeps.
IN_PERSON, BY_VIDEO, KNOWN = "in_person", "video", "known"
PURPOSES = {
    IN_PERSON: purposes.RESTORED,
    BY_VIDEO: purposes.RESTORED_BY_VIDEO,
    KNOWN: purposes.RESTORED_KNOWN,
}
#: For how many days, today with it, a number is good.
DAYS = 2
RESTORED = "restored-login"


class LoginsDoor(Door):
    """What desk holders in mandate and privacy officers do for logins.

    NotYours for everyone else.
    """

    def __init__(self, env, now=None):
        super().__init__(env, now)
        mandates = env["hr.career.mandate"].sudo()
        mandated = mandates._mandated_companies(env.user, self.today)
        officer = env.user.sudo().company_ids.filtered(
            lambda company: standing.of_officer(env.user, company)
        )
        self.companies = mandated | officer
        if not self.companies:
            raise NotYours
        self.role = purposes.DESK if mandated else purposes.PRIVACY
        logins.require_second_factor(env)

    def restore(self, login, number, checked):
        """Take the marks of ``login`` as it is entered now, and remove its code.

        :param number: as the closed page shows it to whoever is logged in with it
        :param checked: how the identity was checked (a key of :data:`PURPOSES`)
        :raise CaseworkError: the same for a wrong number and for an unknown login
        """
        if checked not in PURPOSES:
            raise CaseworkError(
                self.env._("Say how you checked who it is. Nothing was changed.")
            )
        user = self._user(login, number)
        if not user:
            raise CaseworkError(
                self.env._(
                    "This login and this number do not belong together. Let the person "
                    "read both again from the page: the number changes with the "
                    "password, and after two days. Nobody opens the own login."
                )
            )
        with explained(self.env):
            self._take_marks(user)
        self._log(user, PURPOSES[checked])
        if user.email:
            notices.notify_user(self.env, user, user.email)

    def _user(self, login, number):
        """Return the login when the number is that of today or yesterday."""
        digits = "".join(one for one in str(number or "") if one.isdigit())
        users = self.env["res.users"].sudo()
        user = users.search([("login", "=", str(login or "").strip())], limit=1)
        if (
            not user
            or user.id == self.env.uid
            or not user.company_ids & self.companies.sudo()
        ):
            return users
        with explained(self.env):
            ring = load_keyring()
            facts = facts_of(self.env, user.ids, lock=True)[user.id]
            today = fields.Date.to_date(self.now)
            good = [
                number_of(ring, facts, today - timedelta(days=days))
                for days in range(DAYS)
            ]
        return user if any(attestation.same(digits, one) for one in good) else users

    def _take_marks(self, user):
        ring = load_keyring()
        facts = facts_of(self.env, user.ids)[user.id]
        before = facts.row(ring) or Attestation()
        password, doors = present_marks(ring, facts)
        row = Attestation(
            password=password,
            doors=doors,
            told=before.told,
            tell=before.tell or login_told.later(self.now),
        )
        save_row(self.env, user.id, row.sealed(ring, user.id))
        logins.forget()

    def _log(self, user, purpose):
        """Write a line for each case of ``user``, or one that is about no case."""
        drafts = []
        with vault(self.env) as inside:
            mine = [("owner_index", "=", owner_index(user.id))]
            for traject in inside[TRAJECT].search([*mine, ("envelope", "!=", False)]):
                try:
                    dossier = Dossier(traject)
                except VaultError:
                    continue
                drafts.append(
                    dossier.opening(self.role, self.env.user, purpose, self.now)
                )
            access_log.write(inside, drafts or [self._line(user, purpose)])

    def _line(self, user, purpose):
        """Return the line for who has no case: as long, and found by nobody."""
        ring = load_keyring()
        content = {
            "user": self.env.uid,
            "of": user.id,
            "purpose": purpose,
            "at": self.now.isoformat(),
        }

        def sealed(ref):
            where = sealing.place(RESTORED, ref)
            return sealing.seal(ring.derive(RESTORED), sealing.dump(content), where)

        return access_log.Draft(
            role=self.role,
            company_id=(user.company_ids & self.companies.sudo())[:1].id,
            month=fields.Date.to_date(self.now).replace(day=1).isoformat(),
            case_index=index_of(ring, RESTORED, str(user.id)),
            case_of_year=access_log.NO_CASE,
            once=secrets.token_hex(32),
            sealed=sealed,
        )
