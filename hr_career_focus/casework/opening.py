"""Opening the vault: the scope, an environment inside it, and one opened dossier."""

import json
from contextlib import contextmanager, suppress

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.tools import SQL

from ..vault import purged, scope, sealing
from ..vault.blind_index import blind
from ..vault.errors import Unsealable
from ..vault.inventory import vault_models
from ..vault.keyring import load_keyring
from . import constants as c
from .access_log import AccessLog
from .belonging import Belonging
from .entries import Entries
from .errors import CaseworkError, NotYours, explained

TRAJECT = "hr.career.traject"
#: The purpose of the index by which the figures count each person once.
PERSON = "person-counted"


@contextmanager
def vault(env):
    """Open the scope and give a superuser environment: all of the block or nothing.

    What the block wrote is undone when it raises, so that an error which a page shows
    has changed nothing. Nothing stays in the cache either: what superuser code has read
    would be found there, unchecked, by anyone's code in the same request.
    """
    with explained(env), scope.opened():
        inside = env(su=True)
        try:
            with inside.cr.savepoint():
                yield inside
        finally:
            for model in vault_models(env):
                inside[model].invalidate_model(flush=False)


def owner_index(user_id: int) -> str:
    """Return the blind index under which a login's trajects are found."""
    return blind(load_keyring(), "user", user_id)


def holder_index(employee_id: int) -> str:
    """Return the blind index under which an employee's uses of rights are found."""
    return blind(load_keyring(), "employee", employee_id)


def person_index(employee_id: int) -> str:
    """Return the blind index under which the figures count a person once.

    With a purpose of its own: it joins trajects of one person, and nothing else.
    """
    return blind(load_keyring(), PERSON, employee_id)


def standing(trajects):
    """Return those of ``trajects`` that were not destroyed for good.

    A backup that is put back brings rows back, until they are deleted again.
    """
    ring = load_keyring()
    return trajects.filtered(lambda one: not purged.is_listed(ring, one.ref))


def find(inside, ref, domain, destroyed=False):
    """Return the one traject ``ref`` inside ``domain``; NotYours otherwise.

    :param destroyed: also one that is on the purge list, to delete it again
    """
    if not isinstance(ref, str) or len(ref) != 32:
        raise NotYours
    traject = inside[TRAJECT].search([("ref", "=", ref), *domain], limit=1)
    if not (traject if destroyed else standing(traject)):
        raise NotYours
    return traject


class Dossier(Entries, AccessLog, Belonging):
    """A traject with its key, inside the scope only.

    :param traject: the row, as superuser inside the scope
    :raise Unsealable: when its key was destroyed, also when a backup brought it back
    """

    def __init__(self, traject):
        self.env = traject.env
        self.traject = traject
        ring = load_keyring()
        purged.refuse(ring, traject.ref)
        self._key = sealing.unwrap(ring, traject.envelope, traject.ref)

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
                person_index=person_index(identity["employee"]),
                envelope=sealing.wrap(load_keyring(), key, ref),
                identity=sealing.seal(
                    key, sealing.dump(identity), sealing.place(TRAJECT, ref, "identity")
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

    def remember(self, **changed):
        """Seal the identity anew with what changed."""
        content = sealing.dump({**self.identity, **changed})
        where = sealing.place(TRAJECT, self.traject.ref, "identity")
        self.traject.identity = sealing.seal(self._key, content, where)

    def shred(self):
        """Destroy the traject's key: nothing sealed under it opens any more."""
        self.traject.envelope = False


def employees_as_asked(env):
    """Return the employees that the own cases of this login are about.

    Whoever links an employee to another login shuts nobody out of the own case, or of
    the own key.
    """
    with vault(env) as inside:
        own = [
            ("owner_index", "=", owner_index(env.uid)),
            ("state", "in", [*c.WRITABLE, *c.ENDED]),
            ("envelope", "!=", False),
        ]
        numbers = []
        for one in standing(inside[TRAJECT].search(own)):
            # One that is damaged takes nothing else away.
            with suppress(Unsealable):
                numbers.append(Dossier(one).identity["employee"])
    people = env["hr.employee"].sudo().browse(numbers)
    return people.exists().filtered("active").sorted("id")


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
