"""Openings of before the access log was a chain become lines of it."""

import json
from datetime import datetime

from odoo import fields
from odoo.tools import SQL
from odoo.tools.sql import table_exists

from ..vault import sealing
from ..vault.errors import VaultError
from . import access_log
from .opening import TRAJECT, Dossier, vault

#: Where the script that runs before the upgrade sets the old rows aside.
ASIDE = "hr_career_access_before"


def carry_over(env):
    """Write a line for each row that was set aside, in the order they were made in.

    The user, the moment and the purpose stay. Rows of a case whose key was destroyed
    cannot be opened by anybody and end here.
    """
    access_log.begin(env, fields.Datetime.now())
    if not table_exists(env.cr, ASIDE):
        return
    rows = env.execute_query(
        SQL(
            "SELECT case_ref, ref, role, sealed FROM %s ORDER BY case_ref",
            SQL.identifier(ASIDE),
        )
    )
    with vault(env) as inside:
        dossiers = _dossiers(inside, {row[0] for row in rows})
        found = []
        for case_ref, ref, role, sealed in rows:
            if case_ref in dossiers and (
                content := _opened(dossiers[case_ref], ref, role, sealed)
            ):
                found.append((content["at"], case_ref, role, content))
        found.sort(key=lambda one: one[:3])
        users = env["res.users"]
        access_log.write(
            inside,
            [
                dossiers[case_ref].opening(
                    role,
                    users.browse(content["user"]),
                    content["purpose"],
                    datetime.fromisoformat(content["at"]),
                )
                for _at, case_ref, role, content in found
            ],
        )
    env.cr.execute(SQL("DROP TABLE %s", SQL.identifier(ASIDE)))


def _dossiers(inside, refs):
    found = {}
    for traject in inside[TRAJECT].search([("ref", "in", list(refs))]):
        try:
            found[traject.ref] = Dossier(traject)
        except VaultError:
            continue
    return found


def _opened(dossier, ref, role, sealed):
    where = sealing.place("access", dossier.traject.ref, ref, role)
    try:
        return json.loads(sealing.open_sealed(dossier._key, sealed, where))
    except VaultError:
        return None
