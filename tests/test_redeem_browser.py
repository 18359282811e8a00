"""Redeeming in a real browser: scanned and typed, by keyboard and on a telephone."""

from browser import PHONE, BrowserCase

from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import provider_keys
from odoo.addons.hr_career_focus.engine import voucher_code
from odoo.addons.hr_career_focus.tests.redeem_case import RedeemCompany
from odoo.addons.hr_career_focus.tests.test_redeem_pages import REDEEM

KEPT = "JSON.stringify({...sessionStorage, ...localStorage})"


@tagged("post_install", "-at_install")
class TestRedeemBrowser(RedeemCompany, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_providers()
        cls.ref, cls.code = cls.make_voucher()
        cls.shown = voucher_code.shown(cls.code)
        cls.key = provider_keys.make(cls.provider)

    def visit(self, path=REDEEM, viewport=PHONE):
        """Come without a login; every address that is asked for is written down."""
        self.authenticate(None, None)
        self.context = self.browser.new_context(viewport=viewport, locale="en-US")
        self.context.set_default_timeout(60000)
        self.remember_session()
        page = self.context.new_page()
        self.complaints, self.asked = [], []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request))
        self.go(page, path)
        return page

    def posts(self):
        return [one for one in self.asked if one.method == "POST"]

    def give_key(self, page):
        page.locator("#redeem-key").fill(self.key.lower())
        page.keyboard.press("Enter")
        page.locator("#form-leave").wait_for()
        self.settled(page)
        self.rest(page)

    def test_scanned_on_a_telephone(self):
        page = self.visit(f"{REDEEM}#{self.shown}")
        self.assertNotIn("#", page.evaluate("location.href"))
        self.assertReadable(page, PHONE["width"])
        self.give_key(page)
        page.get_by_text("This voucher is valid").wait_for()
        self.assertReadable(page, PHONE["width"])
        self.assertNotIn("#", page.evaluate("location.href"))
        self.assertNotIn(self.shown, page.evaluate(KEPT))
        for request in self.asked:
            self.assertNotIn(self.shown, request.url)
            self.assertNotIn(self.shown, request.headers.get("referer", ""))

    def test_with_the_keyboard_alone(self):
        page = self.visit()
        self.give_key(page)
        self.tab_to(page, "#redeem-code")
        page.keyboard.type(self.shown.lower())
        page.keyboard.press("Enter")
        page.locator("#take-amount").wait_for()
        self.settled(page)
        self.tab_to(page, "#take-amount")
        page.keyboard.type("120,50")
        self.tab_to(page, "#form-check button")
        page.keyboard.press("Enter")
        page.locator("#form-redeem").wait_for()
        self.settled(page)
        self.rest(page)
        self.assertReadable(page, PHONE["width"])
        self.assertEqual(self.voucher(self.ref).redeemed, 0)
        self.tab_to(page, "#form-redeem button")
        page.keyboard.press("Enter")
        page.get_by_text("What you took of this voucher").wait_for()
        self.settled(page)
        self.rest(page)
        self.assertReadable(page, PHONE["width"])
        self.assertEqual(str(self.voucher(self.ref).redeemed), "120.50")
        # Loading the page again sends the form again, and takes nothing.
        page.reload()
        page.get_by_text("What you took of this voucher").wait_for()
        self.settled(page)
        self.rest(page)
        self.assertEqual(str(self.voucher(self.ref).redeemed), "120.50")
        self.tab_to(page, "form:has(input[value='undo']) button")
        page.keyboard.press("Enter")
        page.get_by_text("Undone").wait_for()
        self.rest(page)
        self.assertEqual(self.voucher(self.ref).redeemed, 0)

    def test_a_typing_error_is_found_before_the_server_is_asked(self):
        page = self.visit()
        self.give_key(page)
        asked = len(self.posts())
        last = "2" if self.code[-1] != "2" else "3"
        for typed, said in (
            (self.shown[:-1] + last, "one sign is wrong"),
            (self.shown[:5] + self.shown[6:], "Look at group 2: it does not have"),
            (self.shown[:12] + "!" + self.shown[13:], "Look at group 3: there is"),
            ("", ""),
        ):
            page.locator("#redeem-code").fill(typed)
            page.keyboard.press("Enter")
            if said:
                page.get_by_text(said).wait_for()
                self.assertEqual(page.locator("[role='alert']:visible").count(), 1)
                focused = page.evaluate("document.activeElement.id")
                self.assertEqual(focused, "redeem-code")
        self.assertEqual(len(self.posts()), asked)
        self.assertEqual(self.wrong_tries(), [])
        page.locator("#redeem-code").fill(self.shown)
        page.keyboard.press("Enter")
        page.get_by_text("This voucher is valid").wait_for()
        self.rest(page)

    def test_a_coach_scans_before_logging_in(self):
        page = self.visit(f"{REDEEM}#{self.shown}")
        page.locator("[data-cf-login]").click()
        page.locator("#login").wait_for()
        self.assertNotIn(self.shown, page.url)
        page.locator("#login").fill("coach")
        page.locator("#password").fill("coach".ljust(8, "x"))
        page.locator(".oe_login_form button[type='submit']").click()
        page.get_by_text("This voucher is valid").wait_for()
        self.settled(page)
        self.rest(page)
        self.assertNotIn(self.shown, page.evaluate(KEPT))

    def test_without_scripts(self):
        self.authenticate(None, None)
        self.context = self.browser.new_context(java_script_enabled=False)
        self.remember_session()
        page = self.context.new_page()
        page.goto(self.base_url() + REDEEM)
        page.locator("#redeem-key").fill(self.key)
        page.keyboard.press("Enter")
        page.locator("#redeem-code").fill("mistyped")
        page.keyboard.press("Enter")
        page.get_by_text("This code gives nothing here").wait_for()
        page.locator("#redeem-code").fill(self.shown)
        page.keyboard.press("Enter")
        page.locator("#take-amount").fill("20")
        page.locator("#form-check button").click()
        page.locator("#form-redeem button").click()
        page.get_by_text("What you took of this voucher").wait_for()
        self.assertEqual(self.voucher(self.ref).redeemed, 20)
