"""After a complete traject nothing about the person has changed, anywhere."""

import logging
from datetime import timedelta
from mailbox import mailbox, send_queue

import traces

from odoo.tests import TransactionCase, tagged

from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.reminders import remind
from odoo.addons.hr_career_focus.tests.common import NOW, TODAY, CareerCompany


class Recorder(logging.Handler):
    """Keep every log line, of whatever level."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@tagged("post_install", "-at_install")
class TestNothingOnFile(CareerCompany, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()
        cls.address = "private-victim@elsewhere.test"
        # The mandate of the desk was confirmed, which is no part of any case.
        cls.env["mail.mail"].sudo().search([]).unlink()

    def whole_traject(self):
        """Everything an employee, a coach and the desk can do, to the very end."""
        ref = self.make_active(
            channel=c.CHANNEL_MAIL,
            address=self.address,
            alias=f"Vee {self.canary}",
            question=f"My question {self.canary}",
        )
        own = self.employee_door().case(ref)
        work = self.coach_door().case(ref)
        note = own.write(c.NOTE, c.SELF, {"title": self.canary, "text": self.canary})
        own.edit(note, {"text": f"Edited {self.canary}"})
        own.remove(own.write(c.NOTE, c.SELF, {"text": self.canary}))
        own.write(c.MESSAGE, c.COACH, {"text": self.canary})
        work.write(c.MESSAGE, c.COACH, {"text": self.canary})
        own.write(c.PLAN, c.SELF, {"ambitions": self.canary})
        own.write(c.EXPLORATION, c.COACH, {"tried": self.canary, "on": "2026-06-01"})
        session = work.propose_session(
            {"on": "2026-06-20T10:00", "where": self.canary, "note": self.canary}
        )
        own.answer_session(session, "confirmed")
        own.set_phase("market", True)
        self.desk_door().inbox()
        own.close(["job_outside"], f"My outcome {self.canary}")
        work.end_aftercare()
        with mailbox(self.env) as received:
            send_queue(self.env)
        self.assertTrue(received)
        self.env.flush_all()

    def test_people_are_byte_for_byte_the_same(self):
        self.env.flush_all()
        tables = traces.people_tables(self.env.cr)
        self.assertIn("mail_message", tables)
        self.assertFalse([name for name in tables if "career_traject" in name])
        before = traces.dump(self.env.cr, tables)
        self.whole_traject()
        after = traces.dump(self.env.cr, tables)
        for table in tables:
            self.assertEqual(before[table], after[table], table)

    def test_the_comparison_sees_a_change(self):
        """Positive control: one chatter line on the employee is found."""
        self.env.flush_all()
        tables = traces.people_tables(self.env.cr)
        before = traces.dump(self.env.cr, tables)
        self.people["victim"].message_post(body="Asked for something")
        self.env.flush_all()
        self.assertNotEqual(before, traces.dump(self.env.cr, tables))

    def test_canary_is_nowhere(self):
        recorder = Recorder()
        root = logging.getLogger()
        level = root.level
        root.addHandler(recorder)
        root.setLevel(logging.DEBUG)
        try:
            self.whole_traject()
        finally:
            root.setLevel(level)
            root.removeHandler(recorder)
        self.assertEqual(traces.tables_with(self.env.cr, self.canary), [])
        self.assertEqual(traces.tables_with(self.env.cr, self.address), [])
        self.assertEqual(traces.files_with(self.canary), [])
        self.assertGreater(len(recorder.lines), 10)
        for shape in traces.forms(self.canary):
            self.assertFalse([line for line in recorder.lines if shape in line])

    def test_the_search_finds_a_canary(self):
        """Positive control, plain and encoded."""
        partner = self.users["victim"].partner_id
        for shape in sorted(traces.forms(self.canary)):
            partner.comment = f"x{shape}x"
            self.env.flush_all()
            self.assertIn("res_partner", traces.tables_with(self.env.cr, self.canary))
        partner.comment = False
        attachment = self.env["ir.attachment"].create(
            {"name": "x", "raw": f"xx{self.canary}".encode() * 2000}
        )
        self.assertTrue(traces.files_with(self.canary))
        attachment.unlink()

    def test_mail_is_the_same_for_every_event(self):
        """As it arrives: one neutral text, and no header that names a thing."""
        self.make_active(channel=c.CHANNEL_MAIL, address=self.address)
        self.remind("colleague", "colleague@elsewhere.test")
        with mailbox(self.env) as received:
            send_queue(self.env)
        reached = {
            address for recipients, _message in received for address in recipients
        }
        self.assertEqual(
            reached,
            {self.address, "coach@x.test", "desk@x.test", "colleague@elsewhere.test"},
        )
        bodies, subjects, named, senders = set(), set(), set(), set()
        for _recipients, message in received:
            subjects.add(str(message["Subject"]))
            bodies.add(
                "".join(
                    part.get_payload(decode=True).decode()
                    for part in message.walk()
                    if not part.is_multipart()
                )
            )
            headers = {name: value for name, value in message.items() if name != "To"}
            named.add(tuple(sorted(headers)))
            senders.add(headers["From"])
            whole = f"{headers} {bodies} {subjects}".lower()
            for word in ("coach", "career", "loopbaan", "focus", "victim", "traject"):
                self.assertNotIn(word, whole)
            self.assertNotIn("X-Odoo-Objects", headers)
        self.assertEqual((len(bodies), len(subjects)), (1, 1))
        self.assertEqual((len(named), len(senders)), (1, 1))
        self.assertFalse(self.env["mail.mail"].sudo().search([("state", "=", "sent")]))

    def remind(self, login, address):
        """Let the job remind ``login`` of a right that lapses today."""
        self.employee_door(login).remind(address, 1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_career_entitlement_rule SET valid_to = %s WHERE id = %s",
            [TODAY + timedelta(days=30), self.rule.id],
        )
        self.env.invalidate_all()
        sent = sum(
            remind(self.env(su=True), NOW + timedelta(days=30, hours=hour - 9))
            for hour in range(24)
        )
        self.assertEqual(sent, 1)

    def test_no_mail_when_none_is_wanted(self):
        Mail = self.env["mail.mail"].sudo()
        known = Mail.search([])
        self.make_active()
        addresses = (Mail.search([]) - known).mapped("email_to")
        self.assertFalse([one for one in addresses if "victim" in one])
