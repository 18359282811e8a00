"""The page of the self-check: one button, for those who may press it."""

from unittest.mock import patch

from odoo.tests import tagged

from ..controllers import check as pages
from ..selfcheck import book
from ..selfcheck.findings import Cell, Result, finding
from ..selfcheck.run import look
from ..selfcheck.wording import DIFFERENCES, MODULES, WORDS, kinds, say
from .page_case import PageCase

CHECK = "/focus/check"


@tagged("post_install", "-at_install")
class TestCheckPages(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inside = cls.env(su=True, context={"lang": "en_US"})
        cls.picture = look(cls.inside).picture()
        book.expect(cls.inside, cls.picture, "test", "")

    def kept(self, *findings, author="Somebody"):
        """Put a run into the history, as the check does."""
        cells = (
            Cell("manager", "person", "pages", False, False, 6),
            Cell("coach", "shared", "pages", True, True, 6),
            Cell("manager", "hr.career.entry", "remote", False, True, 17, ("read",)),
        )
        result = Result(tuple(findings), cells, self.picture)
        return book.keep(self.inside, result, author)

    def test_nobody_else_finds_the_page(self):
        for login in (
            "victim",
            "coach",
            "desk",
            "manager",
            "hr_manager",
            "settings_admin",
        ):
            self.login(login)
            with self.subTest(login):
                self.assertMissing(CHECK)
                self.assertMissing(CHECK, do="check")
                self.assertMissing(f"{CHECK}/progress")
                self.assertMissing(f"{CHECK}/paper", do="paper")
        for login in ("works_council", "privacy_officer"):
            self.login(login)
            self.page(CHECK)

    def test_one_button(self):
        """Pressed for real: the rehearsal runs behind the request of the officer."""
        self.login("works_council")
        self.assertIn("Not checked yet", self.get(CHECK).text)
        values = self.form_values(self.page(CHECK), "check")
        answer = self.url_open(CHECK, data=values, allow_redirects=False, timeout=120)
        self.assertEqual(answer.status_code, 303)
        page = self.page(CHECK)
        text = " ".join(page.text_content().split())
        self.assertIn("Nothing was found", text)
        self.assertIn("allowed", text)
        self.assertNotIn("LEAK", text)
        [line] = self.env[book.RUN].sudo().search([])
        officer = self.users["works_council"].name
        self.assertEqual((line.findings, line.author), (0, officer))
        self.assertIn(line.digest, text)

    def test_findings_come_first_with_what_to_do(self):
        self.kept(finding("acl_extra", "acl: hr.career.entry: spy", group="g"))
        self.login("privacy_officer")
        text = " ".join(self.page(CHECK).text_content().split())
        self.assertIn("One finding", text)
        self.assertLess(text.index("spy"), text.index("Who gets at what"))
        self.assertIn("Have the administrator take it away", text)
        self.assertIn("LEAK", text)

    def test_accept_needs_a_note_and_the_state_that_was_seen(self):
        self.kept(finding("added_action", "action: #1 x"))
        signed = self.env[book.EXPECTATION].sudo().search_count([])
        self.login("privacy_officer")
        response = self.send(CHECK, "accept", note=" ")
        self.assertRefused(response, "Why this is right")
        page = self.page(CHECK)
        self.env["ir.actions.server"].create(
            {
                "name": "Tidy up",
                "state": "code",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "code": "x = 1",
            }
        )
        response = self.send(CHECK, "accept", source=page, note="Agreed")
        self.assertRefused(response, "Something has changed since this check")
        self.assertEqual(self.env[book.EXPECTATION].sudo().search_count([]), signed)

    def test_accepted_is_signed_with_its_note(self):
        self.kept(finding("added_action", "action: #1 x"))
        self.login("works_council")
        page = self.send_well(CHECK, "accept", note="Agreed on 3 May")
        self.assertIn("Agreed on 3 May", page.text_content())
        lines, altered = book.lines(self.inside, book.EXPECTATION)
        self.assertEqual((lines[0].note, altered), ("Agreed on 3 May", False))

    def test_paper(self):
        self.kept(finding("acl_extra", "acl: hr.career.entry: spy", group="g"))
        self.login("works_council")
        values = self.form_values_of(self.page(CHECK), "form-paper")
        response = self.url_open(f"{CHECK}/paper", data=values)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content[:5], b"%PDF-")
        self.assertEqual(response.headers["Cache-Control"], "no-store")

    def form_values_of(self, tree, number):
        [form] = tree.xpath(f"//form[@id='{number}']")
        return {
            one.get("name"): one.get("value", "")
            for one in form.xpath(".//input[@type='hidden']")
        }

    def test_progress(self):
        self.login("privacy_officer")
        self.assertEqual(self.get(f"{CHECK}/progress").json(), {"step": None})
        with patch.object(pages.CheckDoor, "progress", lambda door: (3, 6)):
            self.assertEqual(self.get(f"{CHECK}/progress").json(), {"step": 3})

    def test_every_finding_has_words(self):
        """Each sentence can be said, in every kind there is."""
        codes = [*WORDS, *MODULES]
        codes += [f"{how}_{kind}" for how in DIFFERENCES for kind in kinds(self.env)]
        for code in codes:
            if code.endswith(("_setting", "_matrix")):
                continue
            with self.subTest(code):
                said = say(self.env, finding(code, "acl: x"))
                self.assertTrue(said.label and said.what and said.do)
        for name in (
            "key_file",
            "key_mode",
            "debug_log",
            "sql_log",
            "database_list",
            "dev_mode",
            "database_role",
            "password_reset",
            "key_copy",
            "second_factor",
            "log_mailbox",
        ):
            said = say(self.env, finding(f"setting_{name}", f"setting: {name}"))
            self.assertTrue(said.what and said.do)
