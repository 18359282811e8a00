"""The forms about the right itself: how much, whom the desk asks, and what was used."""

from odoo.tests import tagged

from ..casework import constants as c
from .page_case import DESK, FILE, START, PageCase
from .rights_case import Rights

CASE = DESK + "/%s"


@tagged("post_install", "-at_install")
class TestLawPages(Rights, PageCase):
    def ask(self, **values):
        """Send a request for the right as ``victim``; return the answer."""
        self.login("victim")
        return self.send(
            START,
            "request",
            **{"what": f"right-{self.rule.id}", "channel": "none", **values},
        )

    def quantity(self):
        return f"quantity-{self.rule.id}"

    def test_how_much(self):
        self.set_right()
        self.login("victim")
        (field,) = self.page(START).xpath(f"//input[@name='{self.quantity()}']")
        self.assertEqual((field.get("value"), field.get("max")), ("1000", "1000"))
        response = self.ask(**{self.quantity(): "1000.01"})
        self.assertRefused(response, "more than there is")
        self.assertIn('value="1000.01"', response.text)
        self.assertEqual(self.trajects(), 0)
        response = self.ask(**{self.quantity(): "250.50"})
        self.assertEqual(response.status_code, 303)
        page = self.page(response.headers["Location"])
        self.assertIn("250.50", page.get_element_by_id("right").text_content())

    def test_no_field_for_what_is_counted(self):
        self.set_right(unit="trajects", quantity=2)
        self.login("victim")
        self.assertFalse(self.page(START).xpath(f"//input[@name='{self.quantity()}']"))
        self.assertRefused(self.ask(**{self.quantity(): "2"}), "one request takes")
        self.assertEqual(self.ask().status_code, 303)

    def test_a_forged_coach(self):
        """The field is there for other rights; filling it in does not help."""
        self.set_right(coach_choice="employer")
        coach = str(self.coaches["coach"].id)
        self.assertRefused(self.ask(coach=coach), "the desk proposes a coach")
        self.assertEqual(self.trajects(), 0)
        self.assertEqual(self.ask(coach="").status_code, 303)

    def test_a_forged_own_claim(self):
        self.set_right(payer="own_claim")
        self.assertRefused(self.ask(), "claim this right yourself")
        self.assertEqual(self.trajects(), 0)

    def test_consult_then_assign(self):
        self.set_right(consultation="consult")
        ref = self.make_request()
        coach = str(self.coaches["coach"].id)
        self.login("desk")
        page = self.page(CASE % ref)
        self.assertFalse(page.xpath("//form[@id='form-assign']"))
        forged = {
            **self.form_values(page, "consult"),
            "do": "assign",
            "coach": coach,
        }
        response = self.url_open(CASE % ref, data=forged, allow_redirects=False)
        self.assertRefused(response, "not possible at this point")
        response = self.send(CASE % ref, "consult", reason="  ")
        self.assertRefused(response, "fill in")
        page = self.send_well(CASE % ref, "consult", reason="Article 4.9, weighed.")
        self.send_well(CASE % ref, "assign", coach=coach)
        self.login("victim")
        self.assertIn("Article 4.9, weighed.", self.page(FILE % ref).text_content())

    def test_only_the_desk_consults_and_settles(self):
        self.set_right(consultation="consult")
        ref = self.make_request()
        for login in ("victim", "manager", "hr_manager", "coach"):
            self.login(login)
            self.assertMissing(CASE % ref, do="consult", reason="Yes")
            self.assertMissing(CASE % ref, do="settle", used="1")
        self.assertTrue(self.traject(ref, "awaits_consultation"))
        self.login("desk")
        self.assertEqual(self.get(CASE % ref).status_code, 200)

    def test_inform_is_a_line(self):
        self.set_right(consultation="inform")
        ref = self.make_request()
        self.login("desk")
        page = self.page(CASE % ref)
        self.assertIn("You are the employer here", page.text_content())
        self.assertTrue(page.xpath("//form[@id='form-assign']"))

    def test_settle(self):
        self.set_right()
        ref = self.make_active()
        self.employee_door().case(ref).withdraw()
        self.login("desk")
        self.assertIn("Record what was used", self.page(DESK).text_content())
        for wrong in ("1001", "", "x"):
            self.assertRefused(self.send(CASE % ref, "settle", used=wrong))
        response = self.send(CASE % ref, "settle", used="0")
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.row(ref, "state"), c.RETURNED)
        self.assertMissing(CASE % ref)
        self.login("victim")
        right = self.page(FILE % ref).get_element_by_id("right")
        self.assertIn("0.00", right.text_content())
