"""What a provider does with a code, at the door."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from odoo.tests import tagged

from ..casework import throttle
from ..casework.errors import CaseworkError, DoorClosed
from ..casework.redeeming import NotRedeemable, Unclear, provider_of_login
from ..casework.throttle import Braked, Throttle
from ..engine import voucher_code
from .common import NOW, TODAY, CareerCase
from .redeem_case import ONCE, RedeemCompany

AGAIN = "fedcba9876543210fedcba98"


class DoorCase(RedeemCompany, CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_providers()
        cls.ref, cls.code = cls.make_voucher()

    def take(self, amount="120", once=ONCE, door=None, code=None, **typed):
        door = door or self.door()
        code = self.code if code is None else code
        return door.redeem(code, {"amount": amount, **typed}, once)[0]


@tagged("post_install", "-at_install")
class TestRedeemDoor(DoorCase):
    def test_a_good_code_gives_what_is_left_and_until_when(self):
        view = self.door().look(voucher_code.shown(self.code).lower())
        self.assertEqual((view.left, view.currency), (Decimal(500), "EUR"))
        self.assertEqual(view.expires.isoformat(), "2027-06-30")
        self.assertEqual(view.lines, ())

    def test_looking_changes_nothing(self):
        before = self.voucher(self.ref)
        self.door().look(self.code)
        self.door().claim(self.code, {"amount": "20"})
        self.assertEqual(self.voucher(self.ref), before)
        self.assertEqual(self.wrong_tries(), [])

    def test_redeem(self):
        view = self.take("121", rate="21", invoice=" 2026-17 ")
        self.assertEqual(view.left, Decimal(379))
        [spend] = self.voucher(self.ref).uses
        self.assertEqual(spend.provider, self.provider.id)
        self.assertEqual(spend.month, TODAY.replace(day=1))
        self.assertEqual(
            (spend.quantity, spend.amount, spend.vat, spend.invoice, spend.once),
            (Decimal(121), Decimal(121), Decimal("21.00"), "2026-17", ONCE),
        )
        self.assertEqual([line.can_undo for line in view.lines], [True])

    def test_money_by_the_hour(self):
        _view, claim = self.door().claim(self.code, {"hours": "1,5"})
        self.assertEqual(
            (claim.quantity, claim.amount, claim.hours),
            (Decimal("181.50"), Decimal("181.50"), Decimal("1.5")),
        )
        self.assertEqual(claim.vat, Decimal("31.50"))
        with self.assertRaises(Unclear):
            self.door(self.other_provider).claim(self.code, {"hours": "1,5"})
        with self.assertRaises(Unclear):
            self.door().claim(self.code, {"hours": "1", "amount": "121"})

    def test_hours_and_sessions(self):
        _ref, hours = self.make_voucher(6, unit="hours")
        _view, claim = self.door().claim(hours, {"quantity": "1.25"})
        self.assertEqual(claim.amount, Decimal("151.25"))
        self.assertEqual(claim.hours, Decimal("1.25"))
        ref, sessions = self.make_voucher(3, unit="sessions")
        with self.assertRaises(Unclear):
            self.door().claim(sessions, {"quantity": "1.5"})
        self.door().redeem(sessions, {"quantity": "2"}, ONCE)
        [spend] = self.voucher(ref).uses
        self.assertEqual((spend.quantity, spend.amount), (Decimal(2), Decimal(300)))

    def test_without_a_price_it_is_said(self):
        _ref, code = self.make_voucher(6, unit="hours")
        self.assertIsNone(self.door(self.other_provider).look(code).price)
        for door in (
            self.door(self.other_provider),
            self.door(),
        ):
            with self.subTest(provider=door.provider.name):
                if door.provider == self.provider:
                    self.provider.currency_id = self.env.ref("base.USD")
                with self.assertRaises(Unclear):
                    door.redeem(code, {"quantity": "1"}, ONCE)

    def test_not_more_than_is_left(self):
        with self.assertRaises(Unclear):
            self.take("500.01")
        with self.assertRaises(Unclear):
            self.door().claim(self.code, {"amount": "500.01"})
        self.assertEqual(self.take("500").left, 0)
        with self.assertRaises(Unclear):
            self.take("0.01", AGAIN)
        self.assertEqual(self.voucher(self.ref).redeemed, 500)

    def test_numbers_that_are_none(self):
        for text in ("", "0", "-5", "1.000", "1e3", "nan", "٣", "5 5", "\x00", "9" * 9):
            with self.subTest(text=text), self.assertRaises(Unclear):
                self.take(text)
        for rate in ("x", "101", "-1"):
            with self.subTest(rate=rate), self.assertRaises(Unclear):
                self.take("5", rate=rate)
        for invoice in ("x" * 41, "a\x00b", "a\u202eb"):
            with self.subTest(invoice=invoice), self.assertRaises(Unclear):
                self.take("5", invoice=invoice)
        self.assertFalse(self.voucher(self.ref).uses)

    def test_the_same_page_twice_spends_once(self):
        self.take("120")
        self.assertEqual(self.take("120").left, 380)
        self.assertEqual(self.take("300").left, 380)
        self.assertEqual(self.take("120", AGAIN).left, 260)
        self.assertEqual(len(self.voucher(self.ref).uses), 2)

    def test_a_lost_answer_of_the_last_euro(self):
        self.take("500")
        self.assertEqual(self.take("500").left, 0)
        self.assertEqual(self.wrong_tries(), [])

    def test_a_number_that_no_page_has_drawn(self):
        for once in (None, "", "x", "0" * 23, "0" * 25, "Z" * 24):
            with self.subTest(once=once), self.assertRaises(Unclear):
                self.take("5", once)
        self.assertFalse(self.voucher(self.ref).uses)

    def test_undo_until_it_is_settled(self):
        [line] = self.take("120").lines
        view = self.door().undo(self.code, line.ref)
        self.assertEqual((view.left, view.lines), (Decimal(500), ()))
        # Undoing twice is one undoing, and the page that took it takes it no more.
        self.assertEqual(self.door().undo(self.code, line.ref).left, 500)
        view, is_there = self.door().redeem(self.code, {"amount": "120"}, ONCE)
        self.assertEqual((view.left, is_there), (Decimal(500), False))
        [line] = self.take("120", AGAIN).lines
        self.change(self.ref, lambda one: one.settle([line.ref], "s"))
        with self.assertRaises(CaseworkError):
            self.door().undo(self.code, line.ref)
        [line] = self.door().look(self.code).lines
        self.assertFalse(line.can_undo)

    def test_undo_of_what_is_spent_void_or_expired(self):
        [line] = self.take("500").lines
        self.assertEqual(self.door().undo(self.code, line.ref).left, 500)
        [line] = self.take("100", AGAIN).lines
        self.change(self.ref, lambda one: one.void(TODAY))
        view = self.door().look(self.code)
        self.assertEqual((view.left, view.expires), (0, None))
        self.assertEqual(self.door().undo(self.code, line.ref).left, 0)
        # Now there is nothing to do any more, so it is like any other code.
        with self.assertRaises(NotRedeemable):
            self.door().look(self.code)

    def test_a_lost_answer_is_given_again_whatever_has_happened_since(self):
        [line] = self.take("120").lines
        self.door().undo(self.code, line.ref)
        self.take("500", AGAIN, self.door(self.other_provider))
        self.assertEqual(self.door().undo(self.code, line.ref).lines, ())
        _view, is_there = self.door().redeem(self.code, {"amount": "120"}, ONCE)
        self.assertFalse(is_there)
        for act in (
            lambda door: door.look(self.code),
            lambda door: door.redeem(self.code, {"amount": "1"}, "1" * 24),
            lambda door: door.undo(self.code, "0" * 32),
        ):
            self.assertIsInstance(self.refused(act, self.door()), NotRedeemable)
        self.assertEqual(self.voucher(self.ref).redeemed, 500)

    def test_nobody_undoes_what_another_took(self):
        [line] = self.take("120").lines
        with self.assertRaises(NotRedeemable):
            self.door(self.other_provider).undo(self.code, line.ref)
        with self.assertRaises(NotRedeemable):
            self.door().undo(self.code, "0" * 32)
        self.assertEqual(self.voucher(self.ref).redeemed, 120)

    def test_several_providers_share_where_the_rule_allows(self):
        self.take("120")
        other = self.door(self.other_provider)
        view = other.look(self.code)
        self.assertEqual((view.left, view.lines), (Decimal(380), ()))
        self.take("80", AGAIN, other)
        self.assertEqual(
            [one.amount for one in self.door().look(self.code).lines], [120]
        )

    def test_one_provider_only_where_it_does_not(self):
        ref, code = self.make_voucher(splits=False)
        [line] = self.take(code=code).lines
        with self.assertRaises(NotRedeemable):
            self.door(self.other_provider).look(code)
        self.door().undo(code, line.ref)
        self.assertEqual(self.door(self.other_provider).look(code).left, 500)
        self.assertEqual(self.voucher(ref).redeemed, 0)

    def test_one_provider_goes_on_after_a_settlement(self):
        ref, code = self.make_voucher(splits=False)
        self.take(code=code)
        self.change(ref, lambda one: one.settle([one.uses[0].ref], "settlement"))
        left = self.door().look(code).left
        self.assertTrue(left)
        self.take(str(left), AGAIN, code=code)
        self.assertEqual(self.voucher(ref).left(TODAY), 0)
        with self.assertRaises(NotRedeemable):
            self.door(self.other_provider).look(code)

    def test_undo_after_the_contract_ended(self):
        """Who does not work for the company any more takes nothing, and can undo."""
        ref, code = self.make_voucher()
        [line] = self.take(code=code).lines
        self.provider.company_ids = self.make_other_company("Elsewhere")
        self.assertEqual(self.door().look(code).left, 0)
        with self.assertRaises(Unclear):
            self.take("5", AGAIN, code=code)
        self.door().undo(code, line.ref)
        self.assertEqual(self.voucher(ref).redeemed, 0)
        with self.assertRaises(NotRedeemable):
            self.door().look(code)

    def test_the_day_is_that_of_the_low_countries(self):
        """Half past midnight there is the evening before in UTC."""
        ref, code = self.make_voucher(today=date(2026, 12, 1), months=1)
        night = datetime(2026, 11, 30, 23, 30)
        self.door(now=night).redeem(code, {"amount": "5"}, ONCE)
        self.assertEqual(self.voucher(ref).uses[0].month, date(2026, 12, 1))
        late = datetime(2027, 1, 31, 23, 30)
        with self.assertRaises(NotRedeemable):
            self.door(now=late, provider=self.other_provider).look(code)

    def test_a_price_that_changed_is_shown_first(self):
        ref, code = self.make_voucher()
        typed = {"amount": "100"}
        _view, claim = self.door().claim(code, typed)
        self.provider.vat_rate += 3
        with self.assertRaises(Unclear):
            self.door().redeem(code, typed, ONCE, claim.mark)
        self.assertFalse(self.voucher(ref).uses)
        _view, claim = self.door().claim(code, typed)
        self.door().redeem(code, typed, ONCE, claim.mark)
        self.assertEqual(self.voucher(ref).uses[0].vat, claim.vat)

    def test_strangers_do_not_brake_providers(self):
        """Wrong keys from an address that providers share, as behind a proxy."""
        stranger = Throttle(self.env, "192.0.2.1", NOW)
        for _try in range(10):
            stranger.count()
        with self.assertRaises(Braked):
            stranger.check()
        self.assertTrue(self.door().look(self.code))

    # -- refusing -------------------------------------------------------------------

    def test_what_gives_nothing_is_one_answer(self):
        self.assertTrue(self.door().look(self.code))
        acts = {
            "look": lambda code: self.door().look(code),
            "check": lambda code: self.door().claim(code, {"amount": "5"}),
            "redeem": lambda code: self.take("5", AGAIN, code=code),
            "undo": lambda code: self.door().undo(code, "0" * 32),
        }
        for reason, code in self.make_refused().items():
            for act, call in acts.items():
                self.calm()
                with self.subTest(reason=reason, act=act):
                    refusal = self.refused(call, code)
                    self.assertIs(type(refusal), NotRedeemable)
                    self.assertEqual(refusal.args, ())
                    self.assertEqual(self.wrong_tries(), [1, 1])

    def test_an_expired_code_was_good_the_day_before(self):
        late = self.voucher(self.ref).expires + timedelta(days=1)
        now = NOW.replace(year=late.year, month=late.month, day=late.day)
        self.assertTrue(self.door(now=now - timedelta(days=1)).look(self.code))
        with self.assertRaises(NotRedeemable):
            self.door(now=now).look(self.code)

    # -- the brake ------------------------------------------------------------------

    def wrong(self, times, **where):
        for _time in range(times):
            refusal = self.refused(self.door(**where).look, voucher_code.draw())
            self.assertIs(type(refusal), NotRedeemable)

    def test_after_ten_wrong_ones_no_code_is_looked_at(self):
        self.wrong(throttle.MOST_WRONG)
        with self.assertRaises(Braked) as caught:
            self.door().look(self.code)
        self.assertEqual(caught.exception.minutes, 60)
        with self.assertRaises(Braked):
            self.take("5")
        next_hour = NOW + timedelta(minutes=60)
        self.assertTrue(self.door(now=next_hour).look(self.code))

    def test_minutes_to_wait_are_those_of_the_hour(self):
        half_past = NOW + timedelta(minutes=30, seconds=10)
        self.wrong(throttle.MOST_WRONG, now=half_past)
        with self.assertRaises(Braked) as caught:
            self.door(now=half_past).look(self.code)
        self.assertEqual(caught.exception.minutes, 30)

    def test_the_brake_is_of_the_provider_and_of_the_address(self):
        self.wrong(throttle.MOST_WRONG)
        for provider, address, is_braked in (
            (self.provider, "192.0.2.1", True),
            (self.provider, "198.51.100.9", True),
            (self.other_provider, "192.0.2.1", True),
            (self.other_provider, "198.51.100.9", False),
        ):
            door = self.door(provider, address=address)
            with self.subTest(provider=provider.name, address=address):
                if is_braked:
                    with self.assertRaises(Braked):
                        door.look(self.code)
                else:
                    self.assertTrue(door.look(self.code))

    def test_good_codes_are_not_counted(self):
        self.wrong(throttle.MOST_WRONG - 1)
        for _time in range(2 * throttle.MOST_WRONG):
            self.door().look(self.code)
        self.assertEqual(self.wrong_tries(), [9, 9])
        with self.assertRaises(Unclear):
            self.take("9999")
        self.assertEqual(self.wrong_tries(), [9, 9])

    def test_the_counters_name_nobody_and_no_hour(self):
        self.wrong(1)
        self.env.cr.execute("SELECT t::text FROM hr_career_throttle t")
        kept = str(self.env.cr.fetchall())
        for secret in ("192.0.2.1", f"|{self.provider.id}|", "2026"):
            self.assertNotIn(secret, kept)
        self.assertEqual(len({who for (who,) in self._column("who")}), 2)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["hr.career.housekeeping"]._cron_purge()
        self.assertEqual(self.wrong_tries(), [])

    def _column(self, name):
        self.env.cr.execute(f"SELECT {name} FROM hr_career_throttle")
        return self.env.cr.fetchall()

    # -- who is here ----------------------------------------------------------------

    def test_a_coach_redeems_for_the_own_provider(self):
        self.assertEqual(provider_of_login(self.env_of("coach")), self.provider)
        for login in ("other_coach", "victim", "finance", "hr_manager", "desk"):
            with self.subTest(login=login):
                self.assertFalse(provider_of_login(self.env_of(login)))
        public = self.env(user=self.env.ref("base.public_user").id, su=False)
        self.assertFalse(provider_of_login(public))
        self.provider.action_archive()
        self.assertFalse(provider_of_login(self.env_of("coach")))

    def test_a_coach_whose_login_is_closed_redeems_nothing(self):
        self.company.career_second_factor = True
        with self.assertRaises(DoorClosed):
            provider_of_login(self.env_of("coach"))
        self.assertFalse(provider_of_login(self.env_of("victim")))

    def test_nothing_is_sent_or_noted(self):
        counts = "SELECT (SELECT count(*) FROM mail_message), (SELECT count(*) FROM"
        counts += " mail_mail), (SELECT count(*) FROM hr_career_access),"
        counts += " (SELECT count(*) FROM hr_career_voucher)"
        self.env.flush_all()
        self.env.cr.execute(counts)
        before = self.env.cr.fetchall()
        [line] = self.take("120").lines
        self.door().undo(self.code, line.ref)
        self.env.flush_all()
        self.env.cr.execute(counts)
        self.assertEqual(self.env.cr.fetchall(), before)
