"""Opening the vault: the scope, an environment inside it, and one opened dossier."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.tools import SQL

from ..vault import scope, sealing
from ..vault.blind_index import blind
from ..vault.errors import VaultError
from ..vault.keyring import load_keyring
from . import constants as c
from .errors import CaseworkError, NotYours

VAULT_MODELS = (
    "hr.career.traject",
    "hr.career.entry",
    "hr.career.right.use",
    "hr.career.access",
    "hr.career.reminder",
)
TRAJECT = "hr.career.traject"


@contextmanager
def vault(env):
    """Open the scope and give a superuser environment: all of the block or nothing.

    What the block wrote is undone when it raises, so that an error which a page shows
    has changed nothing. Nothing stays in the cache either: what superuser code has read
    would be found there, unchecked, by anyone's code in the same request.
    """
    try:
        with scope.opened():
            inside = env(su=True)
            try:
                with inside.cr.savepoint():
                    yield inside
            finally:
                for model in VAULT_MODELS:
                    inside[model].invalidate_model(flush=False)
    except VaultError as error:
        raise CaseworkError(
            env._(
                "The confidential records cannot be opened at the moment. Nothing was "
                "changed. Please tell whoever runs the system: %(reason)s",
                reason=error,
            )
        ) from error


def owner_index(user_id: int) -> str:
    """Return the blind index under which a login's trajects are found."""
    return blind(load_keyring(), "user", user_id)


def holder_index(employee_id: int) -> str:
    """Return the blind index under which an employee's uses of rights are found."""
    return blind(load_keyring(), "employee", employee_id)


def find(inside, ref, domain):
    """Return the one traject ``ref`` inside ``domain``; NotYours otherwise."""
    if not isinstance(ref, str) or len(ref) != 32:
        raise NotYours
    traject = inside[TRAJECT].search([("ref", "=", ref), *domain], limit=1)
    if not traject:
        raise NotYours
    return traject


@dataclass
class Entry:
    """One opened entry with its row."""

    row: object
    by: str
    at: datetime
    fields: dict
    removed: str  # day of removal, "" when it stands
    nr: int = 0  # orders what was written at one and the same moment

    @property
    def ref(self):
        return self.row.ref


class Dossier:
    """A traject with its key, inside the scope only.

    :param traject: the row, as superuser inside the scope
    """

    def __init__(self, traject):
        self.env = traject.env
        self.traject = traject
        self._key = sealing.unwrap(load_keyring(), traject.envelope, traject.ref)

    @classmethod
    def create(cls, inside, values, identity):  # pylint: disable=method-required-super
        """Create a traject for the person in ``identity`` and return its dossier.

        :return: None when the person has one running, in this window or another
        """
        key = sealing.new_key()
        ref = sealing.new_ref()
        traject = inside[TRAJECT].create(
            dict(
                values,
                ref=ref,
                owner_index=sealing.new_ref(),
                envelope=sealing.wrap(load_keyring(), key, ref),
                identity=sealing.seal(
                    key, _dump(identity), sealing.place(TRAJECT, ref, "identity")
                ),
            )
        )
        if not claim(traject, "owner_index", owner_index(identity["user"])):
            traject.unlink()
            return None
        return cls(traject)

    def lock(self):
        """Wait for, and hold, the traject's row until the transaction ends.

        Whoever waited for another's change is told so by the database, and the request
        is run again from the start; that is no error for the log.
        """
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM hr_career_traject WHERE id = %s FOR UPDATE",
                self.traject.id,
            ),
            log_exceptions=False,
        )
        self.traject.invalidate_recordset()
        return self

    @property
    def identity(self) -> dict:
        """Return who it is: user, employee, name, alias, channel, address."""
        where = sealing.place(TRAJECT, self.traject.ref, "identity")
        return json.loads(sealing.open_sealed(self._key, self.traject.identity, where))

    def _place(self, ref, kind, audience):
        return sealing.place("entry", self.traject.ref, ref, kind, audience)

    def add(self, kind, audience, by, values, at):
        """Seal a new entry; return its reference."""
        ref = sealing.new_ref()
        rows = self.env["hr.career.entry"]
        content = {
            "by": by,
            "at": at.isoformat(),
            "fields": values,
            "removed": "",
            "nr": rows.search_count([("traject_id", "=", self.traject.id)]),
        }
        rows.create(
            {
                "ref": ref,
                "traject_id": self.traject.id,
                "kind": kind,
                "audience": audience,
                "sealed": sealing.seal(
                    self._key, _dump(content), self._place(ref, kind, audience)
                ),
            }
        )
        return ref

    def entries(self, audiences, removed=False):
        """Open the entries for ``audiences``, oldest first.

        :return: list of :class:`Entry`; removed ones only when asked for
        """
        rows = self.env["hr.career.entry"].search(
            [("traject_id", "=", self.traject.id), ("audience", "in", list(audiences))]
        )
        opened = [self._open(row) for row in rows]
        opened.sort(key=lambda entry: (entry.at, entry.nr, entry.ref))
        return [entry for entry in opened if removed or not entry.removed]

    def _open(self, row):
        content = json.loads(
            sealing.open_sealed(
                self._key, row.sealed, self._place(row.ref, row.kind, row.audience)
            )
        )
        return Entry(
            row=row,
            by=content["by"],
            at=datetime.fromisoformat(content["at"]),
            fields=content["fields"],
            removed=content["removed"],
            nr=content.get("nr", 0),
        )

    def entry(self, ref, audiences):
        """Return one entry, removed or not; NotYours when it is not there."""
        for entry in self.entries(audiences, removed=True):
            if entry.ref == ref:
                return entry
        raise NotYours

    def reseal(self, entry, values=None, removed=None, audience=None):
        """Seal an entry anew: other values, removed or restored, for other readers."""
        content = {
            "by": entry.by,
            "at": entry.at.isoformat(),
            "fields": entry.fields if values is None else values,
            "removed": entry.removed if removed is None else removed,
            "nr": entry.nr,
        }
        row = entry.row
        if audience:
            row.audience = audience
        row.sealed = sealing.seal(
            self._key, _dump(content), self._place(row.ref, row.kind, row.audience)
        )

    def purge_removed(self, today):
        """Delete for good what was removed on an earlier day."""
        for entry in self.entries([a for a, _label in c.AUDIENCES], removed=True):
            if entry.removed and entry.removed < today.isoformat():
                entry.row.unlink()

    def log(self, role, user, purpose, at):
        """Record that ``user`` opened the dossier as ``role``."""
        ref = sealing.new_ref()
        content = {"user": user.id, "purpose": purpose, "at": at.isoformat()}
        self.env["hr.career.access"].create(
            {
                "ref": ref,
                "traject_id": self.traject.id,
                "role": role,
                "day": at.date(),
                "sealed": sealing.seal(
                    self._key,
                    _dump(content),
                    sealing.place("access", self.traject.ref, ref, role),
                ),
            }
        )

    def log_once(self, role, user, purpose, at):
        """Record an opening, unless this role's opening of this day is recorded."""
        known = self.env["hr.career.access"].search_count(
            [
                ("traject_id", "=", self.traject.id),
                ("role", "=", role),
                ("day", "=", at.date()),
            ],
            limit=1,
        )
        if not known:
            self.log(role, user, purpose, at)

    def openings(self):
        """Return the log, latest first: (at, role, purpose code)."""
        rows = self.env["hr.career.access"].search(
            [("traject_id", "=", self.traject.id)]
        )
        found = []
        for row in rows:
            where = sealing.place("access", self.traject.ref, row.ref, row.role)
            content = json.loads(sealing.open_sealed(self._key, row.sealed, where))
            found.append(
                (datetime.fromisoformat(content["at"]), row.role, content["purpose"])
            )
        return sorted(found, reverse=True)

    def shred(self):
        """Destroy the traject's key: nothing sealed under it opens any more."""
        self.traject.envelope = False


def claim(record, name, value) -> bool:
    """Write one unique value; return False when somebody else holds it.

    The database decides, so that of simultaneous claims one wins. Plain SQL, because
    the loser is no error and must leave no line with the row's contents in the log.
    """
    record.flush_recordset()
    query = SQL(
        "UPDATE %s SET %s = %s WHERE id = %s",
        SQL.identifier(record._table),
        SQL.identifier(name),
        value,
        record.id,
    )
    try:
        with record.env.cr.savepoint():
            record.env.cr.execute(query, log_exceptions=False)
    except UniqueViolation:
        return False
    finally:
        record.invalidate_recordset([name], flush=False)
    return True


def move(traject, state):
    """Put ``traject`` in ``state``; CaseworkError when that cannot follow."""
    if state not in c.FOLLOWING[traject.state]:
        raise changed_meanwhile(traject.env)
    traject.state = state


def changed_meanwhile(env):
    """Return the error for what is no longer as the reader saw it."""
    return CaseworkError(
        env._(
            "This has changed in the meantime, perhaps in another window. Nothing "
            "was changed now. Look at the page again and decide then."
        )
    )


def month_of(day):
    """Return the first day of the month of ``day``: dates are kept no finer."""
    return fields.Date.to_date(day).replace(day=1)


def _dump(content) -> bytes:
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
