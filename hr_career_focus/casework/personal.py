"""Own keys as they are stored, and which seal a text gets.

A text is sealed for people's own keys when the company has it on and everybody of its
audience has a key; otherwise with the key of the server. What the desk reads, phases,
and what is written before a coach has said yes are always the server's.
"""

from dataclasses import dataclass

from ..vault import personal, recovery, sealing
from ..vault.blind_index import blind
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring
from . import constants as c
from .views_key import SealView

KEY = "hr.career.key"
#: Purpose of the blind index of their owners.
KEY_PURPOSE = "personal-key"
EMPLOYEE, COACH = "employee", "coach"
#: Why a text is, or will be, sealed as it is.
PERSONAL = "personal"
SERVER = "server"
OFF = "off"
ALWAYS_SERVER = "always_server"
NO_COACH_YET = "no_coach_yet"
NO_KEY = "no_key_"  # with the role that has none
DAMAGED = "damaged"
#: Kinds that are facts of the traject rather than texts.
FACTS = (c.PHASE, c.DECISION, c.WISHES, c.MEASURE, c.VOUCHER)


@dataclass(frozen=True)
class Tier:
    """Which seal a text gets, why, and for whom.

    readers: ``{role: Public}`` when it is personal, else empty
    """

    why: str
    readers: dict

    @property
    def is_personal(self):
        return self.why == PERSONAL


class StoredKey:
    """The pair of one login as it is stored, checked.

    :raise Unsealable: when it is not as this server stored it
    """

    def __init__(self, row):
        self.row = row
        self.owner = row.owner_index
        if not personal.is_proven(
            _secret("proof"), self.owner, row.public, row.private, row.proof
        ):
            raise Unsealable(
                "A stored key was changed behind the back of its owner. Nothing is "
                "sealed for it."
            )
        self.public = personal.Public.from_text(row.public)

    def open(self, passphrase):
        """Return the pair; WrongPassphrase when the passphrase does not fit."""
        pair = personal.unlock(
            self.row.private, passphrase, _secret("pepper"), self.owner
        )
        if pair.public != self.public:
            raise Unsealable("A stored key is damaged.")
        return pair

    def lock(self, pair, passphrase):
        """Store the private key under a new passphrase."""
        self.row.write(_locked(pair, passphrase, self.owner))


def create(inside, user_id, pair, passphrase):
    """Store a new pair as nobody's yet; return its row and whose it is to become.

    :func:`.opening.claim` makes it so, or tells that there is one already.
    """
    owner = owner_index(user_id)
    values = {"owner_index": sealing.new_ref(), **_locked(pair, passphrase, owner)}
    return inside[KEY].create(values), owner


def halve(user_id, pair):
    """Split an unlocked pair in two halves, for the time between two pages."""
    return personal.halve(pair, _secret("unlocked"), owner_index(user_id))


def rejoin(user_id, browser, server):
    """Return the pair of two halves, or None when they do not belong together."""
    try:
        return personal.rejoin(
            browser, server, _secret("unlocked"), owner_index(user_id)
        )
    except Unsealable:
        return None


def _locked(pair, passphrase, owner):
    public = pair.public.text
    private = personal.lock(pair, passphrase, _secret("pepper"), owner)
    proof = personal.prove(_secret("proof"), owner, public, private)
    return {"public": public, "private": private, "proof": proof}


def _secret(purpose):
    return load_keyring().derive(f"personal-key-{purpose}")


def owner_index(user_id: int) -> str:
    """Return the blind index under which a login's own key is found."""
    return blind(load_keyring(), KEY_PURPOSE, user_id)


def stored(inside, user_ids) -> dict:
    """Return ``{user id: StoredKey}`` of those who have a key, in one query."""
    owners = {owner_index(number): number for number in user_ids if number}
    rows = inside[KEY].search(
        [("owner_index", "in", list(owners)), ("is_replaced", "=", False)]
    )
    return {owners[row.owner_index]: StoredKey(row) for row in rows}


def replaced(inside, user_id):
    """Return the pairs that this login had before."""
    rows = inside[KEY].search(
        [("owner_index", "=", owner_index(user_id)), ("is_replaced", "=", True)]
    )
    return [StoredKey(row) for row in rows]


class PersonalSeal:
    """What a dossier knows of own keys. Uses its ``env``, ``traject``, ``identity``."""

    #: The reader's own pair while it is unlocked; never in a job.
    unlocked = None
    _stored = None

    @property
    def keys(self) -> dict:
        """Return ``{role: StoredKey}`` of employee and coach, those who have one."""
        if self._stored is None:
            users = {EMPLOYEE: self.identity["user"]}
            if self.traject.has_accepted:
                users[COACH] = self.traject.coach_id.user_id.id
            found = stored(self.env, users.values())
            self._stored = {
                role: found[number] for role, number in users.items() if number in found
            }
        return self._stored

    def tier(self, kind, audience) -> Tier:
        """Return which seal a text of this kind for this audience gets now."""
        if kind in FACTS or audience == c.DESK:
            return Tier(ALWAYS_SERVER, {})
        if not self.traject.company_id.career_personal_seal:
            return Tier(OFF, {})
        needed = (EMPLOYEE,) if audience == c.SELF else (EMPLOYEE, COACH)
        if COACH in needed and not self.traject.has_accepted:
            return Tier(NO_COACH_YET, {})
        for role in needed:
            if role not in self.keys:
                return Tier(NO_KEY + role, {})
        return Tier(PERSONAL, {role: self.keys[role].public for role in needed})

    def office(self):
        """Return the public key of the office that can help after a loss, or None."""
        text = self.traject.company_id.career_recovery_key
        return recovery.read_public(text) if text else None


def seal_view(dossier, role, entries) -> SealView:
    """Return how the texts of a dossier are sealed, for one of its two participants.

    :param entries: what the reader's page shows, opened or locked
    """
    locked = sum(entry.locked for entry in entries)
    is_on = dossier.traject.company_id.career_personal_seal
    if not is_on and not any(entry.is_personal for entry in entries):
        return SealView(is_on=False, will={c.SELF: OFF, c.COACH: OFF})
    try:
        keys = dossier.keys
    except Unsealable:
        damaged = {c.SELF: DAMAGED, c.COACH: DAMAGED}
        return SealView(is_on=is_on, will=damaged, is_damaged=True, locked=locked)
    other = COACH if role == EMPLOYEE else EMPLOYEE
    own, office = keys.get(role), dossier.office()
    return SealView(
        is_on=is_on,
        will={one: dossier.tier(c.NOTE, one).why for one in (c.SELF, c.COACH)},
        has_key=own is not None,
        is_unlocked=bool(
            own and dossier.unlocked and dossier.unlocked.public == own.public
        ),
        locked=locked,
        own=_number(own and own.public),
        other=_number(other in keys and keys[other].public),
        other_is_new=dossier.has_new_key(other, role, entries),
        earlier=sum(dossier.could_be_personal(one) for one in entries)
        if role == EMPLOYEE
        else 0,
        office=_number(office),
    )


def _number(public):
    return personal.grouped(public.fingerprint) if public else ""
