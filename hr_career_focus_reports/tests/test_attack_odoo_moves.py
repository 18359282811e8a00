"""Attacks by comparing two days, in Odoo (A9, A10).

Somebody looks before and after one more colleague started, or before and after a team
moved, and reasons from what is different.
"""

from datetime import date

from odoo.tests import freeze_time, tagged

from ..engine import structure
from ..engine.parameters import AGREED
from .worlds import MONTHS, WorldsCase


@tagged("post_install", "-at_install")
class TestNewcomer(WorldsCase):
    """A9: one more start changes nothing a reader can see before the next day."""

    LOGINS = (
        ("studioboss", "Studio"),
        ("officeboss", "Office"),
        ("productionboss", "Production"),
    )

    def views(self):
        return [self.article(login) for login, _department in self.LOGINS] + [
            self.article("council"),
            self.article("policy"),
        ]

    def test_a_start_is_invisible_until_the_next_day(self):
        self.take_part(self.truth)
        self.publish()
        for login, department in self.LOGINS:
            self.org.manager_of(department, login)
        self.org.login("council", "base.group_user,hr_career_focus.group_works_council")
        self.org.login("policy", "hr_career_focus.group_policy")
        with freeze_time("2026-03-03"):
            before = self.views()
            self.org.start(self.org.staff["Camera"][:1], date(2025, 12, 1))
            self.org.start(self.org.staff["Camera"][1:2], date(2026, 3, 1))
            self.org.start(self.org.staff["Sound"], date(2026, 3, 1))
            self.assertEqual(self.views(), before)
        # Positive control: on the next day the page of everybody is another one.
        with freeze_time("2027-01-15"):
            self.org.publish(2026)
            for early, late in zip(before, self.views(), strict=True):
                self.assertNotEqual(early, late)

    def candidates(self, register, newcomer, cells):
        """Return who the newcomer can be, for whoever sees which counts moved."""
        moved = [members for members in cells if newcomer in members]
        still = [members for members in cells if newcomer not in members]
        return register.keys.intersection(*moved).difference(*still)

    def test_live_figures_would_name_the_newcomer(self):
        """Positive control: with counts that are always up to date, most are unique."""
        register = self.register()
        cells = [*register.members_by_unit().values()]
        for trait in ("age", "education", "gender"):
            cells += register.members_by_trait(trait).values()
        found = [
            len(self.candidates(register, key, cells))
            for key in register.keys.difference(self.truth)
        ]
        unique = sum(number == 1 for number in found)
        few = sum(number < 5 for number in found)
        self.assertGreater(unique / len(found), 0.4)
        self.assertGreater(few / len(found), 0.9)

    def test_rounded_rows_made_again_would_move(self):
        """Positive control: rounding alone, without the freeze, tells on newcomers."""
        register = self.register()
        before = self.computed(self.truth, register)
        moved = [
            key
            for key in sorted(register.keys.difference(self.truth))
            if self.computed(self.truth | {key: MONTHS[0]}, register).rows
            != before.rows
        ]
        self.assertGreater(len(moved), 20)


@tagged("post_install", "-at_install")
class TestReorganisation(WorldsCase):
    """A10: a team of seven that moves in July moves in no figure of that year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Large enough for quarters.
        cls.org.staff["Office"] += cls.org.hire("Office", 110, date(2020, 1, 1))

    def groups(self, period):
        return {
            (group.table, group.code): group.members
            for group in structure.offered(self.register(period=period), period, AGREED)
        }

    def move(self, team):
        with freeze_time("2025-07-01"):
            for employee in team:
                employee.create_version(
                    {
                        "date_version": date(2025, 7, 1),
                        "department_id": self.org.departments["Office"].id,
                    }
                )
            self.env.flush_all()

    def test_membership_stays_that_of_january(self):
        team = self.org.staff["Studio"][:7]
        before = {period: self.groups(period) for period in ("q1", "q2", "year")}
        self.move(team)
        for period, groups in before.items():
            self.assertEqual(self.groups(period), groups, period)
        # Positive control: by the tree of the next January they do belong elsewhere.
        office = self.org.departments["Office"].id
        there = self.register(2026).members_by_unit()[office]
        self.assertLessEqual(set(team.ids), there)
        self.assertFalse(
            before["year"][(structure.TREE, str(office))].intersection(team.ids)
        )

    def test_no_two_tables_differ_by_a_few_people(self):
        """Any row of the year minus any other, or minus what lies in it: 0 or many."""
        for length in (0, 7):
            self.move(self.org.staff["Studio"][:length])
            rows = {
                (period, *name): members
                for period in ("q1", "q2", "q3", "q4", "year")
                for name, members in self.groups(period).items()
            }
            self.assertGreater(len(rows), 8)
            trees = [members for name, members in rows.items() if name[1] != "age"]
            for one in trees:
                for other in trees:
                    if other < one:
                        self.assertGreaterEqual(len(one - other), AGREED.minimum)

    def test_quarters_and_year_are_published_over_the_move(self):
        """The rows of each release of the year are about the people of January."""
        self.take_part(self.truth)
        headcounts = {}
        for period, day in (
            ("q1", "2025-04-15"),
            ("q2", "2025-07-15"),
            ("q3", "2025-10-15"),
            ("q4", "2026-01-15"),
            ("year", "2026-01-15"),
        ):
            if period == "q2":
                self.move(self.org.staff["Studio"][:7])
                for name in ("Studio", "Camera"):
                    self.org.departments[name].parent_id = self.org.departments[
                        "Office"
                    ]
            with freeze_time(day):
                release = self.org.publish(2025, period)
            for cell in release.cell_ids:
                headcounts.setdefault((cell.table, cell.code), set()).add(
                    cell.headcount
                )
        self.assertTrue(all(len(sizes) == 1 for sizes in headcounts.values()))
        studio = (structure.TREE, str(self.org.departments["Studio"].id))
        self.assertEqual(headcounts[studio], {30})
