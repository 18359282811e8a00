"""Real pages in a real browser: the keyboard alone, a phone, an expired session."""

from browser import NAMELESS, PALE, PHONE, SMALL, WIDEST, BrowserCase

from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import EmployeeDoor
from odoo.addons.hr_career_focus.tests.page_case import FILE, HOME, START


@tagged("post_install", "-at_install")
class TestKeyboard(BrowserCase):
    def test_request_with_the_keyboard_alone(self):
        page = self.open("victim", HOME)
        page.keyboard.press("Tab")
        self.assertIn("o_cf_skip", page.evaluate("document.activeElement.className"))
        self.tab_to(page, f"a[href='{START}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{START}")
        self.settled(page)
        page.locator("[data-cf-next]").first.wait_for()
        self.tab_to(page, "input[name='what']")
        page.keyboard.press("Space")
        self.tab_to(page, "[data-cf-step='1'] [data-cf-next]")
        page.keyboard.press("Enter")
        self.assertTrue(page.locator("[data-cf-step='1']").is_hidden())
        self.assertIn("With whom", page.evaluate("document.activeElement.textContent"))
        self.tab_to(page, "input[name='coach']")
        page.keyboard.press("ArrowDown")
        chosen = page.locator("input[name='coach']:checked").get_attribute("value")
        self.assertTrue(chosen)
        self.tab_to(page, "[data-cf-step='2'] [data-cf-next]")
        page.keyboard.press("Enter")
        self.tab_to(page, "input[name='alias']")
        page.keyboard.type("Vee")
        self.assertEqual(page.locator("[data-cf-review='alias']").inner_text(), "Vee")
        self.tab_to(page, "[data-cf-step='3'] button[type='submit']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/my/focus/file/*")
        page.locator("[role='status']:has-text('Your request is sent')").wait_for()
        self.rest(page)
        view = self.employee_door().case(self.employee_door().running_ref()).view
        self.assertEqual(self.trajects(), 1)
        self.assertEqual(view.ref, page.url.split("#")[0].rsplit("/", 1)[1])
        self.assertFalse(self.complaints)

    def test_request_without_scripts(self):
        """The same form as one long page, for a browser that runs no scripts."""
        self.login("victim")
        self.context = self.browser.new_context(java_script_enabled=False)
        self.remember_session()
        page = self.context.new_page()
        page.goto(self.base_url() + START)
        for step in ("1", "2", "3"):
            self.assertTrue(page.locator(f"[data-cf-step='{step}']").is_visible())
        self.assertFalse(page.locator("[data-cf-next]").first.is_visible())
        page.locator("input[name='what']").first.check()
        page.locator("input[name='alias']").fill("Vee")
        page.locator("#form-request button[type='submit']").click()
        page.wait_for_url("**/my/focus/file/*")
        self.rest(page)
        self.assertEqual(self.trajects(), 1)

    def test_next_step_only_with_a_choice(self):
        page = self.open("victim", START)
        page.locator("[data-cf-step='1'] [data-cf-next]").click()
        self.assertTrue(page.locator("[data-cf-step='1']").is_visible())
        page.locator("input[name='what']").first.check()
        page.locator("[data-cf-step='1'] [data-cf-next]").click()
        self.assertTrue(page.locator("[data-cf-step='2']").is_visible())

    def test_the_measures_can_fail(self):
        page = self.open("victim", HOME, PHONE)
        page.evaluate(
            """document.querySelector(".o_cf").insertAdjacentHTML("beforeend",
            "<p style='color: #bbb; width: 900px'>Pale and wide</p>" +
            "<input type='text'/><button class='o_cf_btn' " +
            "style='min-height: 0; padding: 0'>x</button>")"""
        )
        self.assertGreater(page.evaluate(WIDEST), PHONE["width"])
        self.assertEqual(len(page.evaluate(NAMELESS)), 1)
        self.assertEqual(len(page.evaluate(SMALL)), 1)
        self.assertEqual(len(page.evaluate(PALE)), 1)

    def test_pages_fit_a_phone_and_can_be_read(self):
        """No sideways scrolling, every field named, fingers and eyes served."""
        ref = self.make_active()
        for login, paths in {
            "victim": (HOME, FILE % ref),
            "colleague": (START,),
            "coach": ("/focus/coach", f"/focus/coach/{ref}"),
            "desk": ("/focus/desk", f"/focus/desk/{ref}"),
        }.items():
            for path in paths:
                with self.subTest(login=login, path=path):
                    page = self.open(login, path, PHONE)
                    self.assertReadable(page, PHONE["width"])
                    self.context.close()

    def test_navigation_of_the_privacy_officer_is_one_row(self):
        """Whoever has most pages, in the longest language; the tools stay beside it."""
        self.users["privacy_officer"].lang = "nl_NL"
        for lang in ("en_US", "nl_NL", "nl_BE"):
            with self.subTest(lang=lang):
                page = self.open("privacy_officer", "/focus/privacy")
                cookie = {"name": "frontend_lang", "value": lang}
                self.context.add_cookies([{**cookie, "url": self.base_url()}])
                self.go(page, "/focus/privacy")
                self.assertEqual(
                    page.evaluate("document.documentElement.lang"),
                    lang.replace("_", "-"),
                )
                heights = page.evaluate(
                    "['.o_cf_nav', '.o_cf_header'].map((one) => "
                    "document.querySelector(one).getBoundingClientRect().height)"
                )
                self.assertLess(max(heights), 70, heights)
                self.context.close()

    def test_expired_session_loses_no_text(self):
        """What was being sent comes back after logging in again, in the same tab."""
        ref = self.make_active()
        page = self.open("victim", FILE % ref)
        page.locator("#notes summary").first.click()
        page.locator("#note-text-").fill("Typed with care")
        self.context.clear_cookies()
        page.locator("#form-note button[type='submit']").click()
        page.wait_for_url("**/web/login*")
        self.assertIn("Please log in to go on", page.content())
        page.locator("#login").fill("victim")
        page.locator("#password").fill("victim".ljust(8, "x"))
        page.locator(".oe_login_form button[type='submit']").click()
        page.wait_for_url(f"**{FILE % ref}*")
        page.locator(".o_cf_draft_note:visible").wait_for()
        self.assertEqual(page.locator("#note-text-").input_value(), "Typed with care")
        page.locator("#form-note button[type='submit']").click()
        page.locator("[role='status']:has-text('Your note is saved')").wait_for()
        self.rest(page)
        view = EmployeeDoor(self.env_of("victim")).case(ref).view
        self.assertEqual(view.notes[0].fields["text"], "Typed with care")
        kept = page.evaluate("Object.keys(sessionStorage)")
        self.assertFalse([key for key in kept if key.startswith("focus-draft")])

    def test_quick_leave_leaves_nothing_behind(self):
        ref = self.make_active()
        page = self.open("victim", HOME)
        self.go(page, FILE % ref)
        page.locator("[data-cf-leave]").click()
        page.wait_for_url("**/my/home")
        page.go_back()
        self.assertNotIn(ref, page.url)
