from decimal import Decimal

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..casework import provider_keys
from .common import CareerCase


@tagged("post_install", "-at_install")
class TestProvider(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.env["hr.career.provider"].create(
            {"name": "Office of Coaches", "vat_rate": 21, "hour_rate": 96.8}
        )

    def as_user(self, login, record=None):
        record = self.provider if record is None else record
        self.env.invalidate_all()
        return record.with_user(self.users[login])

    def wizard(self, login="hr_manager"):
        return (
            self.env["hr.career.provider.key"]
            .with_user(self.users[login])
            .create({"provider_id": self.provider.id})
        )

    # -- who reads and writes -------------------------------------------------------

    def test_hr_policy_maintains_and_finance_reads(self):
        self.as_user("hr_manager").name = "Another Office"
        self.assertEqual(self.as_user("finance").name, "Another Office")
        with self.assertRaises(AccessError):
            self.as_user("finance").name = "Third"

    def test_the_currency_has_cents(self):
        """Vouchers and statements count in hundredths."""
        yen, dollar = self.env.ref("base.JPY"), self.env.ref("base.USD")
        (yen | dollar).active = True
        with self.assertRaisesRegex(ValidationError, "hundredths"):
            self.provider.currency_id = yen
        self.provider.currency_id = dollar

    def test_nobody_else_reads(self):
        for login in ("manager", "coach", "desk", "works_council", "victim"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login).read(["name"])

    def test_employees_do_not_see_who_pays_a_coach(self):
        coach = self.coaches["coach"]
        coach.provider_id = self.provider
        self.assertTrue(self.as_user("hr_manager", coach).provider_id)
        self.assertTrue(self.as_user("manager", coach).name)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.as_user("manager", coach).read(["provider_id"])
        with self.assertRaises(AccessError):
            self.env["hr.career.coach"].with_user(self.users["manager"]).search(
                [("provider_id", "=", self.provider.id)]
            )

    def test_of_the_own_companies_only(self):
        other = self.make_other_company("Elsewhere")
        self.provider.company_ids = other
        found = self.env["hr.career.provider"].with_user(self.users["hr_manager"])
        self.assertNotIn(self.provider, found.search([]))
        self.provider.company_ids = self.company
        self.assertIn(self.provider, found.search([]))

    def test_is_never_deleted(self):
        with self.assertRaises(UserError):
            self.as_user("hr_manager").unlink()
        self.as_user("hr_manager").action_archive()
        self.assertFalse(self.provider.active)

    # -- what redeeming asks --------------------------------------------------------

    def test_price_of_a_unit(self):
        self.assertEqual(self.provider._price("hours"), Decimal("96.80"))
        self.assertIsNone(self.provider._price("sessions"))
        self.assertIsNone(self.provider._price("amount"))

    @mute_logger("odoo.sql_db")
    def test_impossible_numbers_are_refused(self):
        for values in ({"vat_rate": -1}, {"vat_rate": 101}, {"hour_rate": -1}):
            with (
                self.subTest(values=values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.provider.write(values)
                self.env.flush_all()
        self.provider.vat_rate = 0
        self.env.flush_all()

    # -- the key --------------------------------------------------------------------

    def test_a_key_is_shown_once_and_kept_as_a_hash(self):
        opened = self.wizard().action_make()
        key = opened["context"]["default_new_key"]
        self.assertEqual(opened["target"], "new")
        self.assertEqual(provider_keys.provider_of(self.env, key), self.provider)
        self.env.flush_all()
        for table in ("hr_career_provider", "hr_career_provider_key"):
            self.env.cr.execute(f"SELECT * FROM {table}")
            kept = repr(self.env.cr.fetchall())
            self.assertNotIn(key, kept)
            self.assertNotIn(key.replace("-", ""), kept)

    def test_the_window_shows_it_without_keeping_it(self):
        opened = self.wizard().action_make()
        window = self.env["hr.career.provider.key"].with_context(**opened["context"])
        fields = ["provider_id", "new_key"]
        shown = window.with_user(self.users["hr_manager"]).default_get(fields)
        self.assertEqual(shown["new_key"], opened["context"]["default_new_key"])
        self.assertFalse(window._fields["new_key"].store)

    def test_a_new_key_ends_the_one_before(self):
        first = provider_keys.make(self.provider)
        second = provider_keys.make(self.provider)
        self.assertFalse(provider_keys.provider_of(self.env, first))
        self.assertEqual(provider_keys.provider_of(self.env, second), self.provider)

    def test_withdrawn_archived_or_mistyped_keys_open_nothing(self):
        key = provider_keys.make(self.provider)
        for typed in (None, "", "nonsense", key[:-1], "0" * 36, "'; --", "\x00", "é"):
            with self.subTest(typed=typed):
                self.assertFalse(provider_keys.provider_of(self.env, typed))
        self.assertTrue(provider_keys.provider_of(self.env, key.lower()))
        self.provider.action_archive()
        self.assertFalse(provider_keys.provider_of(self.env, key))
        self.provider.action_unarchive()
        self.assertTrue(provider_keys.provider_of(self.env, key))
        self.wizard().action_withdraw()
        self.assertFalse(provider_keys.provider_of(self.env, key))
        self.assertFalse(self.provider.key_made_on)

    def test_only_hr_policy_makes_a_key(self):
        for login in ("finance", "manager", "coach", "settings_admin"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.wizard(login)
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.as_user(login).action_key()
        self.assertEqual(
            self.as_user("hr_manager").action_key()["res_model"],
            "hr.career.provider.key",
        )
        wizard = self.wizard()
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["finance"]).action_make()

    def test_nobody_reads_or_sets_the_hash(self):
        provider_keys.make(self.provider)
        for login in ("hr_manager", "finance", "settings_admin"):
            record = self.as_user(login)
            with self.subTest(login=login), self.assertRaises(AccessError):
                record.read(["key_hash"])
        with self.assertRaises(AccessError):
            self.as_user("hr_manager").key_hash = "0" * 64

    def test_the_key_is_not_copied(self):
        provider_keys.make(self.provider)
        self.assertFalse(self.provider.copy().sudo().key_made_on)

    def test_two_coaches_of_one_provider(self):
        self.provider.coach_ids = [
            Command.set([one.id for one in self.coaches.values()])
        ]
        self.assertEqual(self.coaches["coach"].provider_id, self.provider)
