"""The self-check notices a worse configuration, a changed database and forged books."""

import os
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo import tools
from odoo.tests import tagged

from ..selfcheck import book
from ..selfcheck.findings import ADVICE, FINDING
from ..selfcheck.run import inspect
from ..vault import purged
from ..vault.location import ENVIRONMENT, key_file
from .check_case import CheckCase
from .common import TODAY


@tagged("post_install", "-at_install")
class TestCheckSurroundings(CheckCase):
    # -- settings -------------------------------------------------------------------

    def setting(self, name, **values):
        """Start Odoo, as it were, with other settings."""
        with self.assertFound(f"setting_{name}"):
            self.startPatcher(patch.dict(tools.config.options, values))

    @classmethod
    def make_company(cls):
        """What is signed is a well-kept server."""
        made = super().make_company()
        good = {"log_level": "info", "log_sql": False, "list_db": False, "dev_mode": []}
        cls.startClassPatcher(patch.dict(tools.config.options, good))
        cls.env["ir.config_parameter"].set_param("auth_signup.reset_password", "False")
        cls.company.write({"career_key_copy_stored": True, "career_key_copy_on": TODAY})
        return made

    def test_log_at_debug_level(self):
        self.setting("debug_log", log_level="debug")

    def test_one_logger_at_debug_level(self):
        self.setting("debug_log", log_handler=["odoo.service.model:DEBUG"])

    def test_log_of_statements(self):
        self.setting("sql_log", log_sql=True)

    def test_database_manager(self):
        self.setting("database_list", list_db=True)

    def test_developer_mode(self):
        self.setting("dev_mode", dev_mode=["xml"])

    def test_open_password_reset(self):
        with self.assertFound("setting_password_reset"):
            self.env["ir.config_parameter"].set_param(
                "auth_signup.reset_password", "True"
            )

    def test_key_copy_no_longer_confirmed(self):
        with self.assertFound("setting_key_copy"):
            self.sql(
                "UPDATE res_company SET career_key_copy_stored = false WHERE id = %s",
                self.company.id,
            )

    def test_second_factor_switched_off(self):
        self.company.career_second_factor = True
        self.sign()
        with self.assertFound("setting_second_factor"):
            self.company.career_second_factor = False

    def test_key_file_open_to_others(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        copy = Path(folder) / "vault.key"
        copy.write_bytes(key_file().read_bytes())
        copy.chmod(0o600)
        copy.with_name(purged.NAME).touch(0o600)
        self.startPatcher(patch.dict(os.environ, {ENVIRONMENT: str(copy)}))
        with self.assertFound("setting_key_mode"):
            copy.chmod(0o644)

    def test_purge_list_missing(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = Path(folder) / purged.NAME
        self.startPatcher(patch.dict(os.environ, {purged.ENVIRONMENT: str(path)}))
        purged.ensure_list()
        with self.assertFound("setting_purge_list"):
            path.unlink()

    def test_key_file_missing(self):
        self.startPatcher(patch.dict(os.environ, {ENVIRONMENT: "/nowhere/vault.key"}))
        self.assertIn("setting_key_file", {one.code for one in self.findings()})

    def test_what_was_bad_when_it_was_signed_is_advice(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.sign()
        found = inspect(self.env)[1]
        self.assertIn(
            (ADVICE, "setting_password_reset"), {(one.level, one.code) for one in found}
        )
        self.assertEqual([one for one in found if one.level == FINDING], [])

    def test_signed_before_any_company_opened(self):
        """As at an installation: opening later without a mailbox is no finding."""
        self.company.career_log_mailbox = False
        opened = "UPDATE res_company SET career_live = %s WHERE id = %s"
        self.sql(opened, False, self.company.id)
        self.sign()
        self.sql(opened, True, self.company.id)
        found = inspect(self.env)[1]
        self.assertEqual([one for one in found if one.level == FINDING], [])
        self.assertIn("setting_log_mailbox", {one.code for one in found})
        # Once somebody has accepted a mailbox, losing it is one.
        self.company.career_log_mailbox = "log@notary.test"
        self.sign()
        with self.assertFound("setting_log_mailbox"):
            self.company.career_log_mailbox = False

    # -- the database ---------------------------------------------------------------

    def test_trigger_added(self):
        with self.assertFound("added_trigger", "hr_career_entry"):
            self.sql(
                "CREATE TRIGGER spy BEFORE UPDATE ON hr_career_entry FOR EACH ROW"
                " EXECUTE FUNCTION suppress_redundant_updates_trigger()"
            )

    def test_function_changed(self):
        with self.assertFound("changed_function", "hr_career_entry_random_id"):
            self.sql(
                "CREATE OR REPLACE FUNCTION hr_career_entry_random_id() RETURNS integer"
                " AS 'BEGIN RETURN 1; END' LANGUAGE plpgsql"
            )

    def test_view_of_the_database(self):
        with self.assertFound("database_view", "x_spy"):
            self.sql("CREATE VIEW x_spy AS SELECT id FROM hr_career_traject")

    def test_right_given_in_the_database(self):
        with self.assertFound("grant", "hr_career_entry"):
            self.sql("GRANT SELECT ON hr_career_entry TO PUBLIC")

    def test_column_added(self):
        with self.assertFound("column", "hr_career_traject.x_who"):
            self.sql("ALTER TABLE hr_career_traject ADD COLUMN x_who integer")

    def test_foreign_key_from_elsewhere(self):
        with self.assertFound("foreign_key", "res_partner"):
            self.sql(
                "ALTER TABLE res_partner ADD COLUMN x_case integer"
                " REFERENCES hr_career_traject"
            )

    # -- uses of confidential models ------------------------------------------------

    def test_uses_of_confidential_models(self):
        number = self.env["ir.model"]._get_id("hr.career.traject")
        field = self.env["ir.model.fields"]._get("hr.career.entry", "kind").id
        name = """'{"en_US": "x"}'"""
        inserts = {
            "ir_filters": "(name, model_id, domain, context, sort, active) VALUES"
            " ('x', 'hr.career.traject', '[]', '{}', '[]', true)",
            "ir_exports": "(name, resource) VALUES ('x', 'hr.career.traject')",
            "mail_template": f"(name, model_id) VALUES ({name}, {number})",
            "ir_act_window": "(name, res_model, type, view_mode, context, target,"
            f" binding_type) VALUES ({name}, 'hr.career.entry',"
            " 'ir.actions.act_window', 'list', '{}', 'current', 'action')",
            "ir_act_report_xml": "(name, model, type, report_name, report_type,"
            f" binding_type) VALUES ({name}, 'hr.career.entry', 'ir.actions.report',"
            " 'x', 'qweb-pdf', 'report')",
            "ir_default": f"(field_id, json_value) VALUES ({field}, '1')",
            "ir_attachment": "(name, type, res_model)"
            " VALUES ('x', 'binary', 'hr.career.entry')",
            "mail_followers": "(res_model, res_id, partner_id)"
            f" VALUES ('hr.career.traject', 1, {self.env.user.partner_id.id})",
        }
        self.assertEachFound(
            "artefact",
            {
                table: lambda table=table, rest=rest: self.sql(
                    f"INSERT INTO {table} {rest}"
                )
                for table, rest in inserts.items()
            },
        )

    # -- files ----------------------------------------------------------------------

    def test_program_file_changed(self):
        read = Path.read_bytes

        def altered(path):
            return read(path) + b"# hello" * (path.name == "scope.py")

        with self.assertFound("changed_file", "hr_career_focus/vault/scope.py"):
            self.startPatcher(patch.object(Path, "read_bytes", altered))

    # -- the books ------------------------------------------------------------------

    def test_expectation_forged(self):
        with self.assertFound("expectation_forged"):
            self.sql("UPDATE hr_career_check_expectation SET text = '{}'")

    def test_expectation_forged_with_its_digest(self):
        with self.assertFound("expectation_forged"):
            self.sql(
                "UPDATE hr_career_check_expectation SET text = '{\"rule\": {}}',"
                " text_digest = encode(sha256('{\"rule\": {}}'), 'hex')"
            )

    def test_expectation_taken_away(self):
        with self.assertFound("expectation_missing"):
            self.sql("DELETE FROM hr_career_check_expectation")

    def test_older_expectation_taken_away(self):
        self.sign()
        with self.assertFound("expectation_forged"):
            self.sql(
                "DELETE FROM hr_career_check_expectation WHERE id ="
                " (SELECT min(id) FROM hr_career_check_expectation)"
            )

    def test_signature_copied_to_another_note(self):
        with self.assertFound("expectation_forged"):
            self.sql("UPDATE hr_career_check_expectation SET note = 'agreed'")

    def test_history_written_over(self):
        line = book.append(
            self.env,
            book.RUN,
            {
                "author": "x",
                "digest": "d",
                "findings": 3,
                "advice": 0,
                "seconds": 1,
            },
            "{}",
        )
        with self.assertFound("history_forged"):
            self.sql(
                "UPDATE hr_career_check_run SET findings = 0 WHERE id = %s", line.id
            )
