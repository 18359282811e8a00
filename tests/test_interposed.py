"""A page that comes in between loses no text: the code, the password, the own key."""

from browser import DESKTOP, BrowserCase

from odoo import http
from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import logins
from odoo.addons.hr_career_focus.casework.login_code import CodeDoor
from odoo.addons.hr_career_focus.tests.page_case import FILE

TYPED = "Typed with care"
CODE = "red apple"


@tagged("post_install", "-at_install")
class TestInterposed(BrowserCase):
    def setUp(self):
        super().setUp()
        self.ref = self.make_active()
        self.path = FILE % self.ref

    def write(self, page):
        page.locator("#notes summary").first.click()
        page.locator("#note-text-").fill(TYPED)

    def send(self, page):
        page.locator("#form-note button[type='submit']").click()

    def assertTextIsBack(self, page):
        page.wait_for_url(f"**{self.path}*")
        page.locator(".o_cf_draft_note:visible").wait_for()
        self.assertEqual(page.locator("#note-text-").input_value(), TYPED)
        self.send(page)
        page.locator("[role='status']:has-text('Your note is saved')").wait_for()
        self.rest(page)
        self.assertIn(TYPED, page.locator("#notes").inner_text())
        kept = page.evaluate("Object.keys(sessionStorage)")
        self.assertFalse([key for key in kept if key.startswith("focus-draft")])

    def change_session(self, **values):
        """Change what the server keeps of the session in the browser."""
        [sid] = [
            one["value"]
            for one in self.context.cookies()
            if one["name"] == "session_id"
        ]
        session = http.root.session_store.get(sid)
        session.update(values)
        http.root.session_store.save(session)

    def give(self, page, do, typed):
        form = page.locator(f"#form-{do}")
        form.locator("input[type='password']").fill(typed)
        form.locator("button[type='submit']").click()

    def test_personal_code_in_between(self):
        page = self.open("victim", self.path)
        self.write(page)
        CodeDoor(self.env_of("victim")).set("victimxx", CODE)
        self.send(page)
        page.locator("#form-code").wait_for()
        self.settled(page)
        self.give(page, "code", "not this one")
        page.locator("[role='alert']").wait_for()
        self.settled(page)
        self.give(page, "code", CODE)
        self.assertTextIsBack(page)

    def test_password_in_between(self):
        page = self.open("victim", self.path)
        self.write(page)
        self.change_session(**{logins.LOGIN_KEY: {"method": "", "mark": "another"}})
        self.send(page)
        page.locator("#form-confirm").wait_for()
        self.settled(page)
        self.give(page, "confirm", "victimxx")
        self.assertTextIsBack(page)

    def test_second_factor_in_between(self):
        """It takes another log-in; the coach finds what was typed after it."""
        path = f"/focus/coach/{self.ref}"
        page = self.open("coach", path)
        page.locator("#form-message textarea").fill(TYPED)
        self.company.career_second_factor = True
        self.env.flush_all()
        page.locator("#form-message button[type='submit']").click()
        page.locator("h1:has-text('First protect your login')").wait_for()
        self.settled(page)
        self.company.career_second_factor = False
        self.env.flush_all()
        self.go(page, path)
        self.assertEqual(page.locator("#form-message textarea").input_value(), TYPED)

    def test_another_login_in_the_same_tab_finds_nothing(self):
        page = self.open("victim", self.path)
        self.write(page)
        CodeDoor(self.env_of("victim")).set("victimxx", CODE)
        self.send(page)
        page.locator("#form-code").wait_for()
        self.settled(page)
        self.assertIn(TYPED, page.evaluate("JSON.stringify({...sessionStorage})"))
        self.login("colleague")
        self.context.clear_cookies()
        self.remember_session()
        self.go(page, "/my/focus")
        self.assertNotIn(TYPED, page.evaluate("JSON.stringify({...sessionStorage})"))

    def test_closed_page_can_be_read(self):
        """Desktop and phone, with the code asked."""
        CodeDoor(self.env_of("victim")).set("victimxx", CODE)
        page = self.open("victim", self.path)
        self.assertReadable(page, DESKTOP["width"])
