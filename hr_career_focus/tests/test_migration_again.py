"""Running an upgrade again makes nothing good, and moves nothing."""

from datetime import date

from odoo.modules.module import load_script
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path

from ..casework import access_log, first_run, home
from ..selfcheck import book
from ..vault import chain
from .common import CareerCase

SCRIPTS = "hr_career_focus/migrations/19.0.1.2.0"
STAGES = (
    ("pre", ("first", "log")),
    ("post", ("log", "logins", "mandates", "retention")),
    ("end", ("check",)),
)


@freeze_time("2026-06-15 09:00:00")
@tagged("post_install", "-at_install")
class TestUpgradeAgain(CareerCase):
    """An administrator writes the version back, and starts the upgrade once more."""

    def upgrade(self):
        """Run the scripts in the order Odoo runs them in."""
        self.env.flush_all()
        for stage, names in STAGES:
            for name in names:
                path = file_path(f"{SCRIPTS}/{stage}-{name}.py")
                script = load_script(path, f"{stage}_{name}")
                script.migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def before(self):
        """Put the tables back that tell a database of before this version."""
        self.env.flush_all()
        self.cr.execute(
            "ALTER TABLE hr_career_mandate RENAME COLUMN confirmation TO aside;"
            "ALTER TABLE hr_career_access RENAME COLUMN place TO aside;"
            "ALTER TABLE hr_career_login RENAME TO aside"
        )

    def after(self):
        self.cr.execute(
            "ALTER TABLE hr_career_mandate RENAME COLUMN aside TO confirmation;"
            "ALTER TABLE hr_career_access RENAME COLUMN aside TO place;"
            "ALTER TABLE aside RENAME TO hr_career_login"
        )

    def note(self):
        path = file_path(f"{SCRIPTS}/pre-first.py")
        load_script(path, "pre_first").migrate(self.cr, "19.0.1.1.0")
        return first_run.is_noted(self.cr)

    def test_the_first_run_is_told_from_a_later_one(self):
        self.assertFalse(self.note())
        self.before()
        self.assertTrue(self.note())
        self.after()
        self.assertFalse(self.note())

    def test_one_table_taken_away_makes_no_first_run(self):
        self.env.flush_all()
        self.cr.execute("ALTER TABLE hr_career_mandate DROP COLUMN confirmation")
        self.assertFalse(self.note())

    def test_a_setting_of_the_database_makes_no_first_run(self):
        """What was said before, or in the configuration, is overruled."""
        self.cr.execute("SELECT set_config(%s, 'on', false)", [first_run.SETTING])
        self.assertFalse(self.note())

    def test_the_first_run_lasts_until_the_last_script_and_no_longer(self):
        """The last runs after what the others did was committed."""
        self.env.flush_all()
        self.cr.execute("DELETE FROM hr_career_check_expectation")
        self.env.invalidate_all()
        first_run.note(self.cr, True)
        path = file_path(f"{SCRIPTS}/end-check.py")
        load_script(path, "end_check").migrate(self.cr, "19.0.1.1.0")
        self.assertEqual(self.env[book.EXPECTATION].sudo().search_count([]), 1)
        self.assertFalse(first_run.is_noted(self.cr))

    def test_a_mandate_stays_unconfirmed(self):
        self.mandate.write({"scope": "Everything"})
        self.assertEqual(self.mandate.state, "to_confirm")
        self.upgrade()
        self.assertEqual(self.mandate.state, "to_confirm")
        first_run.note(self.cr, True)
        path = file_path(f"{SCRIPTS}/post-mandates.py")
        load_script(path, "post_mandates").migrate(self.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(self.mandate.state, "current")

    def test_a_log_that_was_emptied_stays_a_flaw(self):
        self.make_intake()
        self.assertEqual(access_log.verify(self.env), [])
        self.cr.execute("ALTER TABLE hr_career_access DISABLE TRIGGER USER")
        self.cr.execute("TRUNCATE hr_career_access, hr_career_access_head")
        self.cr.execute("ALTER TABLE hr_career_access ENABLE TRIGGER USER")
        self.upgrade()
        [flaw] = access_log.verify(self.env)
        self.assertEqual(flaw.code, chain.GONE)

    def test_a_copy_stays_a_copy_and_the_day_of_the_purge_stays(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param(home.PARAMETER, "another|one")
        parameters.set_param(home.FROM, "2026-07-01")
        with freeze_time(date(2026, 9, 1)):
            self.upgrade()
        self.assertFalse(home.is_home(self.env))
        self.assertEqual(parameters.get_param(home.FROM), "2026-07-01")

    def test_logins_that_were_taken_away_stay_closed(self):
        self.env.flush_all()
        self.cr.execute("DELETE FROM hr_career_login")
        self.upgrade()
        self.cr.execute("SELECT count(*) FROM hr_career_login")
        self.assertEqual(self.cr.fetchone(), (0,))

    def test_an_expectation_that_was_taken_away_is_not_signed_anew(self):
        self.env.flush_all()
        self.cr.execute("DELETE FROM hr_career_check_expectation")
        self.env.invalidate_all()
        self.upgrade()
        self.assertFalse(self.env[book.EXPECTATION].sudo().search_count([]))
