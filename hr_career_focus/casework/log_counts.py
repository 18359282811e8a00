"""How often files were opened, by role: for the works council, and nothing finer.

Closed years only, and a number from :data:`FLOOR` up only: a smaller one could say
something about one file. Lines that retention emptied keep counting, so that a number
never moves after its year and no two looks can be subtracted.
"""

import json
from collections import Counter

from odoo.tools import SQL

from ..engine.roles import GROUP_OFFICER, GROUP_WORKS_COUNCIL
from ..vault import sealing
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring
from . import logins, purposes
from .access_log import LABEL
from .case import Door
from .errors import NotYours
from .opening import vault
from .views_privacy import YearView

FLOOR = 20
#: How many closed years are shown.
YEARS = 5


class CountsDoor(Door):
    """What works council and privacy officer can count. NotYours for everyone else."""

    def __init__(self, env, now=None):
        super().__init__(env, now)
        user = env.user
        if not (user.has_group(GROUP_WORKS_COUNCIL) or user.has_group(GROUP_OFFICER)):
            raise NotYours
        logins.require_second_factor(env)
        self.companies = user.sudo().company_ids

    def years(self):
        """Return the openings of the last closed years, the latest first."""
        with vault(self.env) as inside:
            found = self._tally(inside)
        this_year = self.today.year
        return [
            YearView(
                company=company.name,
                year=year,
                numbers=tuple(
                    (role, _shown(found[company.id, year, role]))
                    for role in purposes.COUNTED
                ),
            )
            for company in self.companies.sorted("name")
            for year in range(this_year - 1, this_year - 1 - YEARS, -1)
            if any(key[:2] == (company.id, year) for key in found)
        ]

    def _tally(self, inside):
        first = self.today.year
        rows = inside.execute_query(
            SQL(
                "SELECT ref, month, label FROM hr_career_access"
                " WHERE month >= %s AND month < %s AND place > 0",
                f"{first - YEARS}-01-01",
                f"{first}-01-01",
            )
        )
        key = load_keyring().derive(LABEL)
        found = Counter()
        for ref, month, label in rows:
            where = sealing.place(LABEL, ref, month.isoformat())
            try:
                said = json.loads(sealing.open_sealed(key, label, where))
            except Unsealable:
                continue  # changed by somebody: the check of the chain tells
            found[said["company"], month.year, said["role"]] += 1
        return found


def _shown(number):
    return number if number >= FLOOR else None
