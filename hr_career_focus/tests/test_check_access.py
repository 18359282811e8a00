"""The self-check notices every change of rights, groups, logins and fields."""

from odoo.fields import Command
from odoo.tests import tagged

from ..engine.roles import GROUP_COACH, GROUP_DESK
from ..selfcheck.findings import ADVICE
from ..selfcheck.run import inspect
from ..vault.inventory import vault_models
from .check_case import CheckCase

RULE = "hr_career_focus.traject_rule_wall"
PRIVACY = "hr_career_focus.group_privacy_officer"


@tagged("post_install", "-at_install")
class TestCheckAccess(CheckCase):
    def join(self, login, group):
        self.sql(
            "INSERT INTO res_groups_users_rel (gid, uid) VALUES (%s, %s)",
            self.number(group),
            self.users[login].id,
        )

    # -- recipe 23: join a group ----------------------------------------------------

    def test_23_administrator_joins_the_coaches(self):
        self.assertEachFound(
            "member_mixed",
            {
                login: lambda login=login: self.join(login, GROUP_COACH)
                for login in ("settings_admin", "access_admin", "hr_officer")
            },
        )

    def test_23_administrator_joins_the_desk(self):
        with self.assertFound("member_mixed", "access_admin"):
            self.join("access_admin", GROUP_DESK)

    def test_23_administrator_lets_a_friend_be_coach(self):
        with self.assertFound("member_coach", "manager"):
            self.env_of("access_admin")["res.users"].browse(
                self.users["manager"].id
            ).write({"group_ids": [Command.link(self.number(GROUP_COACH))]})

    def test_23_administrator_lets_a_friend_run_the_desk(self):
        with self.assertFound("member_desk", "manager"):
            self.env_of("access_admin")["res.users"].browse(
                self.users["manager"].id
            ).write({"group_ids": [Command.link(self.number(GROUP_DESK))]})

    def test_23_administrator_becomes_the_second_person(self):
        with self.assertFound("member_mixed", PRIVACY):
            self.join("settings_admin", PRIVACY)

    def test_23_a_group_brings_the_role_along(self):
        with self.assertFound("group_implies", "base.group_system"):
            self.sql(
                "INSERT INTO res_groups_implied_rel (gid, hid) VALUES (%s, %s)",
                self.number("base.group_system"),
                self.number(GROUP_COACH),
            )

    def test_23_the_role_brings_a_group_along(self):
        with self.assertFound("group_brings", GROUP_DESK):
            self.sql(
                "INSERT INTO res_groups_implied_rel (gid, hid) VALUES (%s, %s)",
                self.number(GROUP_DESK),
                self.number("base.group_sanitize_override"),
            )

    def test_a_new_officer_is_told_and_no_finding(self):
        self.join("manager", PRIVACY)
        self.assertEqual(self.findings(), [])
        told = [one for one in inspect(self.env)[1] if one.level == ADVICE]
        self.assertIn(
            f"member: {PRIVACY}: manager", [one.where for one in told], "positive"
        )

    # -- recipe 24: a rule off ------------------------------------------------------

    def test_24_rule_switched_off(self):
        self.assertEachFound(
            "rule_missing",
            {
                model: lambda model=model: self.sql(
                    "UPDATE ir_rule SET active = false WHERE model_id = %s",
                    self.env["ir.model"]._get_id(model),
                )
                for model in vault_models(self.env)
            },
        )

    def test_24_rule_deleted(self):
        with self.assertFound("gone_rule", RULE):
            self.sql("DELETE FROM ir_rule WHERE id = %s", self.number(RULE))

    def test_24_rule_says_something_else(self):
        with self.assertFound("changed_rule", RULE):
            self.sql(
                "UPDATE ir_rule SET domain_force = '[(1, ''='', 1)]' WHERE id = %s",
                self.number(RULE),
            )

    def test_24_rule_for_one_group_only(self):
        with self.assertFound("rule_grouped", RULE):
            self.sql(
                "INSERT INTO rule_group_rel (rule_group_id, group_id) VALUES (%s, %s)",
                self.number(RULE),
                self.number("base.group_portal"),
            )

    def test_24_rule_not_for_reading(self):
        with self.assertFound("rule_partial", RULE):
            self.sql(
                "UPDATE ir_rule SET perm_read = false WHERE id = %s", self.number(RULE)
            )

    def test_24_rule_added(self):
        with self.assertFound("rule_extra", "hr.career.entry"):
            self.sql(
                "INSERT INTO ir_rule (name, model_id, domain_force, active, perm_read,"
                " perm_write, perm_create, perm_unlink, global)"
                " VALUES ('all', %s, '[(1, ''='', 1)]', true, true, true, true, true,"
                " false)",
                self.env["ir.model"]._get_id("hr.career.entry"),
            )

    # -- recipe 25: an access row ---------------------------------------------------

    def add_row(self, model, group):
        self.sql(
            "INSERT INTO ir_model_access (name, model_id, group_id, active, perm_read,"
            " perm_write, perm_create, perm_unlink)"
            " VALUES ('spy', %s, %s, true, true, false, false, false)",
            self.env["ir.model"]._get_id(model),
            group,
        )

    def test_25_row_added_for_administrators(self):
        everybody = self.number("base.group_system")
        self.assertEachFound(
            "acl_extra",
            {
                model: lambda model=model: self.add_row(model, everybody)
                for model in vault_models(self.env)
            },
        )

    def test_25_row_added_for_everybody(self):
        with self.assertFound("acl_extra", "hr.career.traject"):
            self.add_row("hr.career.traject", None)

    def test_25_row_added_where_nothing_is_sealed(self):
        """Mandates and coaches are no secret, and who changes them matters."""
        with self.assertFound("added_acl", "hr.career.mandate"):
            self.as_admin()["ir.model.access"].create(
                {
                    "name": "all",
                    "model_id": self.env["ir.model"]._get_id("hr.career.mandate"),
                    "group_id": self.number("base.group_system"),
                    "perm_write": True,
                }
            )

    def test_25_row_widened(self):
        row = self.number("hr_career_focus.traject_access_coach")
        with self.assertFound("acl_wide", "traject_access_coach"):
            self.sql("UPDATE ir_model_access SET perm_write = true WHERE id = %s", row)

    def test_25_row_given_to_others(self):
        row = self.number("hr_career_focus.traject_access_coach")
        with self.assertFound("acl_wide", "traject_access_coach"):
            self.sql(
                "UPDATE ir_model_access SET group_id = %s WHERE id = %s",
                self.number("base.group_user"),
                row,
            )

    # -- recipe 32: a key for programs ----------------------------------------------

    def test_32_key_made_for_a_coach(self):
        with self.assertFound("api_key", "coach"):
            coach = self.users["coach"]
            self.env["res.users.apikeys"].with_user(coach).sudo()._generate(
                "rpc", "tool", None
            )

    # -- recipe 33: a field by hand -------------------------------------------------

    def add_field(self, **values):
        values = {
            "model": "res.partner",
            "model_id": self.env["ir.model"]._get_id("res.partner"),
            "name": "x_spy",
            "ttype": "char",
            "state": "manual",
            "field_description": '{"en_US": "Spy"}',
            **values,
        }
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        self.sql(
            f"INSERT INTO ir_model_fields ({names}) VALUES ({marks})",
            *values.values(),
        )

    def test_33_field_to_the_vault(self):
        with self.assertFound("field_manual", "res.partner.x_spy"):
            self.add_field(ttype="many2one", relation="hr.career.traject")

    def test_33_field_on_the_vault(self):
        with self.assertFound("field_manual", "hr.career.traject.x_spy"):
            self.add_field(
                model="hr.career.traject",
                model_id=self.env["ir.model"]._get_id("hr.career.traject"),
            )

    def test_33_field_that_computes_from_the_vault(self):
        with self.assertFound("field_manual", "res.partner.x_spy"):
            self.add_field(
                ttype="integer",
                compute="for one in self: one['x_spy'] = one.env['hr.career.entry']",
            )

    def test_33_field_that_computes_with_code_at_all(self):
        with self.assertFound("added_field", "res.partner.x_spy"):
            self.add_field(
                ttype="char",
                compute="name = 'hr.' + 'career' + '.entry'; self.env[name]",
            )

    def test_33_plain_field_is_no_finding(self):
        self.add_field()
        self.assertEqual(self.findings(), [])
