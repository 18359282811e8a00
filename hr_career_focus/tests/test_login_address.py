"""Somebody else changes the address of a login: the old address hears of it, alike."""

from odoo.tests import tagged

from ..casework.login_notices import MOST
from .common import CareerCase

SUBJECT = "Your e-mail address was changed"


@tagged("post_install", "-at_install")
class TestAddressNotice(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_request()
        for login in ("victim", "colleague"):
            cls.people[login].work_contact_id = cls.users[login].partner_id

    def told(self):
        """Return the old addresses that were told in this transaction."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        mails = self.env["mail.mail"].search([("subject", "=", SUBJECT)], order="id")
        found = mails.mapped("email_to")
        mails.unlink()
        return found

    def as_(self, login, record):
        return record.with_user(self.users[login])

    def test_hr_changes_the_work_address(self):
        """With a case and without one alike."""
        for login in ("victim", "colleague"):
            self.as_("hr_officer", self.people[login]).work_email = f"{login}@evil.test"
            self.assertEqual(self.users[login].email, f"{login}@evil.test")
        self.assertEqual(set(self.told()), {"victim@x.test", "colleague@x.test"})

    def test_contact_manager_and_administrator(self):
        contact = self.as_("contact_manager", self.users["victim"].partner_id)
        contact.email = "one@evil.test"
        self.users["colleague"].email = "two@evil.test"
        self.assertEqual(set(self.told()), {"victim@x.test", "colleague@x.test"})

    def test_archived_login_is_watched_too(self):
        """Archived, given another address, and taken out of the archive again."""
        for login in ("victim", "colleague"):
            self.users[login].active = False
            contact = self.as_("contact_manager", self.users[login].partner_id)
            contact.email = f"{login}@evil.test"
        self.assertEqual(set(self.told()), {"victim@x.test", "colleague@x.test"})

    def test_another_contact_behind_the_login(self):
        other = self.env["res.partner"].create({"name": "X", "email": "x@evil.test"})
        self.users["victim"].partner_id = other
        self.assertEqual(self.told(), ["victim@x.test"])

    def test_merged_into_another_contact(self):
        other = self.env["res.partner"].create({"name": "X", "email": "x@evil.test"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        mine = self.users["victim"].partner_id
        wizard._merge((mine + other).ids, other, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(self.users["victim"].email, "x@evil.test")
        self.assertEqual(self.told(), ["victim@x.test"])

    def test_own_change_and_no_change_are_not_told(self):
        mine = self.env_of("victim").user
        mine.write({"email": "new@home.test"})
        contact = self.as_("contact_manager", self.users["colleague"].partner_id)
        contact.email = "Colleague <colleague@x.test>"
        contact.phone = "1"
        self.assertEqual(self.told(), [])

    def test_there_and_back_in_one_go_is_no_change(self):
        contact = self.as_("contact_manager", self.users["victim"].partner_id)
        contact.email = "one@evil.test"
        contact.email = "victim@x.test"
        self.assertEqual(self.told(), [])

    def test_once_a_day(self):
        contact = self.as_("contact_manager", self.users["victim"].partner_id)
        contact.email = "one@evil.test"
        self.assertEqual(self.told(), ["victim@x.test"])
        contact.email = "two@evil.test"
        self.assertEqual(self.told(), [])

    def test_import_of_many_tells_nobody(self):
        users = self.env["res.users"].create(
            [
                {"name": f"N{n}", "login": f"n{n}", "email": f"n{n}@x.test"}
                for n in range(MOST + 1)
            ]
        )
        for number, user in enumerate(users):
            user.partner_id.email = f"n{number}@new.test"
        self.assertEqual(self.told(), [])

    def test_notice_names_nothing(self):
        self.as_("hr_officer", self.people["victim"]).work_email = "v@evil.test"
        self.env.flush_all()
        self.env.cr.precommit.run()
        mail = self.env["mail.mail"].search([("subject", "=", SUBJECT)])
        self.assertFalse(mail.model or mail.res_id or mail.author_id)
        for word in ("focus", "career", "desk", "coach", "v@evil.test"):
            self.assertNotIn(word, str(mail.body_html).lower())
