"""The vouchers of a case: made of its right, ended with it, and what comes back."""

from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from ..casework import case_vouchers, erasing, own_data, vouchers
from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import find, vault
from ..controllers.own_data_paper import own_data_pdf
from ..engine import values as v
from ..engine.spend import Spend
from ..vault import purged
from ..vault.keyring import load_keyring
from .common import NOW, TODAY
from .rights_case import RightsCase

PROVIDER = 7
LATER = NOW + relativedelta(months=14)


class VoucherCase(RightsCase):
    """A running case with a right of a thousand euros."""

    def setUp(self):
        super().setUp()
        self.set_right()
        self.ref = self.make_request()

    def case(self, now=NOW):
        return self.employee_door(now=now).case(self.ref)

    def make(self, quantity=""):
        """Make a voucher; return what its owner sees."""
        self.case().make_voucher(quantity)
        return self.case().view.vouchers.vouchers[0]

    def redeem(self, code, quantity, now=NOW):
        """Redeem as a provider does: with the code alone."""
        with vault(self.env) as inside:
            row, voucher = vouchers.by_code(inside, code, lock=True)
            spend = Spend.now(code[:24], PROVIDER, Decimal(quantity), now.date())
            vouchers.save(row, voucher.redeem(spend, now.date()))

    def stored(self, code):
        with vault(self.env) as inside:
            return vouchers.by_code(inside, code)[1]

    def all_totals(self, day=TODAY):
        """Return the sums over all vouchers; they always fit together."""
        with vault(self.env) as inside:
            found = [one.totals(day) for _row, one in vouchers.all_of(inside)]
        sums = [sum(parts) for parts in zip(*found, strict=True)]
        self.assertEqual(sums[0], sum(sums[1:]))
        return sums


@tagged("post_install", "-at_install")
class TestMaking(VoucherCase):
    def test_all_of_the_right(self):
        voucher = self.make()
        self.assertEqual(voucher.state, case_vouchers.OPEN)
        self.assertEqual(voucher.expires, date(2027, 6, 30))
        stored = self.stored(voucher.code)
        self.assertEqual((stored.value, stored.unit), (1000, v.AMOUNT))
        self.assertEqual(stored.company, self.company.id)
        self.assertEqual(stored.currency, "EUR")
        self.assertEqual(self.case().view.vouchers.room, "")

    def test_in_parts_up_to_the_right(self):
        self.make("250.50")
        self.make("700")
        self.assertEqual(self.case().view.vouchers.room, "49.5")
        with self.assertRaisesRegex(CaseworkError, "more than there is"):
            self.make("49.51")
        self.make("49.50")
        self.assertEqual(self.all_totals()[0], 1000)
        with self.assertRaises(CaseworkError):
            self.make()

    def test_amounts_that_are_none(self):
        for typed in ("0", "-1", "nan", "1e9", "x", "1,2,3", "0.001"):
            with self.subTest(typed), self.assertRaises(CaseworkError):
                self.make(typed)
        self.assertEqual(self.make("1,5").state, case_vouchers.OPEN)

    def test_sessions_are_whole(self):
        self.case().withdraw()
        self.set_right(unit="sessions", quantity=6)
        self.ref = self.make_request()
        with self.assertRaises(CaseworkError):
            self.make("1.5")
        self.assertEqual(self.make("2").left, "2 sessions")

    def test_validity_is_the_company_s(self):
        self.company.career_voucher_months = 1
        self.assertEqual(self.make().expires, date(2026, 7, 31))

    def test_a_right_that_does_not_split(self):
        self.rule.splits_vouchers = False
        self.assertFalse(self.stored(self.make().code).splits)

    def test_no_more_than_fit(self):
        for _nr in range(case_vouchers.MOST):
            self.make("1")
        with self.assertRaisesRegex(CaseworkError, "ask the desk"):
            self.make("1")

    def test_not_of_a_right_a_fund_pays(self):
        self.rule.payer = v.PAID_BY_FUND
        self.assertIsNone(self.case().view.vouchers)
        with self.assertRaises(CaseworkError):
            self.make()

    def test_not_of_a_right_in_a_currency_without_cents(self):
        self.rule.currency_id = self.env.ref("base.JPY")
        self.assertIsNone(self.case().view.vouchers)
        with self.assertRaises(CaseworkError):
            self.make()
        self.rule.currency_id = self.env.ref("base.EUR")
        self.assertTrue(self.make())

    def test_the_employee_alone(self):
        """Neither coach nor desk finds it, and nobody else's reference works."""
        voucher = self.make()
        self.desk_door().case(self.ref).assign(self.coaches["coach"].id)
        for case in (
            self.desk_door().case(self.ref),
            self.coach_door().case(self.ref),
        ):
            self.assertNotIn(voucher.code, repr(case.view))
            self.assertNotIn(voucher.shown, repr(case.view))
            self.assertFalse(case.view.vouchers)
            self.assertFalse(hasattr(case, "make_voucher"))
        self.assertIn(voucher.code, repr(self.case().view))
        other = self.make_request("colleague")
        with self.assertRaises(NotYours):
            self.employee_door("colleague").case(other).voucher(voucher.ref)
        with self.assertRaises(NotYours):
            self.employee_door("colleague").case(other).end_voucher(voucher.ref)

    def test_another_entry_is_no_voucher(self):
        note = self.case().write(c.NOTE, c.SELF, {"text": "Mine"})
        with self.assertRaises(NotYours):
            self.case().voucher(note)

    def test_in_the_own_data(self):
        """The code, and not where the voucher lies; also on paper."""
        voucher = self.make("250")
        data = own_data.collect(self.case())
        (text,) = [one for one in data["texts"] if one["kind"] == c.VOUCHER]
        self.assertEqual(text["fields"], {"voucher": voucher.shown})
        with vault(self.env) as inside:
            row, _stored = vouchers.by_code(inside, voucher.code)
            self.assertNotIn(row.ref, str(data))
        self.assertTrue(own_data_pdf(self.env, data).startswith(b"%PDF"))


@tagged("post_install", "-at_install")
class TestRightAndVouchers(VoucherCase):
    def left(self, now=NOW):
        return self.right(now=now).left

    def test_expired_gives_back_what_was_not_redeemed(self):
        """It counts in full to the last day, and then for what was redeemed."""
        voucher = self.make()
        self.redeem(voucher.code, 300)
        (use,) = self.ledger()
        self.assertEqual(
            (use.quantity, use.expires, use.redeemed), (1000, date(2027, 6, 30), 300)
        )
        self.assertEqual(use.counted(date(2027, 6, 30)), 1000)
        self.assertEqual(use.counted(date(2027, 7, 1)), 300)
        # Fourteen months later, inside the same interval of sixty.
        self.assertEqual((self.left(), self.left(LATER)), (0, 700))

    def test_partly_in_vouchers_expired_gives_back_that_part(self):
        voucher = self.make("400")
        self.redeem(voucher.code, 150)
        (use,) = self.ledger()
        self.assertEqual(
            (use.quantity, use.expires, use.redeemed), (1000, date(2027, 6, 30), 750)
        )
        self.assertEqual((self.left(), self.left(LATER)), (0, 250))

    def test_what_expired_first_is_back_while_another_is_valid(self):
        early = self.make("400")
        self.redeem(early.code, 150)
        self.company.career_voucher_months = 36
        self.make("500")
        # A hundred lies in no voucher; the second one is valid for two more years.
        self.assertEqual((self.left(), self.left(LATER)), (0, 250))
        (use,) = self.ledger(on_date=LATER.date())
        self.assertEqual((use.quantity, use.redeemed), (750, 250))

    def test_expired_is_not_made_again_here(self):
        self.make()
        late = self.case(LATER)
        self.assertEqual(late.view.vouchers.vouchers[0].state, case_vouchers.EXPIRED)
        self.assertEqual(late.view.vouchers.room, "")
        with self.assertRaises(CaseworkError):
            late.make_voucher("")

    def test_ended_comes_back(self):
        voucher = self.make("400")
        self.redeem(voucher.code, 150)
        self.case().end_voucher(voucher.ref)
        view = self.case().view.vouchers
        self.assertEqual(view.vouchers[0].state, case_vouchers.VOID)
        self.assertEqual(view.room, "850")
        self.assertEqual(self.all_totals(), [400, 150, 0, 250, 0])
        for act in ("end_voucher", "renew_voucher", "voucher"):
            with self.subTest(act), self.assertRaises(CaseworkError):
                getattr(self.case(), act)(voucher.ref)

    def test_made_anew_once(self):
        old = self.make()
        self.redeem(old.code, 100)
        self.case().renew_voucher(old.ref)
        new, void = self.case().view.vouchers.vouchers
        self.assertEqual((void.state, void.code), (case_vouchers.VOID, ""))
        self.assertNotEqual(new.code, old.code)
        self.assertEqual(self.stored(new.code).value, 900)
        self.assertEqual(new.expires, old.expires)
        self.assertFalse(new.can_renew)
        with self.assertRaises(CaseworkError):
            self.case().renew_voucher(new.ref)
        self.assertEqual(self.stored(old.code).left(TODAY), 0)
        (use,) = self.ledger()
        self.assertEqual((use.quantity, use.redeemed), (1000, 100))
        self.assertEqual(self.all_totals(), [1900, 100, 900, 900, 0])

    def test_withdrawn_before_anything_was_redeemed(self):
        voucher = self.make()
        self.case().withdraw()
        self.assertEqual(self.stored(voucher.code).left(TODAY), 0)
        self.assertEqual(self.left(), 1000)
        self.assertEqual(self.row(self.ref, "state"), c.RETURNED)

    def test_withdrawn_after_a_part_was_redeemed(self):
        voucher = self.make("600")
        self.redeem(voucher.code, 250)
        self.case().withdraw()
        self.assertEqual(self.left(), 750)
        self.assertIn("250", self.case().view.right)
        self.assertFalse(self.traject(self.ref, "is_unsettled"))

    def test_closed_with_all_in_vouchers(self):
        """The desk has nothing to record."""
        self.case().withdraw()
        self.ref = self.make_active()
        voucher = self.make()
        self.redeem(voucher.code, 400)
        self.case().close([])
        self.assertFalse(self.traject(self.ref, "is_unsettled"))
        self.assertEqual(self.stored(voucher.code).left(TODAY), 0)
        self.assertEqual(self.left(), 600)

    def test_closed_with_a_part_in_vouchers(self):
        """The desk records what was used besides, of what lay in no voucher."""
        self.case().withdraw()
        self.ref = self.make_active()
        voucher = self.make("600")
        self.redeem(voucher.code, 200)
        self.case().close([])
        self.assertTrue(self.traject(self.ref, "is_unsettled"))
        self.assertEqual(self.left(), 400)
        desk = self.desk_door().case(self.ref)
        self.assertEqual(desk.view.deciding.most, "400")
        with self.assertRaises(CaseworkError):
            desk.settle("400.01")
        desk.settle("150")
        self.assertEqual(self.left(), 650)
        self.assertIn("350", self.case().view.right)

    def test_undone_after_closing_comes_back_too(self):
        self.case().withdraw()
        self.ref = self.make_active()
        voucher = self.make()
        self.redeem(voucher.code, 400)
        self.case().close([])
        with vault(self.env) as inside:
            row, stored = vouchers.by_code(inside, voucher.code, lock=True)
            vouchers.save(row, stored.undo(stored.uses[0].ref, TODAY))
        self.assertEqual(self.left(), 1000)

    def test_deleted_for_good(self):
        """What was used stays; nothing leads from the ledger to a voucher."""
        voucher = self.make()
        self.redeem(voucher.code, 300)
        self.case().withdraw()
        with vault(self.env) as inside:
            traject = find(inside, self.ref, [])
            erasing.erase(inside, traject, TODAY)
        self.assertEqual(self.left(), 700)
        with vault(self.env) as inside:
            (row,) = inside["hr.career.right.use"].search([])
            sealed = case_vouchers.uses._open(row)
        self.assertEqual((sealed.quantity, sealed.vouchers), (300, ()))
        self.assertEqual(self.stored(voucher.code).redeemed, 300)

    def test_deleted_again_after_a_backup(self):
        """The case is back as it was, with vouchers that are open."""
        early, late = self.make("400"), self.make("500")
        self.redeem(early.code, 150)
        purged.add(load_keyring(), [self.ref])
        self.assertEqual(erasing.erase_again(self.env(su=True), TODAY), 1)
        self.assertEqual(
            [self.stored(one.code).left(TODAY) for one in (early, late)], [0, 0]
        )
        self.assertEqual(self.left(), 850)
        self.assertEqual(self.all_totals(), [900, 150, 0, 750, 0])

    def test_deleted_again_when_the_work_had_begun(self):
        """Also what lies in no voucher counts then: nobody can say it was not used."""
        self.case().withdraw()
        self.ref = self.make_active()
        voucher = self.make("400")
        self.redeem(voucher.code, 150)
        with vault(self.env) as inside:
            erasing.erase(inside, find(inside, self.ref, []), TODAY)
        self.assertEqual(self.stored(voucher.code).left(TODAY), 0)
        self.assertEqual(self.left(), 250)

    def test_undone_after_deleting_stays_used(self):
        """Nothing leads to the right any more: the page says so before."""
        voucher = self.make()
        self.redeem(voucher.code, 300)
        self.case().withdraw()
        with vault(self.env) as inside:
            erasing.erase(inside, find(inside, self.ref, []), TODAY)
            row, stored = vouchers.by_code(inside, voucher.code, lock=True)
            vouchers.save(row, stored.undo(stored.uses[0].ref, TODAY))
        self.assertEqual(self.left(), 700)

    def test_queries_do_not_grow(self):
        self.make("1")
        numbers = [self.people["victim"].id, self.people["colleague"].id]

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            with vault(self.env):
                self.ledger_of(numbers)
            return self.env.cr.sql_log_count - before

        few = count()
        for _nr in range(8):
            self.make("1")
        self.make_request("colleague")
        self.assertEqual(count(), few)

    def ledger_of(self, numbers):
        return case_vouchers.uses.uses_of(self.env, numbers, TODAY)
