"""How much of a right a request takes, what comes back, and the ledger's months."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..casework import constants as c
from ..casework import reserving
from ..casework.errors import CaseworkError
from ..casework.use_rows import Sealed
from ..engine import values as v
from ..vault import sealing
from ..vault.keyring import load_keyring
from .common import NOW, TODAY
from .rights_case import RightsCase


@tagged("post_install", "-at_install")
class TestReserving(RightsCase):
    def test_all_of_it_when_nothing_is_chosen(self):
        self.set_right()
        self.make_request()
        (use,) = self.ledger()
        self.assertEqual((use.quantity, use.granted), (1000, 1000))
        self.assertEqual(use.rule_key, f"{self.agreement.id}/traject")

    def test_a_part_that_is_chosen(self):
        for unit, typed in (
            ("amount", "250.50"),
            ("amount", "250,50"),
            ("hours", "7.25"),
            ("days", "2.5"),
            ("sessions", "3"),
        ):
            with self.subTest(unit, typed=typed):
                self.set_right(unit=unit)
                ref = self.make_request(quantity=typed)
                exact = Decimal(typed.replace(",", "."))
                self.assertEqual(self.use_of(ref).quantity, exact)
                self.assertEqual(self.right().left, 1000 - exact)
                self.employee_door().case(ref).withdraw()

    def test_what_cannot_be_chosen(self):
        """More than there is, nothing, a part of a session, and what is no number."""
        for unit, typed in (
            ("amount", "1000.01"),
            ("amount", "0"),
            ("amount", "-5"),
            ("amount", "0.001"),
            ("amount", "NaN"),
            ("amount", "much"),
            ("sessions", "2.5"),
            ("trajects", "2"),
        ):
            with self.subTest(unit, typed=typed):
                self.set_right(unit=unit)
                with self.assertRaises(CaseworkError):
                    self.make_request(quantity=typed)
                self.assertEqual(self.ledger(), [])
        self.set_right()
        self.assertTrue(self.make_request(quantity="1000"))

    def test_one_of_what_is_counted(self):
        """Trajects, scans and vouchers: one request takes one of them."""
        for unit in ("trajects", "scans", "vouchers"):
            with self.subTest(unit):
                self.set_right(unit=unit, quantity=3)
                ref = self.make_request()
                self.assertEqual(self.use_of(ref).quantity, 1)
                self.assertEqual(self.right().left, 2)
                self.employee_door().case(ref).withdraw()

    def test_saved_without_the_advance(self):
        """An accrual: what was saved, and more only for who asks for it."""
        self.set_right(
            quantity=900,
            interval_kind="accrual",
            interval_months=12,
            block_origin=date(2024, 1, 1),
            accrual_timing="at_start",
            saving_months=36,
            advance_periods=3,
        )
        left = self.right().left
        self.assertEqual(left, 2700 + 2700)
        ref = self.make_request()
        self.assertEqual(self.use_of(ref).quantity, 2700)
        self.employee_door().case(ref).withdraw()
        ref = self.make_request(quantity="5400")
        self.assertEqual(self.use_of(ref).quantity, 5400)
        self.assertEqual(self.right().left, 0)
        self.employee_door().case(ref).withdraw()
        with self.assertRaises(CaseworkError):
            self.make_request(quantity="5400.01")

    def test_granted_is_what_the_engine_says(self):
        """A part-timer's own part, not the number in the rule."""
        self.set_right(prorate_fte=True, full_time_hours=80)
        answer = self.right()
        self.assertLess(answer.granted, 1000)
        self.make_request()
        self.assertEqual(self.ledger()[0].granted, answer.granted)
        self.assertEqual(self.right().left, 0)

    @given(st.decimals(min_value="0.0001", max_value=10**9, places=4))
    def test_the_ledger_is_exact(self, quantity):
        """What is written is what is read: no float drifts in between."""
        ring, ref = load_keyring(), sealing.new_ref()
        sealed = Sealed(quantity, quantity).seal(ring, ref)
        self.assertEqual(Sealed.open(ring, ref, sealed).quantity, quantity)

    def test_ten_times_a_tenth(self):
        self.set_right(unit="hours", quantity=1)
        for _nr in range(10):
            ref = self.make_active(quantity="0.1")
            self.employee_door().case(ref).close([])
        self.assertEqual(sum(use.quantity for use in self.ledger()), 1)
        self.assertEqual(self.right().status, v.USED_UP)

    # -- what comes back -------------------------------------------------------------

    def test_settle_gives_the_rest_back(self):
        self.set_right()
        ref = self.make_active()
        self.assertEqual(self.desk_door().case(ref).view.actions, frozenset())
        self.employee_door().case(ref).close([])
        self.assertTrue(self.desk_door().inbox()[0].needs_action)
        case = self.desk_door().case(ref)
        self.assertEqual(case.view.deciding.most, "1000")
        for wrong in ("1000.01", "-1", "", "some"):
            with self.subTest(wrong), self.assertRaises(CaseworkError):
                case.settle(wrong)
        self.assertEqual(self.right().status, v.USED_UP)
        case.settle("600.50")
        self.assertEqual(self.ledger()[0].quantity, Decimal("600.50"))
        self.assertEqual(self.right().left, Decimal("399.50"))
        own = self.employee_door().case(ref).view
        self.assertIn("600.50", own.right)
        self.assertIn("1,000.00", own.right)
        with self.assertRaises(CaseworkError):
            case.settle("1")
        self.assertFalse(self.desk_door().inbox()[0].needs_action)

    def test_settle_nothing_used(self):
        self.set_right()
        ref = self.make_aftercare()
        self.desk_door().case(ref).settle("0")
        self.assertTrue(self.ledger()[0].returned)
        self.assertEqual(self.right().left, 1000)

    def test_stopped_halfway_is_settled_too(self):
        """The desk finds the case until it has recorded what was used, then no more."""
        self.set_right()
        ref = self.make_active()
        self.employee_door().case(ref).withdraw()
        self.assertEqual(self.right().left, 0)
        case = self.desk_door().case(ref)
        self.assertEqual(case.view.actions, {c.SETTLE})
        case.settle("100")
        self.assertEqual(self.right().left, 900)
        self.assertEqual(self.desk_door().inbox(), [])

    def test_nothing_to_settle(self):
        """Before the first session all of it is back; a scan is used or it is not."""
        self.set_right()
        ref = self.make_agreed()
        self.employee_door().case(ref).withdraw()
        self.assertFalse(self.traject(ref, "is_unsettled"))
        self.set_right(unit="scans", quantity=2)
        ref = self.make_aftercare()
        self.assertFalse(self.traject(ref, "is_unsettled"))
        self.assertEqual(self.right().left, 1)

    # -- months ----------------------------------------------------------------------

    def test_rolling_from_completion(self):
        """It does not come back while the traject runs, and counts from its end."""
        self.set_right(unit="trajects", quantity=1, interval_kind="rolling_completion")
        ref = self.make_active()
        running = self.right()
        self.assertEqual(running.status, v.USED_UP)
        self.assertTrue(running.has_reason(v.COMPLETION_PENDING))
        later = datetime(2026, 9, 20, 9, 0)
        self.employee_door(now=later).case(ref).close([])
        self.assertEqual(self.row(ref, "completed"), date(2026, 9, 1))
        self.assertEqual(self.right(now=later).next_date, date(2031, 9, 1))

    def test_month_of_the_request_in_favour_of_the_employee(self):
        """Asked on the 15th: back on the 1st, sixty months later; never a day later."""
        self.set_right()
        self.make_request()
        self.assertEqual(self.ledger()[0].on, date(2026, 6, 1))
        self.assertEqual(self.right().next_date, date(2031, 6, 1))

    def test_blocks_that_begin_within_the_month(self):
        """A use after the day counts in the new block, though only months are kept."""
        for kind, values in (
            ("employment_years", {"interval_months": 12}),
            (
                "calendar_block",
                {"interval_months": 12, "block_origin": date(2020, 6, 10)},
            ),
        ):
            with self.subTest(kind):
                self.people["victim"].version_id.write(
                    {
                        "date_version": date(2015, 6, 10),
                        "contract_date_start": date(2015, 6, 10),
                    }
                )
                self.set_right(interval_kind=kind, **values)
                before = NOW.replace(day=9)
                ref = self.make_active(now=before)
                self.assertEqual(self.right(now=before).left, 0)
                self.employee_door(now=before).case(ref).close([])
                self.assertEqual(self.right(now=before).left, 0)
                # The next day a new block begins; its use may not fall in the old one.
                after = NOW.replace(day=10)
                self.assertEqual(self.right(now=after).left, 1000)
                ref = self.make_active(now=after)
                self.assertEqual(self.right(now=after).left, 0)
                self.assertEqual(self.row(ref, "month"), date(2026, 7, 1))
                for later in (
                    NOW.replace(day=30),
                    NOW.replace(month=7, day=1),
                    NOW.replace(year=2027, day=9),
                ):
                    self.assertEqual(self.right(now=later).left, 0, later)
                again = NOW.replace(year=2027, day=10)
                self.assertEqual(self.right(now=again).left, 1000)
                self.employee_door(now=after).case(ref).close([])

    def test_once_in_the_month_of_the_first_day(self):
        """Hired on the 10th, asked on the 15th: once is once."""
        start = date(2026, 6, 10)
        self.people["victim"].version_id.write(
            {"date_version": start, "contract_date_start": start}
        )
        self.set_right(interval_kind="once", interval_months=0)
        ref = self.make_aftercare()
        self.assertEqual(self.right().status, v.USED_UP)
        for later in (NOW.replace(month=7, day=1), NOW.replace(year=2030)):
            self.assertEqual(self.right(now=later).status, v.USED_UP)
        self.assertEqual(self.row(ref, "completed"), date(2026, 6, 1))

    # -- versions --------------------------------------------------------------------

    def test_a_new_version_during_the_traject(self):
        """What was granted stays, the work goes on, and the new text counts after."""
        self.set_right(
            versions=[
                ({"name": "Old", "valid_from": date(2019, 1, 1)}, {}),
                (
                    {"name": "New", "valid_from": date(2026, 8, 1)},
                    {"quantity": 400, "interval_months": 72},
                ),
            ]
        )
        old = self.agreement.version_ids.rule_ids.filtered(
            lambda one: one.quantity == 1000
        )
        ref = self.make_request(rule_id=old.id, quantity="700")
        later = NOW.replace(month=9)
        answer = self.right(now=later)
        self.assertEqual((answer.granted, answer.left), (1000, 300))
        self.desk_door(now=later).case(ref).assign(self.coaches["coach"].id)
        work = self.coach_door(now=later).case(ref)
        work.accept()
        self.assertEqual(self.ledger(on_date=later.date())[0].quantity, 700)
        # The interval of sixty months stays sixty months.
        self.employee_door(now=later).case(ref).withdraw()
        self.assertEqual(self.right(now=later).left, 400)

    def test_uses_count_across_versions(self):
        self.set_right(
            versions=[
                ({"valid_from": date(2019, 1, 1)}, {}),
                ({"valid_from": date(2026, 8, 1)}, {"quantity": 1500}),
            ]
        )
        old = self.agreement.version_ids.rule_ids.filtered(
            lambda one: one.quantity == 1000
        )
        self.make_request(rule_id=old.id)
        self.assertEqual(self.right().status, v.USED_UP)
        self.assertEqual(
            self.right(now=NOW.replace(month=9)).next_date, date(2031, 6, 1)
        )


class TestReservingIsPure(RightsCase):
    def test_what_the_desk_may_open(self):
        """A number in the text is the most; of a percentage the desk says how much."""
        able = reserving.decidable(self.set_right(advance_periods=0))
        self.assertEqual((able.usual, able.most), (1000, 1000))
        able = reserving.decidable(self.set_right(unit="scans"))
        self.assertEqual((able.usual, able.can_choose), (1, False))
        rule = self.set_right(
            basis="salary_percent",
            quantity=2,
            interval_kind="accrual",
            interval_months=1,
            cap=500,
        )
        able = reserving.decidable(rule)
        self.assertEqual((able.usual, able.most), (0, 500))
        self.assertFalse(able.holds(Decimal(0)))
        self.assertTrue(able.holds(Decimal(500)))
        self.assertEqual(TODAY.year, 2026)
