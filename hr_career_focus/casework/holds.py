"""A legal hold: for now nothing of a person may be deleted, and the person reads why.

A privacy officer asks for it and a second person confirms it; it ends the same way. It
is about a login, whether or not there is a case: neither of the two learns that. It
stops the purge and the person's own deleting, and nothing else.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ..vault.blind_index import blind
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import approvals, purposes
from .approvals import HOLD as KIND
from .errors import CaseworkError, NotYours
from .opening import TRAJECT, Dossier, changed_meanwhile, owner_index, vault
from .slips import Slip

HOLD = "hr.career.hold"
PURPOSE = "hold"
#: Longest reason, in characters: the person reads it, and so does who confirms.
LONGEST = 600

#: What a hold waits for, or that it is in force.
TO_BEGIN = "to_begin"
IN_FORCE = "in_force"
TO_END = "to_end"


@dataclass(frozen=True)
class HoldView:
    """One hold, as the privacy officers of its company see it."""

    ref: str
    number: str
    login: str
    reason: str
    why_end: str
    at: datetime | None
    state: str  # TO_BEGIN, IN_FORCE or TO_END
    is_asked: bool  # somebody's question about it waits, or can be carried out
    is_confirmed: bool  # the second person said yes: it can be carried out now
    is_mine: bool  # asked for by whoever reads this
    is_damaged: bool = False  # cannot be opened; nothing else is known of it then


def _closed_view(ref):
    """Return what is known of a hold that cannot be opened."""
    return HoldView(
        ref=ref,
        number=approvals.number(ref),
        login="",
        reason="",
        why_end="",
        at=None,
        state=IN_FORCE,
        is_asked=False,
        is_confirmed=False,
        is_mine=False,
        is_damaged=True,
    )


def reason_for(env, user_id):
    """Return why the cases of a login may not be deleted, or None.

    A hold that cannot be opened counts: nobody can tell that it is not in force.
    """
    index = blind(load_keyring(), PURPOSE, user_id)
    with vault(env) as inside:
        slips, damaged = _opened(inside, [("owner_index", "=", index)])
        for slip in slips:
            if slip.values["state"] != TO_BEGIN:
                return slip.values["reason"]
    if damaged:
        return env._(
            "It cannot be read at the moment. The privacy officer can have it repaired."
        )
    return None


def users_held(inside):
    """Return the ids of the logins under a hold, inside the scope.

    :return: None when one cannot be opened: then it can be about anybody
    """
    slips, damaged = _opened(inside, [])
    if damaged:
        return None
    return {slip.values["user"] for slip in slips if slip.values["state"] != TO_BEGIN}


def _opened(inside, domain):
    """Return the holds of ``domain``, and the rows that cannot be opened."""
    found, damaged = [], []
    for row in inside[HOLD].search(domain):
        try:
            found.append(Slip(row))
        except VaultError:
            damaged.append(row)
    return found, damaged


class Holds:
    """What a privacy officer does with holds, at a door that checked the role."""

    def __init__(self, door, company):
        self.door = door
        self.env = door.env
        self.company = company

    def views(self):
        """Return the holds of the company, the latest first."""
        with vault(self.env) as inside:
            slips, damaged = _opened(inside, [("company_id", "=", self.company.id)])
            found = [(slip.row.ref, slip.values) for slip in slips]
            closed = [_closed_view(row.ref) for row in damaged]
        views = [self._view(ref, values) for ref, values in found]
        views.sort(key=lambda one: one.at, reverse=True)
        return (*closed, *views)

    def _view(self, ref, values):
        user = self.env["res.users"].sudo().browse(values["user"]).exists()
        waits = values["state"] != IN_FORCE
        return HoldView(
            ref=ref,
            number=approvals.number(ref),
            login=user.login or "",
            reason=values["reason"],
            why_end=values.get("why_end", ""),
            at=datetime.fromisoformat(values["at"]),
            state=values["state"],
            is_asked=waits and self._is_asked(ref),
            is_confirmed=waits and bool(self._granted(ref)),
            is_mine=values["by"] == self.env.uid,
        )

    def _is_asked(self, ref):
        return approvals.is_open(self.env, self.company, KIND, ref, self.door.now)

    def _granted(self, ref):
        return approvals.granted(self.env, self.company, KIND, ref, self.door.now)

    def ask(self, login, reason):
        """Ask for a hold on a login; a second person has to confirm it."""
        reason = self._reason(reason)
        user = self._user(login)
        with vault(self.env) as inside:
            slip = Slip.create(
                inside[HOLD],
                {
                    "company_id": self.company.id,
                    "owner_index": blind(load_keyring(), PURPOSE, user.id),
                },
                {
                    "user": user.id,
                    "reason": reason,
                    "state": TO_BEGIN,
                    "by": self.env.uid,
                    "at": self.door.now.isoformat(timespec="seconds"),
                },
            )
            question = self.env._(
                "Keep everything of the login %(login)s, whether or not there is a "
                "case. %(reason)s",
                login=user.login,
                reason=reason,
            )
            self._ask_second(slip.row.ref, question, user.id)

    def ask_end(self, ref, reason):
        """Ask to end a hold; it stays in force until that is confirmed.

        One question at a time: the reason on the page is the one that is confirmed.
        """
        reason = self._reason(reason)
        with vault(self.env) as inside:
            slip = self._slip(inside, ref)
            if slip.values["state"] == TO_BEGIN:
                slip.row.unlink()
                return
            if slip.values["state"] == TO_END and self._is_asked(ref):
                raise CaseworkError(
                    self.env._(
                        "Somebody has already asked to end this hold. Wait for the "
                        "answer of the second person."
                    )
                )
            slip.save(state=TO_END, why_end=reason, by=self.env.uid)
            user = inside["res.users"].browse(slip.values["user"]).exists()
            question = self.env._(
                "End the hold on the login %(login)s. %(reason)s",
                login=user.login or "–",
                reason=reason,
            )
            self._ask_second(ref, question, user.id)

    def _ask_second(self, ref, question, user_id):
        about = [user_id] if user_id else []
        approvals.ask(self.env, self.company, KIND, ref, question, self.door.now, about)

    def carry_out(self, ref):
        """Do what the second person confirmed: put in force, or end."""
        with vault(self.env) as inside:
            slip = self._slip(inside, ref)
            if slip.values["state"] == IN_FORCE:
                raise changed_meanwhile(self.env)
            approvals.use(self.env, self.company, KIND, ref, self.door.now)
            begins = slip.values["state"] == TO_BEGIN
            if begins:
                slip.save(state=IN_FORCE)
            else:
                slip.row.unlink()
            self._tell(
                inside,
                slip.values["user"],
                purposes.HOLD if begins else purposes.HOLD_ENDED,
            )

    def _tell(self, inside, user_id, purpose):
        """Leave a line in the log of each case, which its owner reads."""
        domain = [("owner_index", "=", owner_index(user_id))]
        for traject in inside[TRAJECT].search(domain):
            with suppress(VaultError):
                dossier = Dossier(traject)
                dossier.log(purposes.PRIVACY, self.env.user, purpose, self.door.now)

    def _slip(self, inside, ref):
        slips, _damaged = _opened(inside, [("company_id", "=", self.company.id)])
        for slip in slips:
            if slip.row.ref == ref:
                return slip
        raise NotYours

    def _user(self, login):
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = str(login or "").strip()
        user = users.search([("login", "=", login)], limit=1)
        if not login or self.company not in user.company_ids:
            raise CaseworkError(
                self.env._("There is no such login in %s.", self.company.name)
            )
        return user

    def _reason(self, reason):
        reason = str(reason or "").strip()
        if not reason or len(reason) > LONGEST:
            raise CaseworkError(
                self.env._(
                    "Say in a few sentences why. The person concerned reads it, and "
                    "so does who confirms."
                )
            )
        return reason
