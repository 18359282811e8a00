"""After a deletion nothing is left over: no row, no file, no mail, no message.

The whole database is compared, table by table, with what it was before the case. What
may differ is written down here; a table that somebody adds later is compared too.
"""

from mailbox import mailbox, send_queue

import traces
from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.hr_career_focus.casework import (
    access_log,
    approvals,
    deleting,
    followup,
    purging,
)
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.key_door import KeyDoor
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.casework.own_data import collect
from odoo.addons.hr_career_focus.casework.privacy import PrivacyDoor
from odoo.addons.hr_career_focus.casework.upkeep import end_aftercare
from odoo.addons.hr_career_focus.controllers.own_data_paper import own_data_pdf
from odoo.addons.hr_career_focus.tests.common import NOW, CareerCompany
from odoo.addons.hr_career_focus.tests.retention_case import OwnList

#: The chain of the log keeps its links; the ledger keeps that a right was used.
KEPT = {"hr_career_access", "hr_career_access_head", "hr_career_right_use"}
#: One row for each login that there is, whatever it did; times of logging in.
LOGINS = {"hr_career_login", "res_users_log", "res_device_log"}


@tagged("post_install", "-at_install")
class TestOrphans(OwnList, CareerCompany, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()
        cls.address = "private-victim@elsewhere.test"

    def everything(self):
        """Return every row of every table, as text."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT relname FROM pg_class
              JOIN pg_namespace ON pg_namespace.oid = relnamespace
             WHERE relkind IN ('r', 'm') AND nspname = 'public'
            """
        )
        tables = sorted(row[0] for row in self.env.cr.fetchall())
        return traces.dump(self.env.cr, tables)

    def whole_traject(self):
        """A case with a row in every table that a case can reach."""
        ref = self.make_active(
            channel=c.CHANNEL_MAIL, address=self.address, question=self.canary
        )
        door = self.employee_door()
        own, work = door.case(ref), self.coach_door().case(ref)
        own.write(c.NOTE, c.SELF, {"text": self.canary})
        own.write(c.MESSAGE, c.COACH, {"text": self.canary})
        work.write(c.MESSAGE, c.COACH, {"text": self.canary})
        own.write(c.PLAN, c.COACH, {"ambitions": self.canary})
        work.view
        self.ask_second_persons(own, ref)
        followup.make(own)
        own_data_pdf(own.env, collect(own))
        own.close(["study"], self.canary)
        return ref

    def ask_second_persons(self, own, ref):
        """A desk holder asks to look at the case, an officer for an opener's name."""
        desk = self.env_of("desk")
        reason = f"Why: {self.canary}"
        approvals.ask(desk, self.company, approvals.SECOND_LOOK, ref, reason, NOW)
        line = next(one for one in own.view.openings if one.role == "coach")
        own.call_odd(line.ref, self.canary)
        officer = PrivacyDoor(self.env_of("privacy_officer"), now=NOW)
        [odd] = officer.signals()
        officer.signal(odd.ref)
        officer.ask_release(odd.ref, reason)

    def left_over(self, before, after, more=()):
        """Return what differs, but for what may."""
        may = KEPT | LOGINS | set(more)
        return {
            table: sorted(set(after[table]) ^ set(before.get(table, ())))
            for table in after
            if table not in may and after[table] != before.get(table, [])
        }

    def send_mails(self):
        with mailbox(self.env) as received:
            send_queue(self.env)
        return received

    def test_deleted_by_the_employee(self):
        self.send_mails()
        before = self.everything()
        ref = self.whole_traject()
        self.assertTrue(self.send_mails())
        during = self.left_over(before, self.everything())
        self.assertLessEqual(
            {
                "hr_career_traject",
                "hr_career_entry",
                "hr_career_followup",
                "hr_career_signal",
                "hr_career_approval",
            },
            set(during),
        )
        deleting.delete(self.employee_door().case(ref))
        after = self.everything()
        self.assertEqual(self.left_over(before, after), {})
        self.assertKept(before, after, ref)
        self.assertNowhere(ref)

    def test_deleted_by_rule_after_the_login(self):
        """With the reminder and the own key, once the login is gone as well."""
        self.send_mails()
        before = self.everything()
        ref = self.whole_traject()
        door = self.employee_door()
        door.remind("somebody@elsewhere.test", 3)
        followup.stop(door.case(ref))
        self.company.career_personal_seal = True
        KeyDoor(self.env_of("victim"), now=NOW).make("purple ladder wet sunday")
        self.company.career_personal_seal = False
        desk = self.env_of("desk")
        approvals.ask(desk, self.company, approvals.BULK, "", self.canary, NOW)
        self.send_mails()
        gone = (self.users["victim"], self.people["victim"])
        partner = gone[0].partner_id
        self.people["victim"].user_id = False
        for record in gone:
            record.unlink()
        for month in range(7, 25):
            with freeze_time(f"{2026 + month // 12}-{month % 12 + 1:02}-02"):
                self.purge_month()
        after = self.everything()
        self.assertNowhere(ref)
        self.assertTrue(partner.exists())
        with vault(self.env) as inside:
            for name in ("reminder", "key", "followup", "traject", "entry", "approval"):
                self.assertFalse(inside[f"hr.career.{name}"].search([]), name)
            self.assertFalse(inside["hr.career.right.use"].search([]))
        self.assertEqual(
            {name for name in after if name.startswith("hr_career")}
            & set(self.left_over(before, after)),
            {"hr_career_purge"},
        )

    def purge_month(self):
        """What the jobs of one night do."""
        inside, today = self.env(su=True), fields.Date.today()
        purging.forget_the_gone(inside, today)
        end_aftercare(inside, today)
        purging.purge(inside, self.company, today)

    def assertKept(self, before, after, ref):
        """One line of the ledger, and lines of the log without anything in them."""
        [use] = set(after["hr_career_right_use"]) - set(before["hr_career_right_use"])
        self.assertNotIn(ref, use)
        lines = set(after["hr_career_access"]) - set(before["hr_career_access"])
        self.assertTrue(lines)
        index = access_log.case_index(ref)
        self.assertFalse([line for line in lines if index in line])
        self.assertEqual(access_log.verify(self.env), [])

    def assertNowhere(self, ref):
        """Neither text nor reference, in any table, mail or file."""
        for text in (self.canary, self.address, ref):
            self.assertEqual(traces.tables_with(self.env.cr, text), [], text)
            self.assertEqual(traces.files_with(text), [], text)
        mails = self.env["mail.mail"].sudo().search([("state", "!=", "sent")])
        self.assertNotIn(self.address, mails.mapped("email_to"))
