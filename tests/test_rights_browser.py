"""Rights in a real browser: readable on a phone, and what the request asks of each."""

from browser import DESKTOP, PHONE, BrowserCase

from odoo.tests import tagged

from odoo.addons.hr_career_focus.tests.page_case import HOME, START
from odoo.addons.hr_career_focus.tests.test_pages_rights import RightsCase


@tagged("post_install", "-at_install")
class TestRightsInTheBrowser(RightsCase, BrowserCase):
    def radio(self, page, code):
        return page.locator(f"input[value='right-{self.rules[code].id}']")

    def next_step(self, page, step):
        page.locator(f"[data-cf-step='{step}'] [data-cf-next]").click()

    def test_many_rights_on_a_phone_and_on_a_desk(self):
        """Also with every fold open: no sideways scrolling, nothing pale or small."""
        self.company.country_id = False
        for path in (HOME, START):
            for viewport in (PHONE, DESKTOP):
                with self.subTest(path=path, width=viewport["width"]):
                    page = self.open("victim", path, viewport)
                    self.assertReadable(page, viewport["width"])
                    self.context.close()

    def test_why_with_the_keyboard(self):
        page = self.open("victim", HOME)
        self.tab_to(page, ".o_cf_right .o_cf_more:nth-of-type(2) > summary")
        fold = page.locator(".o_cf_right details[open]")
        self.assertEqual(fold.count(), 0)
        page.keyboard.press("Enter")
        self.assertEqual(fold.count(), 1)
        self.assertTrue(fold.locator("li").first.is_visible())

    def test_use_this_right_is_chosen_on_the_next_page(self):
        page = self.open("victim", HOME)
        value = f"right-{self.rules['budget'].id}"
        page.locator(f"a[href$='#{value}']").click()
        page.wait_for_url(f"**{START}#{value}")
        self.settled(page)
        self.rest(page)
        self.assertTrue(self.radio(page, "budget").is_checked())

    def test_what_goes_with_the_chosen_one_only(self):
        page = self.open("victim", START)
        shown = page.locator("[data-cf-about]:visible")
        self.assertEqual(shown.count(), 0)
        for code, words in (
            ("budget", "You choose your coach yourself"),
            ("scan", "names you to nobody"),
        ):
            self.radio(page, code).check()
            self.assertEqual(shown.count(), 1)
            self.assertIn(words, shown.inner_text())

    def test_no_choice_of_coach_where_the_desk_proposes(self):
        """The question goes, a coach chosen before is let go, and it is sent well."""
        page = self.open("victim", START)
        coaches = page.locator("fieldset[data-cf-choose]")
        note = page.locator("[data-cf-proposed]")
        self.radio(page, "budget").check()
        self.next_step(page, 1)
        self.assertTrue(coaches.is_visible())
        self.assertTrue(note.is_hidden())
        coaches.locator("[data-cf-coach] input").first.check()
        page.locator("[data-cf-step='2'] [data-cf-back]").click()
        self.radio(page, "scan").check()
        self.next_step(page, 1)
        self.assertTrue(coaches.is_hidden())
        self.assertTrue(note.is_visible())
        self.next_step(page, 2)
        said = page.locator("[data-cf-of='cfSay']").inner_text()
        self.assertIn("names you to nobody", said)
        self.assertIn(
            "desk proposes", page.locator("[data-cf-review='coach']").inner_text()
        )
        page.locator("#form-request button[type='submit']").click()
        page.wait_for_url("**/my/focus/file/*")
        self.rest(page)
        self.assertEqual(self.trajects(), 1)
