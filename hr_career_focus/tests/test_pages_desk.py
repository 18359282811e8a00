"""The desk's pages over HTTP."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ..casework import EmployeeDoor
from ..casework import constants as c
from .page_case import DESK, FILE, PageCase


@tagged("post_install", "-at_install")
class TestDeskPages(PageCase):
    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        self.login("desk")

    def ask(self, **values):
        self.ref = self.make_request(now=self.now, **values)
        self.path = f"{DESK}/{self.ref}"

    def ask_undecidable(self):
        """Ask for a right nobody has checked against the text yet."""
        self.version.write({"verified_by": False, "verified_on": False})
        self.ask()

    def test_match(self):
        self.assertIn("Nobody is waiting", self.page(DESK).text_content())
        self.ask(coach_id=self.coaches["coach"].id, question=f"Q {self.canary}")
        inbox = self.page(DESK)
        self.assertNotIn("Victim Person", inbox.text_content())
        self.assertTrue(inbox.xpath(f"//a[@href='{self.path}']"))
        page = self.page(self.path)
        self.assertIn("Victim Person", page.text_content())
        self.assertIn("the right is open", page.text_content())
        self.assertNotIn(self.canary, page.text_content())
        (chosen,) = page.xpath("//input[@name='coach'][@checked]")
        self.assertEqual(chosen.get("value"), str(self.coaches["coach"].id))
        page = self.send_well(self.path, "assign", coach=chosen.get("value"))
        self.assertIn("The coach is asked", page.text_content())
        self.assertFalse(page.xpath("//form[@id='form-decline']"))

    def test_conflict_is_explained_and_cannot_be_chosen(self):
        self.people["other_coach"].department_id = self.department
        self.ask()
        other = str(self.coaches["other_coach"].id)
        tree = self.page(self.path)
        (radio,) = tree.xpath(f"//input[@name='coach'][@value='{other}']")
        self.assertTrue(radio.get("disabled"))
        why = tree.get_element_by_id(radio.get("aria-describedby"))
        self.assertIn("Cannot take this case", why.text_content())
        response = self.send(self.path, "assign", source=tree, coach=other)
        self.assertRefused(response, "conflict of interest")
        self.send_well(self.path, "assign", coach=str(self.coaches["coach"].id))

    def test_no_coach_chosen_or_a_strange_one(self):
        self.ask()
        for coach, words in (
            ("", "Choose a coach first"),
            ("abc", "Choose a coach first"),
            ("999999999", "cannot be booked"),
        ):
            self.assertRefused(self.send(self.path, "assign", coach=coach), words)
        self.assertFalse(self.desk_door().case(self.ref).view.coach)

    def test_open_right_cannot_be_declined(self):
        """Where the right is open, no form and no hand-made form says no."""
        self.ask()
        tree = self.page(self.path)
        self.assertFalse(tree.xpath("//form[@id='form-decline']"))
        values = {
            **self.form_values(tree, "assign"),
            "do": "decline",
            "confirm": "yes",
            "reason": "No budget",
        }
        response = self.url_open(self.path, data=values, allow_redirects=False)
        self.assertRefused(response, "not possible")
        self.assertEqual(self.state(self.ref), c.REQUESTED)

    def test_decline_only_with_reason_and_a_date_to_come(self):
        self.ask_undecidable()
        past = (fields.Date.today() - timedelta(days=1)).isoformat()
        good = (fields.Date.today() + timedelta(days=90)).isoformat()
        for values, words in (
            ({"reason": "", "confirm": "yes"}, "Reason"),
            ({"reason": "Typed reason", "confirm": "no"}, "confirm first"),
            (
                {"reason": "Typed reason", "confirm": "yes", "next_date": past},
                "or later",
            ),
            (
                {"reason": "Typed reason", "confirm": "yes", "next_date": "2027-13-01"},
                "not a date",
            ),
        ):
            with self.subTest(words=words):
                response = self.send(self.path, "decline", **values)
                self.assertRefused(response, words)
                if values["reason"]:
                    self.assertIn("Typed reason</textarea>", response.text)
        self.assertEqual(self.state(self.ref), c.REQUESTED)
        self.send_well(
            self.path, "decline", reason="Article 10", confirm="yes", next_date=good
        )
        self.assertEqual(self.state(self.ref), c.DECLINED)
        self.assertMissing(self.path)
        self.login("victim")
        page = self.page(FILE % self.ref).text_content()
        self.assertIn("Article 10", page)
        self.assertIn(str(date.fromisoformat(good).year), page)

    def test_decide_that_it_is_open(self):
        self.ask_undecidable()
        self.assertRefused(self.send(self.path, "open", reason=" "), "Reason")
        page = self.send_well(self.path, "open", reason="Start date found")
        self.assertTrue(page.xpath("//form[@id='form-assign']"))
        self.login("victim")
        self.assertIn("Start date found", self.page(FILE % self.ref).text_content())

    def test_mandate_over(self):
        """The day after the mandate, the desk is as if it were not there."""
        self.ask()
        self.page(self.path)
        yesterday = fields.Date.today() - timedelta(days=1)
        self.env.cr.execute("UPDATE hr_career_mandate SET date_to = %s", [yesterday])
        self.env.invalidate_all()
        self.assertMissing(DESK)
        self.assertMissing(self.path)
        self.assertMissing(self.path, do="assign", coach=self.coaches["coach"].id)

    def test_nobody_else(self):
        self.ask()
        self.page(DESK)
        for login in ("victim", "coach", "hr_manager", "settings_admin", "manager"):
            self.login(login)
            self.assertMissing(DESK)
            self.assertMissing(self.path)
            self.assertMissing(self.path, do="decline", reason="x", confirm="yes")

    def test_two_desk_windows(self):
        self.ask()
        first, second = self.page(self.path), self.page(self.path)
        coach = str(self.coaches["coach"].id)
        self.send(self.path, "assign", source=first, coach=coach)
        self.coach_door(now=self.now).case(self.ref).accept()
        response = self.send(self.path, "assign", source=second, coach=coach)
        self.assertRefused(response, "Nothing was changed")

    def test_opening_is_in_the_log(self):
        self.ask()
        self.page(self.path)
        view = EmployeeDoor(self.env_of("victim")).case(self.ref).view
        self.assertIn("desk", [one.role for one in view.openings])
