"""The pages inside the web client: framed, never loaded into it."""

import shutil

from playwright.sync_api import sync_playwright

from odoo.tests import tagged

from odoo.addons.hr_career_focus.tests.page_case import DESK, PageCase


@tagged("post_install", "-at_install")
class TestPageFrame(PageCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.allow_requests(all_requests=True))
        player = self.enterContext(sync_playwright())
        self.browser = player.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        self.addCleanup(self.browser.close)

    def rest(self, page):
        """Let the requests end: the test shares its transaction with them.

        The web client keeps a connection open, so there is no idle to wait for.
        """
        page.wait_for_timeout(2000)

    def open(self, login, path):
        """Open the web client as ``login``; return its frame."""
        self.login(login)
        context = self.browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(40000)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": self.base_url()}
                for name, value in self.opener.cookies.items()
            ]
        )
        page = context.new_page()
        page.goto(self.base_url() + path)
        frame = page.locator(".o_cf_page_frame iframe")
        frame.wait_for()
        self.rest(page)
        return page, frame

    def test_desk_works_inside_the_web_client(self):
        ref = self.make_request()
        page, frame = self.open("desk", "/odoo/desk")
        self.assertEqual(frame.get_attribute("src"), DESK)
        self.assertEqual(frame.get_attribute("title"), "Desk")
        inside = frame.content_frame
        self.assertFalse(inside.locator("header").count())
        box = frame.bounding_box()
        self.assertGreater(box["height"], 800, "As high as the window allows")
        inside.locator(f"a[href$='{ref}']").click()
        inside.locator("#form-assign").wait_for()
        self.rest(page)
        # What is in the frame is in no record, view or field of the client around it.
        self.assertNotIn("Victim Person", page.locator("body").inner_text())
        self.assertIn("Victim Person", inside.locator("h1").inner_text())

    def test_frame_of_somebody_else_is_empty(self):
        """Who guesses the address finds the page that everybody gets."""
        self.make_request()
        _page, frame = self.open("manager", "/odoo/desk")
        inside = frame.content_frame
        inside.locator("h1:has-text('There is nothing here for you')").wait_for()

    def test_frame_shows_our_own_pages_only(self):
        """An action that names another address gets the home page."""
        for path in ("https://elsewhere.test/", "//elsewhere.test", "/web/become"):
            with self.subTest(path=path):
                action = self.env["ir.actions.client"].create(
                    {
                        "name": "Elsewhere",
                        "tag": "hr_career_focus.page_frame",
                        "params": {"path": path},
                    }
                )
                page, frame = self.open("manager", f"/odoo/action-{action.id}")
                self.assertEqual(frame.get_attribute("src"), "/my/home")
                page.close()
