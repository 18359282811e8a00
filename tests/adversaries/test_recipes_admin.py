"""Recipes 21 and 23 to 33: people with power over logins, rights, code and views."""

from ast import literal_eval
from datetime import timedelta

import attacks
from adversary_case import AdversaryCase
from lxml import html

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import Opener
from odoo.tools import SQL

from odoo.addons.hr_career_focus.vault import scope

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

    def test_25_its_own_rules_and_rights_are_not_deleted(self):
        """Nor by who uninstalls in name only. The control is another model's."""
        self.login("settings_admin")
        for kind in ("ir.rule", "ir.model.access"):
            for model in self.models:
                rows = self.env[kind].search([("model_id.model", "=", model)])
                self.assertTrue(rows or kind == "ir.model.access", model)
                for row in rows:
                    answer = self.call(kind, "unlink", [row.ids])
                    self.assertIn("cannot be deleted", str(answer), (kind, model))
            model_id = self.env["ir.model"]._get_id("res.partner")
            values = {"name": "x", "model_id": model_id}
            other = self.call(kind, "create", [[values]])["result"]
            self.assertIn("result", self.call(kind, "unlink", [other]))

    def add_field(self, values):
        """Make a manual field; it goes, also from the registry, when the test ends."""
        answer = self.call("ir.model.fields", "create", [[values]])
        self.assertIn("result", answer)
        field = self.env["ir.model.fields"].browse(answer["result"])
        self.addCleanup(field.unlink)
        return field.id

    def test_33_manual_fields(self):
        """None on, towards or along a confidential model, also not turned to it later;
        one that computes from it shows nothing."""
        self.login("settings_admin")
        partner = self.env["ir.model"]._get_id("res.partner")
        user = self.env["ir.model"]._get_id("res.users")
        many2one = {"model_id": partner, "ttype": "many2one"}
        plain = {"name": "x_plain", "field_description": "x", "relation": "res.users"}
        number = self.add_field({**plain, **many2one})
        for method, values in (
            (
                "create",
                {"model_id": self.env["ir.model"]._get_id(TRAJECT), "ttype": "char"},
            ),
            ("create", {**many2one, "relation": TRAJECT}),
            (
                "create",
                {"model_id": user, "ttype": "many2many", "relation": ENTRY},
            ),
            ("write", {"relation": TRAJECT}),
            ("write", {"relation": ENTRY}),
        ):
            if method == "create":
                values = {"name": "x_spy", "field_description": "x", **values}
                answer = self.call("ir.model.fields", "create", [[values]])
            else:
                answer = self.call("ir.model.fields", "write", [[number], values])
            with self.subTest(method=method, **values):
                self.assertIn("No field can be added", str(answer))
            self.env.registry.clear_cache()

    def test_33_a_field_computed_from_a_confidential_model(self):
        """The code is saved, and finds nothing, whoever reads the field."""
        self.login("settings_admin")
        partner = self.env["ir.model"]._get_id("res.partner")
        for name, code in (
            ("x_refs", f"str(self.env['{TRAJECT}'].sudo().search([]).mapped('ref'))"),
            (
                "x_user",
                f"str(self.env['{TRAJECT}'].with_user({self.users['coach'].id})"
                ".search([]).mapped('ref'))",
            ),
            ("x_open", "str(self.env['res.users'].sudo().search_count([]))"),
        ):
            values = {
                "name": name,
                "field_description": "x",
                "model_id": partner,
                "ttype": "char",
                "store": False,
                "compute": f"for one in self:\n    one['{name}'] = {code}",
            }
            self.add_field(values)
            for login in ("settings_admin", "manager"):
                self.login(login)
                own = self.users[login].partner_id.id
                answer = self.call("res.partner", "read", [[own], [name]])
                self.assertEqual(self.leak(answer), "")
                if name == "x_open":  # Positive control: computed like the others.
                    self.assertGreater(int(answer["result"][0][name]), 20)
                else:
                    self.assertTrue(self.refused(answer), answer)
            self.login("settings_admin")

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

    def test_27_in_a_job_there_is_no_session_to_ask_for(self):
        """Code in the name of the coach reads facts there; of nobody else, and no text.

        The threat model says so. An administrator who is no coach reads nothing.
        """
        found = self.env_of("coach")[TRAJECT].search([])
        self.assertIn(self.ref, found.mapped("ref"))
        for model in (TRAJECT, ENTRY):
            text = str(self.env_of("coach")[model].search([]).read())
            for word in (self.canary, self.alias, self.address):
                self.assertNotIn(word, text)
        for login in ("settings_admin", "victim", "everything"):
            for env in (self.env_of(login), self.env_of(login)(su=True)):
                with self.assertRaises(AccessError):
                    env[TRAJECT].search([])

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

    def watch(self, model, code):
        """Let code run whenever a row of ``model`` is made or changed."""
        model_id = self.env["ir.model"]._get_id(model)
        action = {"name": "x", "state": "code", "model_id": model_id, "code": code}
        self.env["base.automation"].create(
            {
                "name": "x",
                "model_id": model_id,
                "trigger": "on_create_or_write",
                "action_server_ids": [(0, 0, action)],
            }
        )
        self.env.flush_all()
        self.env.registry.clear_cache()

    def test_28_an_automation_in_the_session_of_the_coach(self):
        """Code that runs while the coach writes has no way in either."""
        ways = {
            "superuser": "env(su=True)",
            "as it comes": "env",
            "not superuser": "env(su=False)",
            "victim": f"env(user={self.users['victim'].id}, su=False)",
            "session of the coach": f"env(user={self.users['coach'].id}, su=False)",
        }
        code = "told = ['it ran']\n"
        for name in self.models:
            for way, env in ways.items():
                code += (
                    "try:\n"
                    f"    told.append(('{way}', '{name}', "
                    f"str({env}['{name}'].search([]).read())))\n"
                    "except Exception as error:\n"
                    f"    told.append(('{way}', '{name}', str(error)))\n"
                )
        code += "env['ir.config_parameter'].sudo().set_param('x.told', repr(told))"
        self.watch("mail.mail", code)
        params = self.env["ir.config_parameter"].sudo()
        path = f"/focus/coach/{self.ref}"
        self.login("coach")
        self.assertEqual(self.send(path, "message", text="Hello").status_code, 303)
        self.env.invalidate_all()
        told = literal_eval(params.get_param("x.told", "['it did not run']"))
        self.assertEqual(told.pop(0), "it ran")
        self.assertEqual(len(told), len(ways) * len(self.models))
        for way, name, answer in told:
            with self.subTest(way=way, model=name):
                for word in (self.canary, self.alias, self.address):
                    self.assertNotIn(word, str(answer))
                # In the own session a coach reads the facts of the own cases.
                if way != "session of the coach":
                    self.assertIn("not yours", answer)
        # Positive control: the same code reads what is open.
        own = self.users["coach"].partner_id
        self.watch(
            "res.users",
            "env['ir.config_parameter'].sudo().set_param("
            "'x.told', repr(env['res.partner'].search([]).ids))",
        )
        self.users["coach"].sudo().signature = "x"
        self.env.flush_all()
        self.assertIn(own.id, literal_eval(params.get_param("x.told")))

    def test_28_no_automation_can_start_while_the_scope_is_open(self):
        """In a whole case nothing of others is saved inside it: not a mail, not a log.

        The superuser's code would not be stopped there.
        """
        found = set()

        def noting(records, *args, **kwargs):
            if scope.is_open() and records._name not in self.models:
                found.add(records._name)
            return validate(records, *args, **kwargs)

        validate = models.BaseModel._validate_fields
        self.patch(models.BaseModel, "_validate_fields", noting)
        self.make_whole_case("colleague", close=True)
        self.employee_door("victim", self.now).case(self.ref).swap()
        self.env["hr.career.housekeeping"]._cron_remind()
        self.assertEqual(found, set())
        with scope.opened():
            self.users["coach"].partner_id.phone = "1"
        self.assertEqual(found, {"res.partner"})  # Positive control.

    def test_31_a_template_that_asks(self):
        """A page of the portal, and the coach's own, is extended with code.

        In the coach's own session it finds the facts the coach may read, and no word.
        """
        for number, code in enumerate(
            (
                f"request.env['{ENTRY}'].sudo().search([]).mapped('ref')",
                f"request.env['{ENTRY}'].sudo().search_count([])",
                f"request.env['{ENTRY}'].sudo().browse({self.ids[ENTRY]}).read()",
                "request.env['res.partner'].sudo().search_count([])",
                f"request.env['{TRAJECT}'].with_user({self.users['coach'].id})"
                ".search([]).read()",
            )
        ):
            for place, at, path, readers in (
                (
                    "portal.portal_my_home",
                    "hasclass('o_portal_my_home')",
                    "/my/home",
                    ("manager", "colleague", "victim", "coach"),
                ),
                (
                    "hr_career_focus.page_case",
                    "@t-call='hr_career_focus.part_track'",
                    f"/focus/coach/{self.ref}",
                    ("coach",),
                ),
            ):
                view = self.env["ir.ui.view"].create(
                    {
                        "name": f"x{number}",
                        "type": "qweb",
                        "mode": "extension",
                        "inherit_id": self.env.ref(place).id,
                        "arch": f'<xpath expr="//*[{at}]" position="after">'
                        f'<p class="spy" t-out="{code}"/></xpath>',
                    }
                )
                for login in readers:
                    self.login(login)
                    spied = self.spied(path)
                    with self.subTest(login=login, code=code, path=path):
                        for word in (self.canary, self.alias, self.address):
                            self.assertNotIn(word, spied)
                        is_own = login == "coach" and "with_user" in code
                        if not is_own:
                            self.assertEqual(self.leak(spied, named=True), "")
                        # Positive control: what may be read is shown.
                        is_open = is_own or "res.partner" in code
                        self.assertEqual(bool(spied), is_open)
                view.unlink()
        logged = self.env["ir.logging"].search([]).mapped("message")
        self.assertEqual(self.leak(logged), "")

    def spied(self, path):
        """Return what the added line shows, "" when the page gave up."""
        found = html.fromstring(self.visit(path).text).xpath("//p[@class='spy']")
        return "".join(one.text_content() for one in found)

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
