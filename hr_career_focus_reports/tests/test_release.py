"""A release: once, on its day, and never anything else afterwards."""

from datetime import date

from psycopg2 import DatabaseError, IntegrityError

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.hr_career_focus.casework.opening import Dossier, vault

from ..engine import release as engine
from ..models.frozen_mixin import publishing
from .common import Organisation

TABLES = (
    "hr_career_release",
    "hr_career_release_cell",
    "hr_career_release_unit",
)


class ReleaseCase(TransactionCase):
    """An organisation of 92 people of whom twelve took part in 2025."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(
            cls.env,
            "Omroep De Waal",
            {"Production": 5, "Studio": 30, "Camera": 24, "Office": 25, "Sound": 8},
            {"Studio": "Production", "Camera": "Production", "Sound": "Production"},
        )
        cls.company = cls.org.company
        cls.org.start(cls.org.staff["Studio"][:7], date(2025, 3, 1))
        cls.org.start(cls.org.staff["Office"][:5], date(2025, 9, 1), state="closed")
        cls.releases = cls.env["hr.career.release"]
        cls.job = cls.env["hr.career.release.job"]

    def published(self):
        return self.releases.search([("company_id", "=", self.company.id)])

    def run_cron(self, day):
        """Run the job on a day, as the scheduler does, and return what is published."""
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref("hr_career_focus_reports.release_cron").method_direct_trigger()
        return self.published()

    @freeze_time("2026-01-15")
    def publish_2025(self):
        return self.org.publish(2025)


@tagged("post_install", "-at_install")
class TestReleaseContent(ReleaseCase):
    def test_rows_follow_headcounts(self):
        """Sound (8) and the people right at Production (5) are in the rest."""
        release = self.publish_2025()
        self.assertEqual(
            [
                (cell.label, cell.headcount, cell.depth)
                for cell in release.cell_ids
                if cell.table in ("company", "tree")
            ],
            [
                ("Company", 92, 0),
                ("Office", 25, 1),
                ("Production", 67, 1),
                ("Studio", 30, 2),
                ("Other units", 37, 2),
            ],
        )
        self.assertEqual(release.state, engine.FULL)

    def test_figures_hold_the_truth(self):
        release = self.publish_2025()
        truth = {"Company": 12, "Office": 5, "Production": 7, "Studio": 7}
        for cell in release.cell_ids:
            if cell.label in truth:
                self.assertLessEqual(cell.low, truth[cell.label])
                self.assertGreaterEqual(cell.high, truth[cell.label])

    def test_only_counted_kinds_and_years(self):
        """The employer's own trajects and other years add nothing."""
        before = self.releases.browse()
        self.org.start(self.org.staff["Camera"], date(2025, 5, 1), "employer_initiated")
        self.org.start(self.org.staff["Camera"], date(2024, 5, 1), state="closed")
        release = before | self.publish_2025()
        self.assertLessEqual(release.cell_ids[0].low, 12)
        self.assertGreaterEqual(release.cell_ids[0].high, 12)
        self.assertLess(release.cell_ids[0].high, 20)

    def test_a_destroyed_case_stops_nothing(self):
        """Who can no longer be read is no longer counted; the others still are."""
        with vault(self.env) as inside:
            trajects = inside["hr.career.traject"].search(
                [("company_id", "=", self.company.id)]
            )
            Dossier(trajects[0]).shred()
        release = self.publish_2025()
        self.assertLessEqual(release.cell_ids[0].low, 11)
        self.assertGreaterEqual(release.cell_ids[0].high, 11)

    def test_a_person_counts_once(self):
        again = self.org.staff["Studio"][:7]
        for month in (4, 5, 6):
            self.org.start(again, date(2025, month, 1), state="closed")
        release = self.publish_2025()
        self.assertLess(release.cell_ids[0].high, 20)

    def test_moves_show_from_the_next_year(self):
        """Unit and tree are those of 1 January, whatever moves in July."""
        job_day = date(2025, 1, 2)
        with freeze_time(job_day):
            self.env["hr.career.release.unit"]._of_year(self.company, 2025)
        with freeze_time("2025-07-01"):
            for employee in self.org.staff["Studio"]:
                employee.create_version(
                    {
                        "date_version": date(2025, 7, 1),
                        "department_id": self.org.departments["Office"].id,
                    }
                )
            self.org.departments["Studio"].parent_id = self.org.departments["Office"]
        release = self.publish_2025()
        heads = {cell.label: cell.headcount for cell in release.cell_ids}
        self.assertEqual((heads["Studio"], heads["Office"]), (30, 25))
        with freeze_time("2027-01-15"):
            later = self.org.publish(2026)
        heads = {
            cell.label: cell.headcount
            for cell in later.cell_ids
            if cell.table != "company"
        }
        self.assertNotIn("Studio", heads)

    def test_joiners_and_leavers_belong_to_the_year(self):
        joiners = self.org.hire("Office", 3, date(2025, 8, 1))
        self.org.hire("Office", 2, date(2026, 1, 1))
        leaver = self.org.staff["Office"][0]
        leaver.version_id.write(
            {
                "contract_date_end": date(2025, 3, 31),
                "departure_date": date(2025, 3, 31),
            }
        )
        leaver.with_context(no_wizard=True).action_archive()
        gone = self.org.staff["Office"][1]
        gone.version_id.write(
            {
                "contract_date_end": date(2024, 3, 31),
                "departure_date": date(2024, 3, 31),
            }
        )
        release = self.publish_2025()
        heads = {cell.label: cell.headcount for cell in release.cell_ids}
        self.assertEqual(len(joiners), 3)
        self.assertEqual(heads["Office"], 25 + 3 - 1)
        # Until when somebody was there goes with the list: the proof needs it.
        register = self.env["hr.career.release.register"]
        for last, until in ((date(2025, 3, 31), "q4"), (date(2025, 12, 31), "q1")):
            people = register._of_period(
                self.company, 2025, date(2025, 1, 1), last
            ).people
            lines = {one.key: (one.since, one.until) for one in people}
            self.assertEqual(lines[leaver.id], ("q1", until))
            self.assertEqual(lines[self.org.staff["Studio"][0].id], ("q1", "q4"))
        self.assertEqual(lines[joiners[0].id], ("q3", "q4"))

    def test_joiner_of_a_new_department_counts_in_the_one_above(self):
        with freeze_time("2025-01-02"):
            self.env["hr.career.release.unit"]._of_year(self.company, 2025)
        self.org.departments["New"] = self.env["hr.department"].create(
            {
                "name": "New",
                "company_id": self.company.id,
                "parent_id": self.org.departments["Office"].id,
            }
        )
        self.org.hire("New", 21, date(2025, 5, 1))
        release = self.publish_2025()
        heads = {cell.label: cell.headcount for cell in release.cell_ids}
        self.assertEqual(heads["Office"], 46)
        self.assertNotIn("New", heads)

    def test_small_company_gets_an_empty_release(self):
        small = Organisation(self.env, "Small", {"All": 12})
        with freeze_time("2026-01-15"):
            release = small.publish(2025)
        self.assertEqual((release.state, len(release.cell_ids)), (engine.NOTHING, 0))

    def test_no_quarter_for_a_small_company(self):
        with freeze_time("2025-04-15"):
            self.assertFalse(self.org.publish(2025, "q1"))
        self.assertFalse(self.published())

    def test_rows_keep_no_link_to_people_or_departments(self):
        """No relation on any published model but the release and the company."""
        for name in TABLES:
            model = self.env[name.replace("_", ".")]
            targets = {
                field.comodel_name
                for field in model._fields.values()
                if field.relational
            }
            self.assertLessEqual(
                targets, {"res.company", "hr.career.release", "hr.career.release.cell"}
            )
            self.assertNotIn("create_uid", model._fields)
            self.assertNotIn("write_date", model._fields)

    def test_the_key_belongs_to_the_database(self):
        with publishing():
            first = self.job._rounding_secret()
            self.assertEqual(first, self.job._rounding_secret())
            self.assertEqual(len(first), 32)
            self.env["ir.config_parameter"].sudo().set_param("database.uuid", "another")
            self.assertNotEqual(first, self.job._rounding_secret())

    def test_no_quarter_follows_the_year(self):
        """What would appear after it would be one row more, on another day."""
        self.publish_2025()
        self.org.hire("Office", 120, date(2024, 1, 1))
        with (
            freeze_time("2026-01-16"),
            self.assertRaisesRegex(UserError, "no quarter of it follows"),
        ):
            self.org.publish(2025, "q4")


@tagged("post_install", "-at_install")
class TestReleaseFrozen(ReleaseCase):
    def test_written_once_for_everybody(self):
        """No create, write or unlink: not for superuser code, not for an admin."""
        release = self.publish_2025()
        admin = self.env.ref("base.user_admin")
        for records in (release, release.cell_ids, self.kept_units()):
            for refused in (records.sudo(), records.with_user(admin).sudo()):
                with self.assertRaises(UserError):
                    refused.write({"company_id": self.company.id})
                with self.assertRaises(UserError):
                    refused.unlink()
                with self.assertRaises(UserError):
                    refused[:1].copy()
                with self.assertRaises(UserError):
                    refused.create({})
                with self.assertRaises(UserError):
                    refused.with_context(publishing=True).create({})

    def kept_units(self):
        return self.env["hr.career.release.unit"].search(
            [("company_id", "=", self.company.id)]
        )

    @mute_logger("odoo.sql_db")
    def test_written_once_in_the_database(self):
        self.publish_2025()
        self.env.flush_all()
        for table in TABLES:
            name = SQL.identifier(table)
            for statement in (
                SQL("UPDATE %s SET id = id", name),
                SQL("DELETE FROM %s", name),
                SQL("TRUNCATE %s CASCADE", name),
            ):
                with self.assertRaises(DatabaseError) as caught, self.cr.savepoint():
                    self.cr.execute(statement)
                self.assertIn("never change", str(caught.exception))
            self.cr.execute(SQL("SELECT count(*) FROM %s", name))
            self.assertTrue(self.cr.fetchone()[0])

    def test_uninstalling_can_drop_the_tables(self):
        self.publish_2025()
        self.env.flush_all()
        self.cr.execute("SAVEPOINT before_drop")
        for table in TABLES:
            self.cr.execute(SQL("DROP TABLE %s CASCADE", SQL.identifier(table)))
        self.cr.execute("ROLLBACK TO SAVEPOINT before_drop")

    @mute_logger("odoo.sql_db")
    def test_second_publication_raises(self):
        release = self.publish_2025()
        with self.assertRaisesRegex(UserError, "twice"):
            self.publish_2025()
        values = release.read(
            ["year", "period", "published_on", "state", "parameters", "digest"]
        )[0]
        values.pop("id")
        values |= {"company_id": self.company.id, "previous_digest": "0"}
        with self.assertRaises(IntegrityError), self.cr.savepoint(), publishing():
            self.releases.create(values)

    @mute_logger("odoo.sql_db")
    def test_database_refuses_an_exact_figure(self):
        """Even the job could not store a small group, a count or a narrow range."""
        release = self.publish_2025()
        good = {
            "release_id": release.id,
            "table": "tree",
            "code": "1",
            "label": "Unit",
            "headcount": 30,
            "shown": 10,
            "low": 6,
            "high": 14,
        }
        with publishing():
            self.assertTrue(self.env["hr.career.release.cell"].create(good))
            for bad in (
                {"headcount": 19},
                {"shown": 7},
                {"low": 8, "high": 11},
                {"low": -1},
                {"high": 31},
            ):
                with self.assertRaises(IntegrityError), self.cr.savepoint():
                    self.env["hr.career.release.cell"].create(good | bad)

    def test_nothing_that_happens_later_changes_a_release(self):
        """Late starts, moves, renames, leavers: the rows and the print stay."""
        release = self.publish_2025()
        before = release._content()
        self.org.start(self.org.staff["Camera"], date(2025, 12, 1))
        self.org.departments["Studio"].name = "Renamed"
        self.org.departments["Camera"].parent_id = self.org.departments["Office"]
        self.org.departments["Sound"].active = False
        self.org.staff["Office"][3:].write(
            {"department_id": self.org.departments["Studio"].id}
        )
        self.org.staff["Office"][:2].with_context(no_wizard=True).action_archive()
        self.company.career_min_group = 30
        self.run_cron("2026-01-16")
        self.env.invalidate_all()
        self.assertEqual(self.published(), release)
        self.assertEqual(release._content(), before)
        self.assertTrue(release._is_intact())

    def test_chain_of_fingerprints(self):
        first = self.publish_2025()
        with freeze_time("2027-01-15"):
            second = self.org.publish(2026)
        self.assertEqual(first.previous_digest, engine.NO_PREVIOUS)
        self.assertEqual(second.previous_digest, first.digest)
        self.assertTrue(first._is_intact() and second._is_intact())
        self.assertEqual(second.action_check_fingerprint()["params"]["type"], "success")

    def test_fingerprint_notices_what_got_past_everything(self):
        """With the trigger dropped by the owner of the table, the print still tells."""
        release = self.publish_2025()
        self.env.flush_all()
        self.cr.execute("DROP TRIGGER hr_career_write_once ON hr_career_release_cell")
        self.cr.execute(
            SQL(
                "UPDATE hr_career_release_cell SET headcount = headcount + 1 "
                "WHERE release_id = %s",
                release.id,
            )
        )
        self.env.invalidate_all()
        self.assertFalse(release._is_intact())
        self.assertEqual(release.action_check_fingerprint()["params"]["type"], "danger")

    def test_an_upgrade_puts_the_trigger_back(self):
        self.cr.execute("DROP TRIGGER hr_career_write_once ON hr_career_release")
        self.releases.init()
        self.test_written_once_in_the_database()


@tagged("post_install", "-at_install")
class TestReleaseDays(ReleaseCase):
    def test_nothing_before_the_day(self):
        self.assertFalse(self.run_cron("2026-01-14"))

    def test_the_day_itself(self):
        releases = self.run_cron("2026-01-15")
        self.assertEqual(releases.mapped("period"), ["year"])
        self.assertEqual(releases.published_on, date(2026, 1, 15))

    def test_a_server_that_was_down_catches_up(self):
        self.assertEqual(len(self.run_cron("2026-01-29")), 1)

    def test_long_missed_is_not_published_by_itself(self):
        self.assertFalse(self.run_cron("2026-01-30"))
        with freeze_time("2026-03-01"):
            self.assertTrue(self.org.publish(2025))

    def test_running_again_adds_nothing(self):
        first = self.run_cron("2026-01-15")
        self.assertEqual(self.run_cron("2026-01-15"), first)
        self.assertEqual(self.run_cron("2026-01-16"), first)

    def test_quarters_of_a_large_company(self):
        self.org.hire("Office", 110, date(2024, 1, 1))
        self.assertEqual(self.run_cron("2025-04-15").mapped("period"), ["q1"])
        self.assertEqual(len(self.run_cron("2025-07-15")), 2)
        self.run_cron("2025-10-15")
        last = self.run_cron("2026-01-15")
        self.assertEqual(
            last.sorted("id").mapped("period"), ["q1", "q2", "q3", "q4", "year"]
        )
        for release in last:
            self.assertTrue(release._is_intact())

    def test_too_early_by_hand(self):
        with (
            freeze_time("2026-01-14"),
            self.assertRaisesRegex(UserError, "not earlier"),
        ):
            self.org.publish(2025)

    def test_company_that_is_not_open(self):
        self.org.settle(career_live=False)
        self.assertFalse(self.run_cron("2026-01-15"))
        with freeze_time("2026-01-15"), self.assertRaises(UserError):
            self.org.publish(2025)

    def test_company_without_a_decision(self):
        self.org.settle(career_council_date=None)
        self.assertFalse(self.run_cron("2026-01-15"))

    def test_decision_after_the_period(self):
        """What was not agreed when a year ended is not published about that year."""
        self.org.settle(career_council_date="2026-01-02")
        self.assertFalse(self.run_cron("2026-01-15"))
        with freeze_time("2026-01-15"), self.assertRaises(UserError):
            self.org.publish(2025)
        self.org.settle(career_council_date="2025-12-31")
        self.assertTrue(self.run_cron("2026-01-15"))

    def test_a_copy_of_the_database_publishes_nothing(self):
        self.env["ir.config_parameter"].sudo().set_param("database.uuid", "a copy")
        self.assertFalse(self.run_cron("2026-01-15"))
        with freeze_time("2026-01-15"), self.assertRaisesRegex(UserError, "copy"):
            self.org.publish(2025)

    def test_min_group_only_rises(self):
        with self.assertRaises(UserError):
            self.company.career_min_group = 19
        self.company.career_min_group = 31
        with self.assertRaises(UserError):
            self.company.career_min_group = 30
        release = self.publish_2025()
        self.assertEqual(release.parameters["minimum"], 31)
        self.assertNotIn("Studio", release.cell_ids.mapped("label"))

    @mute_logger("odoo.sql_db")
    def test_min_group_has_a_floor_in_the_database(self):
        self.org.settle(career_live=False, career_council_date=None)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.company.career_min_group = 19
            self.env.flush_all()
