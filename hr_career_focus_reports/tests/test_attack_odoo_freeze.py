"""Attacks on the shape and the stillness of a release, in Odoo (A7, A8).

Whoever finds that which rows there are, or what they say, depends on a person or on
anything that happens later, has found a hole.
"""

from contextlib import closing
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.hr_career_focus.casework import uptake
from odoo.addons.hr_career_focus.casework.opening import TRAJECT, Dossier, vault

from ..engine import release as engine
from ..engine import structure
from ..models.frozen_mixin import publishing
from .worlds import MONTHS, PUBLISHED_TABLES, WorldsCase

#: What a row says about the group, whatever was counted.
SHAPE = ("table", "code", "label", "unit", "parent", "depth", "headcount", "sequence")


def shape(release):
    """Return which rows a release has, without their figures."""
    return [tuple(cell[name] for name in SHAPE) for cell in release.cell_ids]


@tagged("post_install", "-at_install")
class TestStructureLeak(WorldsCase):
    """A7: the rows follow from headcounts; a truth removes all of them, or none."""

    def truths(self):
        people = self.org.employees.ids
        yield "nobody", {}
        yield "everybody", dict.fromkeys(people, MONTHS[4])
        yield "one", {people[0]: MONTHS[0]}
        yield (
            "one team, all of it",
            dict.fromkeys(self.org.staff["Sound"].ids, MONTHS[1]),
        )
        yield (
            "one unit, all of it",
            dict.fromkeys(self.org.staff["Office"].ids, MONTHS[1]),
        )
        yield (
            "all but one unit",
            dict.fromkeys(
                (self.org.employees - self.org.staff["Office"]).ids, MONTHS[7]
            ),
        )
        for step in (2, 3, 5):
            yield f"every {step}", dict.fromkeys(people[::step], MONTHS[step])

    def test_rows_do_not_depend_on_who_took_part(self):
        with self.world(self.truth) as release:
            full = shape(release)
            self.assertEqual(release.state, engine.FULL)
        self.assertGreater(len(full), 5)
        seen = set()
        for name, truth in self.truths():
            with self.subTest(name), self.world(truth) as release:
                seen.add(release.state)
                if release.state == engine.FULL:
                    self.assertEqual(shape(release), full)
                else:
                    self.assertEqual(shape(release), full[:1])
        # Both have been seen, or the test has shown nothing.
        self.assertLessEqual({engine.FULL, engine.COMPANY_ONLY}, seen)

    def test_the_register_does_not_know_the_cases(self):
        before = self.register()
        with closing(self.cr.savepoint()):
            self.take_part(dict.fromkeys(self.org.employees.ids, MONTHS[0]))
            self.assertEqual(self.register(), before)
        self.env.invalidate_all()

    def test_only_the_published_company_figure_decides(self):
        """Two truths of different size with one company figure: the same rows."""
        states = {}
        for number in range(4, 16):
            starts = dict.fromkeys(self.org.employees.ids[:number], MONTHS[0])
            release = self.computed(starts)
            if release.state != getattr(engine, "PRIVACY", None):
                states.setdefault(release.rows[0].figure.shown, set()).add(
                    release.state
                )
        self.assertEqual(states.get(5), {engine.COMPANY_ONLY})
        self.assertEqual(states.get(10), {engine.FULL})

    def test_the_comparison_sees_a_row_that_was_dropped(self):
        """Positive control: hiding rows of "0-4" would show in the shape."""
        hidden = {
            tuple(
                row.code
                for row in self.computed(truth).rows
                if row.figure.shown or row.table == structure.COMPANY
            )
            for name, truth in self.truths()
            if name.startswith("one team") or name.startswith("all but")
        }
        self.assertEqual(len(hidden), 2)


@tagged("post_install", "-at_install")
class TestFrozen(WorldsCase):
    """A8: whatever happens afterwards, the rows and the fingerprint stay."""

    def setUp(self):
        super().setUp()
        self.take_part(self.truth)
        self.cron("2026-01-15")
        self.release = self.releases.search([("company_id", "=", self.company.id)])
        self.content = self.release._content()
        self.text = self.rows_in_database()

    def trajects(self, inside):
        return inside[TRAJECT].search([("company_id", "=", self.company.id)])

    # What happens to cases.

    def change_cases(self):
        with vault(self.env) as inside:
            self.trajects(inside).write({"kind": "employer_initiated"})

    def add_cases(self):
        self.org.start(self.org.staff["Camera"], MONTHS[10])

    def delete_cases(self):
        with vault(self.env) as inside:
            self.trajects(inside).unlink()

    def destroy_cases(self):
        with vault(self.env) as inside:
            for traject in self.trajects(inside):
                Dossier(traject).shred()

    def merge_cases(self):
        """Two people turn out to be one: their cases name the same employee."""
        with vault(self.env) as inside:
            for traject in self.trajects(inside)[:4]:
                Dossier(traject).remember(employee=self.org.staff["Sound"][0].id)

    def redate_cases(self):
        with vault(self.env) as inside:
            self.trajects(inside).write({"month_started": "2026-02-01"})

    def backdate_cases(self):
        with vault(self.env) as inside:
            self.trajects(inside).write({"month_started": "2024-02-01"})

    # What happens to people.

    def move_people_back_in_time(self):
        self.org.employees.version_id.write(
            {"department_id": self.org.departments["Sound"].id}
        )

    def change_traits(self):
        self.org.employees.write(
            {"birthday": "2000-01-01", "certificate": "doctor", "sex": "other"}
        )

    def archive_people(self):
        self.org.staff["Office"].with_context(no_wizard=True).action_archive()

    def delete_people(self):
        self.org.staff["Sound"].unlink()

    def hire_into_the_past(self):
        self.org.hire("Studio", 25, date(2025, 2, 1))

    # What happens to departments and the company.

    def rename_departments(self):
        for department in self.org.departments.values():
            department.name = f"{department.name} of old"

    def merge_departments(self):
        studio, camera = (self.org.departments[name] for name in ("Studio", "Camera"))
        camera.member_ids.department_id = studio
        camera.unlink()

    def archive_departments(self):
        self.org.departments["Studio"].action_archive()

    def turn_the_tree_over(self):
        self.org.departments["Production"].parent_id = self.org.departments["Office"]

    def rename_the_company(self):
        self.company.name = "Another name"

    # What happens to the rules.

    def ask_for_larger_groups(self):
        self.company.career_min_group = 60

    def count_on_a_known_total(self):
        self.company.career_exact_total = True

    def decide_anew(self):
        self.org.settle(career_council_date="2026-01-01")

    def close_the_service(self):
        self.org.settle(career_live=False)

    def change_system_parameters(self):
        """By hand, as an administrator can: no number of the rules is among them."""
        for key in ("minimum", "base", "career_min_group", "uptake_base"):
            self.env["ir.config_parameter"].set_param(
                f"hr_career_focus_reports.{key}", "1"
            )

    def upgrade(self):
        """What an upgrade runs for frozen models; a real one is tested elsewhere."""
        for name in PUBLISHED_TABLES:
            self.env[name.replace("_", ".")].init()

    def run_again(self):
        self.cron("2026-01-15")
        self.cron("2026-01-16")

    def become_a_copy(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "a copy")

    EVENTS = (
        change_cases,
        add_cases,
        delete_cases,
        destroy_cases,
        merge_cases,
        redate_cases,
        backdate_cases,
        move_people_back_in_time,
        change_traits,
        archive_people,
        delete_people,
        hire_into_the_past,
        rename_departments,
        merge_departments,
        archive_departments,
        turn_the_tree_over,
        rename_the_company,
        ask_for_larger_groups,
        count_on_a_known_total,
        decide_anew,
        close_the_service,
        change_system_parameters,
        upgrade,
        run_again,
        become_a_copy,
    )

    def would_be(self):
        """Return the rows that would be computed today, were it not for the freeze."""
        return self.computed(uptake.first_starts(self.env, self.company, 2025)).rows

    @mute_logger("odoo.models.unlink")
    def test_nothing_that_happens_changes_what_was_published(self):
        """Event by event; most would change the rows, had they not been frozen."""
        at_first = self.would_be()
        moved = set()
        for event in self.EVENTS:
            with self.subTest(event.__name__), closing(self.cr.savepoint()):
                event(self)
                self.env.flush_all()
                self.env.invalidate_all()
                if self.would_be() != at_first:
                    moved.add(event.__name__)
                self.cron("2026-01-20")
                self.env.invalidate_all()
                self.assertEqual(self.rows_in_database(), self.text)
                self.assertEqual(self.release._content(), self.content)
                self.assertTrue(self.release._is_intact())
                with freeze_time("2026-01-20"), self.assertRaises(UserError):
                    self.org.publish(2025)
            self.env.invalidate_all()
        # Positive control: the events are not harmless by themselves.
        self.assertLessEqual(
            {
                "change_cases",
                "add_cases",
                "delete_cases",
                "destroy_cases",
                "redate_cases",
                "move_people_back_in_time",
                "change_traits",
                "delete_people",
                "hire_into_the_past",
                "ask_for_larger_groups",
            },
            moved,
        )

    @mute_logger("odoo.models.unlink")
    def test_all_of_it_at_once_and_a_year_later(self):
        """Everything happens, and the next year is published: the first one stays."""
        for event in (
            self.add_cases,
            self.redate_cases,
            self.change_traits,
            self.rename_departments,
            self.merge_departments,
            self.hire_into_the_past,
            self.ask_for_larger_groups,
        ):
            event()
        with freeze_time("2027-01-15"):
            later = self.org.publish(2026)
        self.assertEqual(later.previous_digest, self.release.digest)
        self.assertEqual(self.release._content(), self.content)
        self.assertTrue(self.release._is_intact() and later._is_intact())
        self.assertLessEqual(set(self.text), set(self.rows_in_database()))

    def test_the_second_time_raises_whoever_asks(self):
        for who in (self.env.ref("base.user_root"), self.env.ref("base.user_admin")):
            job = self.job.with_user(who).sudo()
            with (
                freeze_time("2026-01-15"),
                publishing(),
                self.assertRaisesRegex(UserError, "twice"),
            ):
                job._publish(self.company, 2025, "year")

    def test_the_key_plays_no_part_afterwards(self):
        """A key that is lost or changed changes no row and no fingerprint."""
        self.assertGreater(len(self.drawings()), 1)
        self.patch(type(self.job), "_rounding_secret", lambda _self: bytes(32))
        self.cron("2026-01-20")
        self.assertEqual(self.rows_in_database(), self.text)
        self.assertTrue(self.release._is_intact())


@tagged("post_install", "-at_install")
class TestCopy(WorldsCase):
    """Two databases with the same cases never both publish."""

    def test_a_copy_would_draw_otherwise_and_is_refused(self):
        """Two drawings of one truth say more than one: no copy publishes."""
        self.assertGreater(len(self.drawings()), 1)
        self.take_part(self.truth)
        self.env["ir.config_parameter"].set_param("database.uuid", "a copy")
        self.cron("2026-01-15")
        self.cr.execute(
            SQL(
                "SELECT count(*) FROM hr_career_release WHERE company_id = %s",
                self.company.id,
            )
        )
        self.assertEqual(self.cr.fetchone(), (0,))
        with freeze_time("2026-01-15"), self.assertRaisesRegex(UserError, "copy"):
            self.org.publish(2025)
