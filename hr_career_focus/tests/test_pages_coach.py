"""The coach's pages over HTTP."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..casework import EmployeeDoor
from ..casework import constants as c
from .page_case import COACH, FILE, PageCase


@tagged("post_install", "-at_install")
class TestCoachPages(PageCase):
    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        self.ref = self.make_request(now=self.now, alias="Vee", question="What now?")
        self.desk_door(now=self.now).case(self.ref).assign(self.coaches["coach"].id)
        self.path = f"{COACH}/{self.ref}"
        self.login("coach")

    def take(self):
        return self.send_well(self.path, "accept", confirm="yes")

    def propose(self):
        return self.send_well(
            self.path,
            "agreement",
            goal="A goal",
            approach="Talks",
            sessions="5",
            hours="7.5",
            both_sides="",
            reporting="",
        )

    def moment(self, **shift):
        return (self.now + timedelta(**shift)).strftime("%Y-%m-%dT%H:%M")

    def view(self):
        return EmployeeDoor(self.env_of("victim")).case(self.ref).view

    def test_from_offer_to_aftercare(self):
        """The whole work, each step over HTTP; the name only when both signed."""
        lines = self.page(COACH).text_content()
        self.assertIn("Vee", lines)
        self.assertNotIn("Victim", lines)
        offer = self.page(self.path).text_content()
        self.assertIn("What now?", offer)
        self.assertNotIn("Victim", offer)
        self.take()
        self.propose()
        self.send_well(self.path, "sign")
        self.login("victim")
        self.assertIn("7.5", self.page(FILE % self.ref).text_content())
        self.send_well(FILE % self.ref, "sign")
        self.login("coach")
        self.assertIn("Victim Person", self.page(self.path).text_content())
        self.send_well(
            self.path,
            "session",
            on=self.moment(days=-1),
            modality="video",
            where="A quiet room",
            note="",
        )
        entry = self.view().sessions[0].ref
        self.login("victim")
        self.send_well(FILE % self.ref, "answer", entry, reply="confirmed")
        self.login("coach")
        self.send_well(self.path, "mark", entry, status="held", hours="1.5")
        self.assertEqual(self.state(self.ref), c.ACTIVE)
        self.send_well(self.path, "message", text="See you")
        self.login("victim")
        self.send_well(FILE % self.ref, "close", text="")
        self.login("coach")
        self.send_well(self.path, "end_aftercare")
        self.assertEqual(self.state(self.ref), c.CLOSED)
        self.assertMissing(self.path)
        self.assertNotIn("Victim", self.page(COACH).text_content())

    def test_accept_needs_the_declaration(self):
        response = self.send(self.path, "accept")
        self.assertRefused(response, "confirm first")
        self.assertEqual(self.state(self.ref), c.REQUESTED)
        self.take()
        self.assertEqual(self.state(self.ref), c.INTAKE)

    def test_refuse_ends_access(self):
        self.send_well(self.path, "refuse")
        self.assertMissing(self.path)
        self.assertMissing(self.path, do="message", text="Still here?")

    def test_reassigned_between_opening_and_sending(self):
        """The employee swaps while the coach writes: the coach is out at once."""
        self.take()
        stale = self.page(self.path)
        values = self.form_values(stale, "message")
        EmployeeDoor(self.env_of("victim")).case(self.ref).swap()
        response = self.url_open(
            self.path, data={**values, "text": "Wait"}, allow_redirects=False
        )
        self.assertEqual(response.status_code, 404)
        self.assertMissing(self.path)

    def test_wrong_numbers_and_dates(self):
        self.take()
        base = {"goal": "Typed goal", "sessions": "5", "hours": "7"}
        for values, words in (
            ({"goal": " "}, "Goal"),
            ({"sessions": "0"}, "Number of sessions"),
            ({"sessions": "many"}, "Number of sessions"),
            ({"hours": "nan"}, "Hours in all"),
            ({"hours": "1e9"}, "Hours in all"),
        ):
            with self.subTest(**values):
                response = self.send(self.path, "agreement", **{**base, **values})
                self.assertRefused(response, words)
        self.assertIsNone(self.view().agreement)
        for on, words in (
            ("", "Day and time"),
            ("2026-02-30T10:00", "Day and time"),
            (self.moment(days=-200), "or later"),
            (self.moment(days=500), "or earlier"),
        ):
            with self.subTest(on=on):
                response = self.send(
                    self.path, "session", on=on, where="Kept", modality="", note=""
                )
                self.assertRefused(response, words)
                self.assertIn('value="Kept"', response.text)
        self.assertFalse(self.view().sessions)

    def test_session_to_come_is_not_held(self):
        self.take()
        self.send_well(
            self.path,
            "session",
            on=self.moment(days=3),
            where="",
            modality="",
            note="",
        )
        entry = self.view().sessions[0].ref
        tree = self.page(self.path)
        self.assertFalse(tree.xpath("//button[@value='held']"))
        response = self.send(
            self.path, "mark", entry, source=tree, status="held", hours="1"
        )
        self.assertRefused(response, "still to come")
        self.send_well(self.path, "mark", entry, status="cancelled")
        self.assertEqual(self.view().sessions[0].fields["status"], "cancelled")

    def test_what_the_employee_keeps_stays_unseen(self):
        self.take()
        own = EmployeeDoor(self.env_of("victim")).case(self.ref)
        own.write(c.NOTE, c.SELF, {"text": f"Note {self.canary}"})
        own.write(c.PLAN, c.SELF, {"ambitions": f"Plan {self.canary}"})
        own.write(c.PLAN, c.COACH, {"ambitions": "Shared plan"})
        page = self.page(self.path).text_content()
        self.assertNotIn(self.canary, page)
        self.assertIn("Shared plan", page)

    def test_nobody_else(self):
        self.take()
        self.page(self.path)
        for login in ("other_coach", "colleague", "victim", "hr_manager", "desk"):
            self.login(login)
            self.assertMissing(self.path)
            self.assertMissing(self.path, do="message", text="x")
        for login in ("victim", "manager", "settings_admin"):
            self.login(login)
            self.assertMissing(COACH)
        self.login("other_coach")
        self.assertIn("No cases", self.page(COACH).text_content())

    def test_message_removed_and_brought_back(self):
        self.take()
        self.send_well(self.path, "message", text="Hello")
        entry = [one for one in self.view().messages if one.by == "coach"][0].ref
        page = self.send_well(self.path, "remove", entry)
        self.assertEqual(len(self.view().messages), 1)
        response = self.send(self.path, "restore", entry, source=page)
        self.assertEqual(response.status_code, 303)
        self.assertEqual(len(self.view().messages), 2)
