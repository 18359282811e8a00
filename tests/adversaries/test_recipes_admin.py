"""Recipes 21 and 23 to 33: people with power over logins, rights, code and views."""

from datetime import timedelta

import attacks
from adversary_case import AdversaryCase

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import Opener
from odoo.tools import SQL

TRAJECT = "hr.career.traject"
ENTRY = "hr.career.entry"


@tagged("post_install", "-at_install")
class TestAdmin(AdversaryCase):
    def enter(self, login, password):
        """Log in at the form as anybody would who knows the password."""
        self.opener = Opener(self)
        self.who = login
        page = self.opener.get(self.base_url() + "/web/login").text
        token = page.split('csrf_token: "')[1].split('"')[0]
        answer = self.opener.post(
            self.base_url() + "/web/login",
            data={"csrf_token": token, "login": login, "password": password},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303, "the password is right")

    def read_in_this_session(self):
        """Return what comes out of pages and models in the session that is open."""
        found = []
        for path in attacks.own_addresses(self.env, self.ref):
            if leak := self.page_leak(path, self.visit(path).text):
                found.append((path, leak))
        for model in self.models:
            answer = self.call(model, "search_read", [[], ["ref"]])
            if self.given(answer):
                found.append((model, str(answer)[:200]))
        return found

    # -- logins --------------------------------------------------------------------

    def test_21_password_set_by_an_administrator(self):
        """For V and for the coach: the thief gets in, but not in here; neither after
        the old password was put back."""
        for login in ("victim", "coach"):
            user = self.users[login]
            self.env.flush_all()
            (old,) = self.env.execute_query(
                SQL("SELECT password FROM res_users WHERE id = %s", user.id)
            )[0]
            self.login("settings_admin")
            answer = self.call(
                "res.users", "write", [[user.id], {"password": "taken-over-1"}]
            )
            self.assertIn("result", answer)
            self.enter(login, "taken-over-1")
            self.assertEqual(self.visit("/my/home").status_code, 200)
            self.assertEqual(self.read_in_this_session(), [])
            thief = self.opener
            self.env.cr.execute(
                "UPDATE res_users SET password = %s WHERE id = %s", [old, user.id]
            )
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            self.opener = thief
            for path in attacks.own_addresses(self.env, self.ref):
                self.assertEqual(self.page_leak(path, self.visit(path).text), "")

    def test_21_positive_control(self):
        """With the owner's own password the same reading finds the case."""
        for login in ("victim", "coach"):
            self.enter(login, login.ljust(8, "x"))
            self.assertTrue(self.read_in_this_session(), login)

    def test_23_joining_a_confidential_group(self):
        """Refused to whoever has power over rights; to others by Odoo itself."""
        for login in ("access_admin", "settings_admin", "everything", "hr_manager"):
            self.login(login)
            for group in ("group_coach", "group_desk"):
                group_id = self.env.ref(f"hr_career_focus.{group}").id
                for called, ids, values in (
                    (
                        "res.users",
                        self.users[login].ids,
                        {"group_ids": [[4, group_id]]},
                    ),
                    (
                        "res.groups",
                        [group_id],
                        {"user_ids": [[4, self.users[login].id]]},
                    ),
                ):
                    answer = self.call(called, "write", [ids, values])
                    self.assertIn("error", answer, (login, group, called))
            self.assertEqual(attacks.matrix(self, [login], ("search_read",)), [])
        # Positive control: another group is joined.
        self.login("access_admin")
        finance = self.env.ref("hr_career_focus.group_finance").id
        answer = self.call(
            "res.users",
            "write",
            [self.users["access_admin"].ids, {"group_ids": [[4, finance]]}],
        )
        self.assertIn("result", answer)

    def test_26_become(self):
        self.login("settings_admin")
        self.visit("/web/become")
        answer = self.call("res.users", "read", [[1], ["login"]])
        self.assertIn("result", answer)  # Positive control: the superuser reads.
        found = []
        for model in self.models:
            for method in attacks.MATRIX:
                args, kwargs = attacks.MATRIX[method](self.ids[model][:2])
                if self.given(self.call(model, method, args, kwargs)):
                    found.append((model, method))
        self.forget_session("settings_admin")
        self.assertEqual(found, [])

    # -- things set on a confidential model ----------------------------------------

    def test_25_and_30_things_on_a_confidential_model(self):
        """Rights, rules, actions, automations, webhooks, templates...: not saved."""
        self.login("settings_admin")
        for model, refused in ((TRAJECT, True), ("res.partner", False)):
            model_id = self.env["ir.model"]._get_id(model)
            group = self.env.ref("base.group_system").id
            hook = {"name": "x", "model_id": model_id, "state": "webhook"}
            for kind, values in (
                ("ir.rule", {"name": "x", "model_id": model_id}),
                (
                    "ir.model.access",
                    {"name": "x", "model_id": model_id, "group_id": group},
                ),
                ("ir.actions.server", {**hook, "webhook_url": "http://127.0.0.1:1/"}),
                ("ir.actions.server", {**hook, "state": "code", "code": "pass"}),
                (
                    "base.automation",
                    {"name": "x", "model_id": model_id, "trigger": "on_create"},
                ),
                ("mail.template", {"name": "x", "model_id": model_id}),
                ("mailing.mailing", {"subject": "x", "mailing_model_id": model_id}),
                ("ir.filters", {"name": "x", "model_id": model, "domain": "[]"}),
                ("ir.exports", {"name": "x", "resource": model}),
                (
                    "ir.actions.report",
                    {"name": "x", "model": model, "report_name": "x.y"},
                ),
                ("data_recycle.model", {"name": "x", "res_model_id": model_id}),
            ):
                if kind == "mailing.mailing":
                    self.login("everything")
                answer = self.call(kind, "create", [[values]])
                with self.subTest(kind=kind, model=model):
                    self.assertEqual("error" in answer, refused, answer)

    def test_33_manual_fields(self):
        """None on a confidential model; one that computes from it shows nothing."""
        self.login("settings_admin")
        partner = self.env["ir.model"]._get_id("res.partner")
        for values in (
            {"model_id": self.env["ir.model"]._get_id(TRAJECT), "ttype": "char"},
            {"model_id": partner, "ttype": "many2one", "relation": TRAJECT},
        ):
            values = {"name": "x_spy", "field_description": "x", **values}
            answer = self.call("ir.model.fields", "create", [[values]])
            self.assertIn("error", answer)
            self.env.registry.clear_cache()

    # -- code ----------------------------------------------------------------------

    def run_code(self, code, reader="settings_admin"):
        """Run code as a server action over HTTP; return the answer."""
        if not hasattr(self, "action"):
            self.action = self.env["ir.actions.server"].create(
                {
                    "name": "x",
                    "state": "code",
                    "model_id": self.env["ir.model"]._get_id("res.partner"),
                    "code": "x",
                }
            )
        self.action.code = code
        self.env.flush_all()
        return self.call("ir.actions.server", "run", [[self.action.id]])

    def test_27_server_action_with_sudo(self):
        self.login("settings_admin")
        coach = self.users["coach"].id
        for model in self.models:
            for env in (
                f"env['{model}'].sudo()",
                f"env['{model}'].with_user({coach})",
                f"env['{model}'].with_user({coach}).sudo()",
                f"env(su=False)['{model}']",
                f"env(user={coach}, su=False)['{model}']",
                f"env['{model}'].with_context(scope=True, uid={coach}).sudo()",
            ):
                for call in (
                    "search([]).read()",
                    "search_count([])",
                    f"browse({self.ids[model][:1]}).mapped('ref')",
                    "search_read([], ['ref'])",
                ):
                    answer = self.run_code(f"raise UserError(repr({env}.{call}))")
                    error = answer["error"]["data"]
                    with self.subTest(model=model, env=env, call=call):
                        self.assertEqual(self.leak(answer, self.ids[model][0]), "")
                        self.assertNotIn("UserError", error["name"])
        answer = self.run_code("raise UserError('ran ' + str(env.uid))")
        self.assertIn("ran", str(answer))

    def test_28_every_method_by_a_server_action(self):
        """Public or not, also the vault's own: each is called as superuser."""
        self.login("settings_admin")
        found, tried = [], 0
        number = self.ids[ENTRY][0]
        for name in sorted(dir(type(self.env[ENTRY]))):
            if "__" in name or not callable(getattr(type(self.env[ENTRY]), name, None)):
                continue
            tried += 1
            answer = self.run_code(
                f"raise UserError(repr(env['{ENTRY}'].sudo().browse([{number}])"
                f".{name}()))"
            )
            if leak := self.leak(answer, number):
                found.append((name, leak))
        self.assertGreater(tried, 250)
        self.assertEqual(found, [])

    def test_28_an_automation_in_the_session_of_the_coach(self):
        """Code that runs when the coach saves something has no way in either."""
        self.env["base.automation"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "trigger": "on_create_or_write",
                "action_server_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "x",
                            "state": "code",
                            "model_id": self.env["ir.model"]._get_id("res.partner"),
                            "code": "found = ''\n"
                            "try:\n"
                            f"    found = repr(env['{ENTRY}'].search([]).read())\n"
                            "except Exception:\n"
                            "    pass\n"
                            "env.cr.execute('SELECT 1')\n"
                            "raise UserError('it ran ' + found)",
                        },
                    )
                ],
            }
        )
        self.env.registry.clear_cache()
        self.login("coach")
        answer = self.call(
            "res.partner",
            "write",
            [self.users["coach"].partner_id.ids, {"phone": "+31 20 000 00 00"}],
        )
        self.assertEqual(self.leak(answer), "")

    def test_31_a_template_that_asks(self):
        """A page of the portal is extended with code and opened by others."""
        for number, code in enumerate(
            (
                f"request.env['{ENTRY}'].sudo().search([]).mapped('ref')",
                f"request.env['{ENTRY}'].sudo().search_count([])",
                "request.env['res.partner'].sudo().search_count([])",
                f"request.env['{TRAJECT}'].with_user({self.users['coach'].id})"
                ".search([]).mapped('ref')",
            )
        ):
            view = self.env["ir.ui.view"].create(
                {
                    "name": f"x{number}",
                    "type": "qweb",
                    "mode": "extension",
                    "inherit_id": self.env.ref("portal.portal_my_home").id,
                    "arch": "<xpath expr=\"//*[hasclass('o_portal_my_home')]\""
                    ' position="inside"><p class="spy" t-out="'
                    f'{code}"/></xpath>',
                }
            )
            for login in ("manager", "colleague", "victim"):
                self.login(login)
                text = self.visit("/my/home").text
                self.assertEqual(self.leak(text), "", (login, code))
                # Positive control: the same template about open records is shown.
                self.assertEqual("spy" in text, "res.partner" in code, (login, code))
            view.unlink()

    def test_32_keys(self):
        """A key made in the name of the coach opens no model and no page."""
        key = self.env_of("coach")["res.users.apikeys"]._generate(
            "rpc", "x", fields.Datetime.now() + timedelta(hours=1)
        )
        self.env.flush_all()
        self.login(None)
        bearer = {"Authorization": f"Bearer {key}"}
        for model in self.models:
            answer = self.visit(
                f"/json/2/{model}/search_read",
                json={"domain": [], "fields": ["ref"]},
                headers=bearer,
            )
            self.assertNotEqual(answer.status_code, 200)
            self.assertEqual(self.leak(answer.text), "")
        for path in attacks.own_addresses(self.env, self.ref):
            text = self.visit(path, headers=bearer).text
            self.assertEqual(self.page_leak(path, text), "", path)
        answer = self.visit(
            "/json/2/res.users/context_get", json={"ids": []}, headers=bearer
        )
        self.assertEqual(answer.status_code, 200)  # Positive control: the key works.
