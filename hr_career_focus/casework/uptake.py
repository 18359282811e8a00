"""The one way from the vault to the figures: who started when, to the release job.

How it works
    The database counts each person once, by a blind index of the employee, and gives
    the first month of each; nothing is opened. The index of every employee of the
    company is computed here, and so tells who it is. Trajects that an earlier version
    made have no index: those are opened, one by one. Rows come in portions, so that
    memory holds a number and a month per participant, and an index per employee.
"""

import json
from contextlib import contextmanager
from datetime import date

from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..vault import purged, sealing
from ..vault.blind_index import numbers_by_index
from ..vault.keyring import load_keyring
from . import constants as c
from .opening import PERSON, TRAJECT, vault

#: Rows that are in memory at a time.
PORTION = 2_000


def first_starts(env, company, year):
    """Return when each participant of a calendar year first started.

    The number of statements is the same for any number of trajects and people.

    :return: ``{employee_id: first day of the month}`` of employees of ``company``, for
        the release job to count and forget; nothing of it may be stored
    :raise AccessError: for anyone but the job, which runs as the system
    :raise CaseworkError: for a traject without an index that is damaged: figures that
        are too low are worse than none
    """
    if not env.su:
        raise AccessError(env._("Only the release job reads who took part."))
    ring = load_keyring()
    known = numbers_by_index(ring, PERSON, _employees(env, company))
    with vault(env) as inside:
        inside[TRAJECT].flush_model()
        counted = _counted(inside, ring, company, year)
        starts = {}
        with _streamed(inside, _first_months(counted)) as rows:
            for index, month in rows:
                if index in known:
                    starts[known[index]] = month
        with _streamed(inside, _without_index(counted)) as rows:
            for ref, envelope, identity, month in rows:
                number = _employee(ring, ref, envelope, identity)
                starts[number] = min(month, starts.get(number, month))
    return starts


def _employees(env, company):
    """Return the numbers of everybody who is or was an employee of ``company``."""
    env["hr.employee"].flush_model(["company_id"])
    query = SQL("SELECT id FROM hr_employee WHERE company_id = %s", company.id)
    return [number for (number,) in env.execute_query(query)]


def _counted(inside, ring, company, year):
    """Return the condition that a traject is counted in the figures of a year.

    A case whose key was destroyed can no longer be joined to anyone, and what a backup
    brought back counts for nobody.
    """
    counted = SQL(
        """company_id = %s AND kind = ANY(%s)
           AND month_started BETWEEN %s AND %s AND envelope IS NOT NULL""",
        company.id,
        list(c.KINDS_COUNTED),
        date(year, 1, 1),
        date(year, 12, 31),
    )
    if not purged.marks():
        return counted
    refs = SQL("SELECT ref FROM hr_career_traject WHERE %s", counted)
    with _streamed(inside, refs) as rows:
        destroyed = list(purged.listed(ring, (ref for (ref,) in rows)))
    return SQL("%s AND ref <> ALL(%s)", counted, destroyed)


def _first_months(counted):
    return SQL(
        """
        SELECT person_index, min(month_started)
          FROM hr_career_traject
         WHERE %s AND person_index IS NOT NULL
      GROUP BY person_index
        """,
        counted,
    )


def _without_index(counted):
    return SQL(
        """
        SELECT ref, envelope, identity, month_started
          FROM hr_career_traject
         WHERE %s AND person_index IS NULL
        """,
        counted,
    )


@contextmanager
def _streamed(inside, query):
    """Give the rows of ``query`` one by one, of which few are in memory at a time."""
    with inside.cr._cnx.cursor(name="hr_career_first_starts") as cursor:
        cursor.itersize = PORTION
        cursor.execute(query.code, query.params)
        yield cursor


def _employee(ring, ref, envelope, identity):
    """Return whom a traject is of; nothing else of what is opened is kept."""
    key = sealing.unwrap(ring, envelope, ref)
    where = sealing.place(TRAJECT, ref, "identity")
    return json.loads(sealing.open_sealed(key, identity, where))["employee"]
