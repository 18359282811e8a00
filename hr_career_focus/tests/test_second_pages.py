"""The pages of the second person over HTTP, and what the desk cannot take with it."""

import json
import re
from datetime import date

from odoo import fields
from odoo.http import _generate_routing_rules
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..casework import approval_words as w
from ..casework import approvals
from ..controllers import confirm as confirm_pages
from ..controllers import desk as desk_pages
from .page_case import DESK, FILE, PageCase

CONFIRM = "/focus/confirm"
NAMES = "/focus/desk/names"
WHY = "I take the desk over this week"


@tagged("post_install", "-at_install")
class TestSecondPages(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["desk_two"] = cls.make_user(
            "desk_two", "base.group_user,hr_career_focus.group_desk"
        )
        cls.make_mandate("desk_two")
        cls.name = cls.people["victim"].name

    def setUp(self):
        super().setUp()
        self.ref = self.make_request(now=fields.Datetime.now())
        self.path = f"{DESK}/{self.ref}"
        self.number = approvals.number(self.ref)

    def open_first(self):
        self.login("desk")
        self.assertIn(self.name, self.page(self.path).text_content())

    def test_names_from_question_to_log(self):
        self.login("desk")
        response = self.get(NAMES)
        self.assertEqual(response.status_code, 303)
        company = str(self.company.id)
        page = self.send_well(DESK, "ask_names", company, why=WHY)
        self.assertIn("has not answered yet", page.text_content())
        self.assertNotIn(self.name, page.text_content())
        self.login("privacy_officer")
        page = self.page(CONFIRM)
        self.assertIn(WHY, page.text_content())
        self.assertNotIn(self.name, page.text_content())
        ref = self.entry_of(page, "confirm")
        page = self.send_well(CONFIRM, "confirm", ref)
        self.assertIn("Nothing waits for you", page.text_content())
        self.login("desk")
        self.assertTrue(self.page(DESK).xpath(f"//a[@href='{NAMES}']"))
        self.assertIn(self.name, self.page(NAMES).text_content())
        # The list itself goes on without names.
        self.assertNotIn(self.name, self.page(DESK).text_content())
        self.login("victim")
        page = self.page(FILE % self.ref).text_content()
        self.assertIn("A second person agreed", " ".join(page.split()))

    def test_second_look_from_question_to_log(self):
        self.open_first()
        self.login("desk_two")
        page = self.page(DESK).text_content()
        self.assertIn("With a colleague", page)
        page = self.page(self.path)
        self.assertNotIn(self.name, page.text_content())
        self.assertIn(self.users["desk"].name, page.text_content())
        response = self.send(self.path, "ask_look", why="  ")
        self.assertRefused(response, "Why")
        page = self.send_well(self.path, "ask_look", why=WHY)
        self.assertIn("has not answered yet", page.text_content())
        self.login("desk")
        page = self.page(CONFIRM)
        self.assertIn(self.number, page.text_content())
        self.send_well(CONFIRM, "confirm", self.entry_of(page, "confirm"))
        self.login("desk_two")
        self.assertIn(self.name, self.page(self.path).text_content())
        self.login("victim")
        page = " ".join(self.page(FILE % self.ref).text_content().split())
        self.assertIn("Opened the case of a colleague at the desk", page)

    def test_an_act_on_a_colleagues_case_changes_nothing(self):
        """A hand-made form meets the same question as the page."""
        self.open_first()
        tree = self.page(self.path)
        values = self.form_values(tree, "assign")
        self.login("desk_two")
        values = {**values, "csrf_token": self.csrf(), "once": "1" * 24}
        response = self.url_open(
            self.path,
            data={**values, "coach": str(self.coaches["coach"].id)},
            allow_redirects=False,
        )
        self.assertRefused(response, "a second person has confirmed")
        self.assertNotIn(self.name, response.text)
        self.assertFalse(self.desk_door(now=None).case(self.ref).view.coach)

    def test_refuse_with_a_note(self):
        self.login("desk")
        self.send_well(DESK, "ask_names", str(self.company.id), why=WHY)
        self.login("privacy_officer")
        page = self.page(CONFIRM)
        ref = self.entry_of(page, "refuse")
        self.assertRefused(self.send(CONFIRM, "refuse", ref, note=""), "Why not")
        self.send_well(CONFIRM, "refuse", ref, note="One case at a time, please")
        self.login("desk")
        self.assertIn("One case at a time", self.page(DESK).text_content())
        self.assertIn("One case at a time", self.page(CONFIRM).text_content())

    def test_who_asked_cannot_confirm_with_a_hand_made_form(self):
        self.login("desk")
        self.send_well(DESK, "ask_names", str(self.company.id), why=WHY)
        [view] = approvals.waiting(self.env_of("privacy_officer"))
        self.assertFalse(self.page(CONFIRM).xpath("//input[@value='confirm']"))
        self.assertMissing(CONFIRM, do="confirm", entry=view.ref)
        self.assertMissing(CONFIRM, do="confirm", entry="0" * 32)
        for login in ("victim", "coach", "hr_manager", "settings_admin", "manager"):
            self.login(login)
            self.assertMissing(CONFIRM)
            self.assertMissing(CONFIRM, do="confirm", entry=view.ref)
        self.assertEqual(self.get(NAMES).status_code, 404)
        self.login("privacy_officer")
        self.send_well(CONFIRM, "confirm", view.ref)

    def test_confirm_a_mandate(self):
        mandate = self.make_mandate(
            "desk",
            confirmed_by=None,
            date_from=date(2036, 1, 1),
            date_to=date(2037, 1, 1),
        )
        self.login("desk")
        self.assertFalse(self.page(CONFIRM).xpath("//input[@value='appoint']"))
        values = {"do": "appoint", "entry": str(mandate.id), "confirm": "yes"}
        self.assertMissing(CONFIRM, **values, seen="x")
        self.login("privacy_officer")
        entry = str(mandate.id)
        self.assertRefused(self.send(CONFIRM, "appoint", entry), "confirm first")
        tree = self.page(CONFIRM)
        mandate.sudo().write({"appointed_by": "The owner"})
        response = self.send(CONFIRM, "appoint", entry, source=tree, confirm="yes")
        self.assertRefused(response, "changed in the meantime")
        self.send_well(CONFIRM, "appoint", entry, confirm="yes")
        self.env.invalidate_all()
        self.assertEqual(mandate.confirmed_by, self.users["privacy_officer"])
        self.assertEqual(mandate.state, "upcoming")

    def rpc(self, method, args, kwargs=None):
        """Call a method of mandates as the web client does; return the answer."""
        params = {
            "model": "hr.career.mandate",
            "method": method,
            "args": args,
            "kwargs": kwargs or {},
        }
        url = f"/web/dataset/call_kw/hr.career.mandate/{method}"
        return self.url_open(url, json={"params": params}).json()

    @mute_logger("odoo.http")
    def test_hr_policy_alone_opens_no_desk_over_rpc(self):
        mandate = self.make_mandate(
            "desk",
            confirmed_by=None,
            date_from=date(2036, 1, 1),
            date_to=date(2037, 1, 1),
        )
        officer = self.users["privacy_officer"].id
        ids = [mandate.id]
        self.login("hr_manager")
        self.assertIn("result", self.rpc("write", [ids, {"date_to": "2037-02-01"}]))
        values = {
            "user_id": mandate.user_id.id,
            "date_from": "2038-01-01",
            "date_to": "2038-12-31",
            "appointed_by": "HR",
            "secrecy_statement": True,
        }
        given = {"confirmed_by": officer, "confirmed_on": "2026-06-15"}
        for method, args in (
            ("write", [ids, given]),
            ("web_save", [ids, given, {"id": {}}]),
            ("create", [[{**values, **given}]]),
            ("proven", [ids]),
            ("_mark", [ids]),
            ("_compute_is_confirmed", [ids]),
        ):
            with self.subTest(method):
                self.assertIn("error", self.rpc(method, args))
        self.rpc("action_confirm", [ids])
        self.rpc("action_unarchive", [ids])
        result = self.rpc(
            "load",
            [["id", "confirmed_by/.id"], [[f"__import__.m{mandate.id}", str(officer)]]],
        )
        self.assertFalse(result["result"]["ids"])
        self.assertMissing(CONFIRM)
        self.env.invalidate_all()
        self.assertEqual(mandate.state, "to_confirm")

    def test_employees_read_who_confirmed(self):
        self.login("victim")
        text = " ".join(self.page("/my/focus").text_content().split())
        self.assertIn(f"Confirmed by {self.users['privacy_officer'].name}", text)

    # -- no export --------------------------------------------------------------------

    def test_the_desk_has_no_export_anywhere(self):
        """No route of the desk gives a file, and none makes one of what it shows."""
        routes = {
            path
            for pages in (desk_pages.DeskPages, confirm_pages.ConfirmPages)
            for name in dir(pages)
            if hasattr(getattr(pages, name), "original_routing")
            for path in getattr(pages, name).original_routing["routes"]
        }
        self.assertEqual(routes, {DESK, f"{DESK}/<string:ref>", NAMES, CONFIRM})
        modules = self.env.registry._init_modules
        rules = _generate_routing_rules(modules, nodb_only=False)
        ours = {url for url, _endpoint in rules if url.startswith("/focus/desk")}
        self.assertEqual(ours, routes - {CONFIRM})
        self.login("desk")
        self.send_well(DESK, "ask_names", str(self.company.id), why=WHY)
        [view] = approvals.waiting(self.env_of("privacy_officer"))
        approvals.decide(self.env_of("privacy_officer"), view.ref, True)
        for path in (DESK, NAMES, self.path, CONFIRM):
            for wish in ("", "?format=csv", "?export=1", "?download=1"):
                response = self.get(path + wish)
                self.assertEqual(response.status_code, 200)
                kind = response.headers["Content-Type"]
                self.assertTrue(kind.startswith("text/html"), kind)
                self.assertNotIn("Content-Disposition", response.headers)
                self.assertEqual(response.headers["Cache-Control"], "no-store")
                links = re.findall(r'(?:href|action|src)="([^"]*)"', response.text)
                # The choice of language repeats what was asked for.
                for link in links if not wish else ():
                    self.assertNotRegex(link, r"(?i)export|download|\.csv|\.xls|\.ics")

    @mute_logger("odoo.addons.web.controllers.export")
    def test_the_web_clients_export_gives_the_desk_nothing(self):
        """Odoo's own export, on every model the desk reads anything of."""
        self.login("desk")
        for model in ("hr.career.traject", "hr.career.right.use"):
            data = {
                "model": model,
                "fields": [{"name": "ref", "label": "Reference", "type": "char"}],
                "ids": False,
                "domain": [],
                "import_compat": False,
            }
            for kind in ("csv", "xlsx"):
                with self.subTest(model=model, kind=kind):
                    response = self.url_open(
                        f"/web/export/{kind}",
                        data={
                            "csrf_token": self.csrf(),
                            "data": json.dumps(data),
                        },
                    )
                    self.assertNotEqual(response.status_code, 200)
                    self.assertNotIn(self.ref, response.text)

    def entry_of(self, page, do):
        """The reference of the only question with a form of this name."""
        [form] = page.xpath(f"//form[.//input[@name='do'][@value='{do}']]")
        return form.xpath(".//input[@name='entry']")[0].get("value")

    def test_words_of_every_kind_are_on_the_page(self):
        """Whoever confirms reads what it does, for each kind there is."""
        source = self.env.ref("hr_career_focus.confirm_question").arch
        for name in ("BULK", "SECOND_LOOK", "RELEASE", "HOLD"):
            self.assertIn(f"w.{name}", source)
        self.assertEqual(len(w.KINDS), 4)
