"""The door to one's own key: making, unlocking, changing, and getting back texts."""

import json
from datetime import datetime, timedelta

from odoo.tools import SQL

from ..engine.roles import GROUP_COACH
from ..vault import passphrase as advice
from ..vault import personal, recovery, sealing
from ..vault.errors import Unsealable, WrongPassphrase
from ..vault.keyring import load_keyring
from . import constants as c
from . import logins
from .case import Door
from .errors import CaseworkError, NotYours
from .login_code import has_password, require_password
from .opening import (
    TRAJECT,
    Dossier,
    claim,
    employees_as_asked,
    owner_index,
    vault,
)
from .personal import COACH, EMPLOYEE, KEY, StoredKey, create, replaced, stored
from .personal import owner_index as key_owner
from .views_key import KeyView

#: How many wrong passphrases within how long, before the door waits.
MOST_TRIES, WITHIN = 10, timedelta(minutes=15)
#: Largest answer of the office, in bytes.
LARGEST = 8_000_000


class KeyDoor(Door):
    """What somebody who works here, or coaches here, does with an own key."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        people = env["hr.employee"].sudo().search([("user_id", "=", env.uid)])
        people |= employees_as_asked(env)
        coaches = env["hr.career.coach"].sudo().search([("user_id", "=", env.uid)])
        self.is_coach = bool(coaches) and env.user.has_group(GROUP_COACH)
        if env.user._is_public() or not (people or self.is_coach):
            raise NotYours
        if self.is_coach:
            logins.require_second_factor(env)
        self.companies = people.company_id
        self._proven = None
        #: How many texts an earlier passphrase has opened again.
        self.reopened = 0

    @property
    def is_on(self):
        """Whether a company this login works for, or coaches in, uses own keys."""
        companies = self.companies
        if self.is_coach:
            companies = self.env["res.company"].sudo().search([])
        return any(companies.sudo().mapped("career_personal_seal"))

    @property
    def view(self):
        """Return how the own key stands."""
        with vault(self.env) as inside:
            try:
                mine = stored(inside, [self.env.uid]).get(self.env.uid)
            except Unsealable:
                return KeyView(
                    is_on=self.is_on,
                    has_key=True,
                    is_damaged=True,
                    has_password=has_password(self.env),
                )
            if not mine:
                return KeyView(is_on=self.is_on, has_key=False)
            closed, mine_closed = {}, {}
            if self.unlocked:
                for dossier, role in self._dossiers(inside):
                    found = dossier.closed_envelopes()
                    closed |= found
                    mine_closed |= found if role == EMPLOYEE else {}
            return KeyView(
                is_on=self.is_on,
                has_key=True,
                is_unlocked=bool(self.unlocked),
                number=personal.grouped(mine.public.fingerprint),
                closed=len(closed),
                has_earlier=bool(replaced(inside, self.env.uid)),
                has_password=has_password(self.env),
                offices=self._offices(),
                helpers=tuple(
                    personal.grouped(one) for one in recovery.offices(mine_closed)
                ),
            )

    def _offices(self):
        """Return the numbers of the offices that texts are sealed for now."""
        lines = filter(None, self.companies.sudo().mapped("career_recovery_key"))
        found = {recovery.read_public(line).fingerprint for line in lines}
        return tuple(personal.grouped(one) for one in sorted(found))

    def _dossiers(self, inside):
        """Return the dossiers this login takes part in, with its role in each."""
        own = [("owner_index", "=", owner_index(self.env.uid))]
        coached = [
            ("coach_id.user_id", "=", self.env.uid),
            ("has_accepted", "=", True),
            ("state", "in", list(c.WRITABLE)),
        ]
        found = []
        for role, domain in ((EMPLOYEE, own), (COACH, coached)):
            if role == COACH and not self.is_coach:
                continue
            for traject in inside[TRAJECT].search([*domain, ("envelope", "!=", False)]):
                dossier = Dossier(traject)
                dossier.unlocked = self.unlocked
                found.append((dossier, role))
        return found

    # -- the passphrase ----------------------------------------------------------

    def prove(self, passphrase):
        """Return whether the passphrase opens the own key. Wrong ones are counted.

        To be called outside a savepoint that an error would undo.

        :raise CaseworkError: after too many wrong ones, for a while
        """
        with vault(self.env) as inside:
            mine = self._mine(inside, lock=True)
            count, since = self._tries_left(mine)
            try:
                self._proven = mine.open(passphrase)
            except WrongPassphrase:
                self._keep_tries(mine, count + 1, since)
                return False
            self._keep_tries(mine, 0, self.now)
        self.unlocked = self._proven
        return True

    def _tries_left(self, mine):
        count, since = self._tries(mine)
        if count >= MOST_TRIES:
            raise CaseworkError(
                self.env._(
                    "Too many wrong passphrases were typed. Wait a quarter of an "
                    "hour, and try again."
                )
            )
        return count, since

    def _tries(self, mine):
        """Return how many wrong passphrases there were lately, and since when."""
        if not mine.row.tries:
            return 0, self.now
        told = json.loads(
            sealing.open_sealed(_tries_key(), mine.row.tries, _tries_place(mine))
        )
        since = datetime.fromisoformat(told["since"])
        return (told["count"], since) if self.now - since < WITHIN else (0, self.now)

    def _keep_tries(self, mine, count, since):
        told = sealing.dump({"count": count, "since": since.isoformat()})
        mine.row.tries = sealing.seal(_tries_key(), told, _tries_place(mine))

    def _mine(self, inside, lock=False):
        """Return the own key; CaseworkError when there is none."""
        if lock:
            inside.cr.execute(
                SQL(
                    "SELECT 1 FROM hr_career_key WHERE owner_index = %s FOR UPDATE",
                    key_owner(self.env.uid),
                ),
                log_exceptions=False,
            )
        mine = stored(inside, [self.env.uid]).get(self.env.uid)
        if not mine:
            raise CaseworkError(self.env._("You have no key of your own yet."))
        return mine

    def advise(self, passphrase):
        """Return what to say of a new passphrase; CaseworkError when it is too weak."""
        user = self.env.user
        known = [user.login, (user.login or "").split("@")[0], *user.name.split()]
        known.append(self.env.company.name)
        told = advice.judge(passphrase, known)
        if told == advice.TOO_SHORT:
            raise CaseworkError(
                self.env._(
                    "This passphrase is too short: use at least %(least)s characters. "
                    "Four or more words that have nothing to do with each other are "
                    "easy to remember.",
                    least=advice.SHORTEST,
                )
            )
        if told == advice.TOO_SIMPLE:
            raise CaseworkError(
                self.env._(
                    "This passphrase is too easy to guess. Take at least four words "
                    "that have nothing to do with each other, or with you."
                )
            )
        return told

    def make(self, passphrase):
        """Make the first pair, unlocked; return what to say of the passphrase."""
        if not self.is_on:
            raise CaseworkError(
                self.env._("Your employer has not switched on own keys.")
            )
        told = self.advise(passphrase)
        pair = personal.Pair.fresh()
        with vault(self.env) as inside:
            self._store(inside, pair, passphrase)
        self.unlocked = pair
        return told

    def _store(self, inside, pair, passphrase):
        """Store a pair as the present one; refuse when there is one already."""
        row, owner = create(inside, self.env.uid, pair, passphrase)
        if not claim(row, "owner_index", owner):
            raise CaseworkError(
                self.env._(
                    "You have made a key already, perhaps in another window. Nothing "
                    "was changed."
                )
            )

    def change(self, new):
        """Lock the pair with another passphrase; the old one must be proven."""
        if not self._proven:
            raise NotYours
        told = self.advise(new)
        with vault(self.env) as inside:
            self._mine(inside, lock=True).lock(self._proven, new)
        return told

    def renew(self, passphrase, password):
        """Make a new pair after a loss. What was sealed for the old one stays closed
        until the office, the earlier passphrase or the other participant helps.

        :param password: of the login: whoever sits at an open screen would otherwise
            lock the owner out, and be written to under a key of their own
        """
        if has_password(self.env):
            require_password(self.env, password)
        told = self.advise(passphrase)
        pair = personal.Pair.fresh()
        with vault(self.env) as inside:
            self._mine_even_damaged(inside).is_replaced = True
            inside.flush_all()
            self._store(inside, pair, passphrase)
        self.unlocked = pair
        return told

    def _mine_even_damaged(self, inside):
        row = inside[KEY].search(
            [("owner_index", "=", key_owner(self.env.uid)), ("is_replaced", "=", False)]
        )
        if not row:
            raise CaseworkError(self.env._("You have no key of your own yet."))
        return row

    # -- getting back what is closed ---------------------------------------------

    def open_earlier(self, passphrase):
        """Open the texts of an earlier key whose passphrase is known after all.

        How many are open again is then in ``reopened``.

        :return: whether the passphrase fits; wrong ones are counted
        """
        self._require_unlocked()
        with vault(self.env) as inside:
            mine = self._mine(inside, lock=True)
            count, since = self._tries_left(mine)
            for old in replaced(inside, self.env.uid):
                try:
                    pair = old.open(passphrase)
                except WrongPassphrase:
                    continue
                self.reopened = self._take_over(inside, pair)
                return True
            self._keep_tries(mine, count + 1, since)
        return False

    def _take_over(self, inside, pair):
        done = 0
        for dossier, role in self._dossiers(inside):
            dossier.lock()
            keys = {
                owner: personal.unwrap_with(pair, envelope, owner)
                for owner, envelope in dossier.closed_envelopes().items()
                if personal.is_for(pair, envelope)
            }
            done += dossier.take_keys(keys, role)
        return done

    def request_file(self):
        """Return the file for the office: envelopes, no text, and the new key.

        For each office and each of its keys that a text was sealed for, whatever the
        company has now.
        """
        self._require_unlocked()
        closed = {}
        with vault(self.env) as inside:
            mine = self._mine(inside)
            for dossier, role in self._dossiers(inside):
                if role == EMPLOYEE:
                    closed |= dossier.closed_envelopes()
        if not recovery.offices(closed):
            raise NotYours
        return recovery.request(mine.public, closed)

    def take_answer(self, content):
        """Open again what the office's answer opens; return how many texts."""
        self._require_unlocked()
        damaged = CaseworkError(
            self.env._(
                "This file does not fit. Upload the answer of the office to the last "
                "file you took here."
            )
        )
        if len(content) > LARGEST:
            raise damaged
        with vault(self.env) as inside:
            try:
                keys = recovery.read_answer(content, self.unlocked)
                return sum(
                    dossier.lock().take_keys(keys)
                    for dossier, role in self._dossiers(inside)
                    if role == EMPLOYEE
                )
            except Unsealable:
                raise damaged from None

    def _require_unlocked(self):
        if not self.unlocked:
            raise CaseworkError(self.env._("Unlock your own key first."))


def _tries_key():
    return load_keyring().derive("personal-key-tries")


def _tries_place(mine: StoredKey):
    return sealing.place(KEY, "tries", mine.owner)
