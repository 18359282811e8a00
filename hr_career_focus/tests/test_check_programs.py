"""The self-check notices every program an administrator can hang on the wall."""

import functools
from unittest.mock import patch

from odoo.tests import tagged

from ..casework import opening
from ..models.vault_mixin import CareerVaultMixin
from ..selfcheck import programs
from .check_case import CheckCase

PAGE = "hr_career_focus.page_desk"


@tagged("post_install", "-at_install")
class TestCheckPrograms(CheckCase):
    # -- recipes 27-29: server actions ----------------------------------------------

    def test_27_action_that_reads_as_superuser(self):
        with self.assertFound("added_action", "Tidy up"):
            self.make_action("env['hr.career.' + 'traject'].sudo().search([]).read()")

    def test_28_action_that_calls_the_vault(self):
        with self.assertFound("added_action", "Tidy up"):
            self.make_action("env['hr.career.vault.mixin']._guard_domain()")

    def test_29_action_with_sql(self):
        with self.assertFound("added_action", "Tidy up"):
            self.make_action("env.cr.execute('select 1')")

    def test_29_action_of_odoo_changed(self):
        [number] = (
            self.env["ir.actions.server"].search([("state", "=", "code")], limit=1).ids
        )
        with self.assertFound("changed_action"):
            self.sql("UPDATE ir_act_server SET code = 'x = 1' WHERE id = %s", number)

    def test_29_harmless_action_is_told_and_no_finding(self):
        self.as_admin()["ir.actions.server"].create(
            {
                "name": "Follow",
                "state": "object_write",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "update_path": "comment",
                "value": "x",
            }
        )
        self.assertEqual(self.findings(), [])

    def test_28_job_switched_off(self):
        job = self.env["ir.cron"].search(
            [("ir_actions_server_id.code", "like", "_cron_end_aftercare")], limit=1
        )
        self.assertTrue(job)
        with self.assertFound("changed_job"):
            self.sql("UPDATE ir_cron SET active = false WHERE id = %s", job.id)

    # -- recipe 31: pages and scripts -----------------------------------------------

    def extend(self, xmlid, body="<script>alert(1)</script>"):
        parent = self.env.ref(xmlid)
        return self.as_admin()["ir.ui.view"].create(
            {
                "name": "Nicer",
                "type": "qweb",
                "inherit_id": parent.id,
                "mode": "extension",
                "arch": f'<xpath expr="." position="inside">{body}</xpath>',
            }
        )

    def test_31_page_extended(self):
        with self.assertFound("added_view"):
            self.extend(PAGE)

    def test_31_frame_of_the_page_extended(self):
        with self.assertFound("added_view"):
            self.extend("portal.frontend_layout")

    def test_31_log_in_page_extended(self):
        with self.assertFound("added_view"):
            self.extend("web.login")

    def test_31_page_changed(self):
        with self.assertFound("changed_view", PAGE):
            view = self.as_admin()["ir.ui.view"].browse(self.number(PAGE))
            view.arch = view.arch.replace("<t ", "<t data-x='1' ", 1)

    def test_31_page_changed_by_sql_as_the_installation(self):
        with self.assertFound("changed_view", PAGE):
            self.sql(
                "UPDATE ir_ui_view SET write_uid = 1, arch_db = jsonb_set(arch_db,"
                " '{en_US}', to_jsonb(replace(arch_db->>'en_US', '</t>',"
                " '<script/></t>'))) WHERE id = %s",
                self.number(PAGE),
            )

    def test_31_page_changed_in_one_language(self):
        with self.assertFound("view_language", PAGE):
            self.sql(
                "UPDATE ir_ui_view SET arch_db = jsonb_set(arch_db, '{nl_NL}',"
                " to_jsonb(replace(arch_db->>'en_US', '</t>', '<script/></t>')))"
                " WHERE id = %s",
                self.number(PAGE),
            )

    def test_31_page_of_others_is_no_finding(self):
        self.as_admin()["ir.ui.view"].create(
            {"name": "x", "type": "qweb", "key": "x.hello", "arch": "<p>Hello</p>"}
        )
        self.assertEqual(self.findings(), [])

    def test_31_page_that_names_the_vault(self):
        with self.assertFound("added_view"):
            self.as_admin()["ir.ui.view"].create(
                {
                    "name": "x",
                    "type": "qweb",
                    "key": "x.hello",
                    "arch": "<p t-out=\"env['hr.career.traject']\"/>",
                }
            )

    def test_31_script_added_to_a_bundle(self):
        with self.assertFound("added_asset"):
            self.as_admin()["ir.asset"].create(
                {
                    "name": "x",
                    "bundle": "web.assets_frontend",
                    "path": "/web/static/src/module_loader.js",
                }
            )

    def test_31_script_as_attachment(self):
        with self.assertFound("added_script"):
            self.as_admin()["ir.attachment"].create(
                {
                    "name": "x.js",
                    "url": "/x/static/x.js",
                    "raw": b"alert(1)",
                    "mimetype": "text/javascript",
                }
            )

    def test_31_stored_script_written_over(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            programs.BUNDLES[0], css=False, js=True
        )
        stored = bundle.js()
        with self.assertFound("bundle"):
            stored.sudo().write({"raw": stored.raw + b";alert(1)"})

    # -- recipe 26: what runs -------------------------------------------------------

    def test_26_guard_replaced_in_the_process(self):
        with self.assertFound("process", "CareerVaultMixin._guard_check"):
            self.startPatcher(
                patch.object(CareerVaultMixin, "_guard_check", lambda self, name: None)
            )

    def test_26_function_replaced_in_the_process(self):
        with self.assertFound("process", "casework.opening.load_keyring"):
            self.startPatcher(patch.object(opening, "load_keyring", lambda: None))

    def test_26_guard_replaced_by_what_says_it_is_the_guard(self):
        """On the assembled class that all confidential models have in common."""
        real = CareerVaultMixin._guard_check

        @functools.wraps(real)
        def open_to_all(self, *args, **kwargs):
            return None

        for cls in (
            self.env.registry["hr.career.vault.mixin"],
            self.env.registry["hr.career.traject"],
        ):
            self.assertEqual(self.findings(), [])
            with patch.object(cls, "_guard_check", open_to_all, create=True):
                found = {(one.code, one.where) for one in self.findings()}
            self.assertIn(("guard", "process: hr.career.traject._guard_check"), found)

    def test_26_guard_replaced_on_one_model(self):
        cls = self.env.registry["hr.career.traject"]
        with self.assertFound("guard", "hr.career.traject._search"):
            self.startPatcher(
                patch.object(cls, "_search", lambda self, domain: self, create=True)
            )
