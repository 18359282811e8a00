"""What an independent office gets goes there, or the self-check and a mail say so."""

import os
from unittest.mock import patch

from odoo.tests import tagged

from ..casework import log_heads
from ..selfcheck.findings import ADVICE, FINDING
from ..selfcheck.run import inspect
from ..vault import recovery
from .check_case import CheckCase

OLD, NEW = "council@example.org", "elsewhere@example.org"


@tagged("post_install", "-at_install")
class TestOffices(CheckCase):
    @classmethod
    def make_company(cls):
        made = super().make_company()
        cls.company.career_log_mailbox = OLD
        cls.startClassPatcher(
            patch.dict(os.environ, {log_heads.ENVIRONMENT: "/srv/heads"})
        )
        return made

    def codes(self, level):
        self.env.flush_all()
        self.env.invalidate_all()
        found = inspect(self.env)[1]
        return {one.code for one in found if one.level == level}

    def test_a_mailbox_that_is_changed(self):
        with self.assertFound("gone_office", "mailbox"):
            self.company.career_log_mailbox = NEW

    def test_a_mailbox_that_is_changed_with_sql(self):
        with self.assertFound("gone_office", "mailbox"):
            self.sql("UPDATE res_company SET career_log_mailbox = %s", NEW)

    def test_a_mailbox_of_another_company_taken_away(self):
        other = self.make_other_company("Dune Works")
        other.career_log_mailbox = OLD
        self.sign()
        with self.assertFound("gone_office", f"company {other.id}"):
            other.career_log_mailbox = False

    def test_a_file_that_is_changed(self):
        with self.assertFound("gone_office", "file"):
            self.startPatcher(
                patch.dict(os.environ, {log_heads.ENVIRONMENT: "/dev/null"})
            )

    def test_a_recovery_key_that_is_changed(self):
        _private, self.company.career_recovery_key = recovery.new_office("one office")
        self.sign()
        with self.assertFound("gone_office", "recovery key"):
            _private, other = recovery.new_office("another office")
            self.company.career_recovery_key = other

    def test_what_was_never_signed_is_advice(self):
        """A first address harms nobody; it is told, and can be accepted."""
        other = self.make_other_company("Dune Works")
        self.sign()
        other.career_log_mailbox = NEW
        self.assertIn("added_office", self.codes(ADVICE))
        self.assertEqual(self.codes(FINDING), set())
        self.sign()
        self.assertNotIn("added_office", self.codes(ADVICE))

    def test_the_picture_holds_no_address(self):
        walk, _found, _signature = inspect(self.env)
        keys = list(walk.pieces["office"])
        self.assertEqual(len(keys), 2)
        for banned in (OLD, "/srv/heads"):
            self.assertNotIn(banned, repr(walk.picture()))

    # -- the old mailbox is told ------------------------------------------------------

    def told(self):
        return self.env["mail.mail"].search([("email_to", "=", OLD)])

    def test_the_old_mailbox_is_told_once(self):
        self.company.career_log_mailbox = OLD.upper()
        self.assertFalse(self.told())
        self.company.career_log_mailbox = NEW
        mail = self.told()
        self.assertEqual(mail.subject, "The control number goes elsewhere")
        self.assertIn(self.company.name, mail.body_html)
        self.assertNotIn(NEW, mail.body_html)
        self.assertFalse(mail.model or mail.res_id or mail.author_id)
        self.assertTrue(mail.auto_delete)
        self.company.write({"career_log_mailbox": NEW, "career_purpose": "To think."})
        self.assertEqual(self.told(), mail)

    def test_the_old_mailbox_is_told_when_it_is_emptied(self):
        self.company.career_log_mailbox = False
        self.assertEqual(len(self.told()), 1)

    def test_the_old_mailbox_is_told_when_its_company_is_archived(self):
        self.company.career_log_mailbox = NEW
        self.told().unlink()
        other = self.make_other_company("Dune Works")
        other.career_log_mailbox = OLD
        other.active = False
        self.assertEqual(len(self.told()), 1)

    def test_a_mailbox_that_still_gets_the_number_is_not_told(self):
        """Two companies, one mailbox: the number still comes."""
        other = self.make_other_company("Dune Works")
        other.career_log_mailbox = OLD
        self.company.career_log_mailbox = NEW
        self.assertFalse(self.told())
        other.career_log_mailbox = NEW
        self.assertEqual(len(self.told()), 1)
