"""How often files were opened, by role: for the works council, and nothing finer.

Closed years only, the same for every company, from the year the log began: which years
are shown tells nothing. A number only from :data:`FLOOR` openings up, in :data:`CASES`
files; what is smaller, zero too, reads the same: it could say something about one file.
Lines that retention emptied keep counting, so that a number never moves after its year
and no two looks can be subtracted.
"""

import json
from collections import defaultdict

from odoo.tools import SQL

from ..engine.roles import GROUP_OFFICER, GROUP_WORKS_COUNCIL
from ..vault import sealing
from ..vault.errors import Unsealable
from ..vault.keyring import load_keyring
from . import logins, purposes
from .access_log import LABEL, NO_CASE
from .case import Door
from .errors import NotYours
from .opening import vault
from .views_privacy import YearView

FLOOR = 20
#: Of how many different files the openings must be.
CASES = 5
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
            first = self._first_year(inside)
            found = self._tally(inside, first)
        return [
            YearView(
                company=company.name,
                year=year,
                numbers=tuple(
                    (role, _shown(found.get((company.id, year, role), ())))
                    for role in purposes.COUNTED
                ),
            )
            for company in self.companies.sorted("name")
            for year in range(self.today.year - 1, first - 1, -1)
        ]

    def _first_year(self, inside):
        """Return the earliest year that is shown, whatever happened in it."""
        rows = inside.execute_query(
            SQL(
                "SELECT month FROM hr_career_access WHERE place > 0"
                " ORDER BY place LIMIT 1"
            )
        )
        began = rows[0][0].year if rows else self.today.year
        return max(began, self.today.year - YEARS)

    def _tally(self, inside, first):
        """Return the case behind each opening: {(company, year, role): [case]}."""
        rows = inside.execute_query(
            SQL(
                "SELECT ref, month, label FROM hr_career_access"
                " WHERE month >= %s AND month < %s AND place > 0",
                f"{first}-01-01",
                f"{self.today.year}-01-01",
            )
        )
        key = load_keyring().derive(LABEL)
        found = defaultdict(list)
        for ref, month, label in rows:
            where = sealing.place(LABEL, ref, month.isoformat())
            try:
                said = json.loads(sealing.open_sealed(key, label, where))
            except Unsealable:
                continue  # changed by somebody: the check of the chain tells
            # Lines of before version 1.3 do not say it: they count, as no case.
            found[said["company"], month.year, said["role"]].append(
                said.get("case", NO_CASE)
            )
        return found


def _shown(cases):
    """Return how many openings there were, or None when they are too few to show."""
    is_enough = len(cases) >= FLOOR and len({*cases} - {NO_CASE}) >= CASES
    return len(cases) if is_enough else None
