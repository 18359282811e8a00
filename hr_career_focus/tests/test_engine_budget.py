"""The ledger of a budget line, against a clerk who keeps four piles of money."""

import json
import unittest
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ..engine import budget as b

MONTH = date(2026, 5, 1)
WHO = st.sampled_from(("AAAA", "BBBB", "CCCC"))
#: Few and small, so that limits are met exactly, from both sides.
SUMS = st.integers(1, 60).map(lambda cents: Decimal(cents) / 4)


def move(kind, amount, about="", **more):
    return b.Move(kind, Decimal(amount), more.pop("month", MONTH), about, **more)


class Clerk(RuleBasedStateMachine):
    """Four piles and a box for each measure; the ledger must say the same."""

    capped = True

    def __init__(self):
        super().__init__()
        self.ledger = b.Ledger(capped=self.capped)
        self.free = Decimal(0)
        self.boxes = {}

    def box(self, who):
        return self.boxes.setdefault(
            who, {"reserved": Decimal(0), "committed": Decimal(0), "spent": Decimal(0)}
        )

    def take(self, one, can, *, most):
        """Give ``one`` to the ledger, which must take it exactly when ``can``."""
        if can:
            self.ledger = self.ledger.after(one)
            return True
        with pytest.raises(b.Refused) as refused:
            self.ledger.after(one)
        assert refused.value.code in (b.NO_ROOM, b.TOO_MUCH)
        assert refused.value.most == most
        return False

    def enough(self, needed):
        return not self.capped or needed <= self.free

    @rule(who=WHO, amount=SUMS)
    def reserve(self, who, amount):
        one = move(b.RESERVE, amount, who)
        if self.take(one, self.enough(amount), most=max(self.free, 0)):
            self.free -= amount
            self.box(who)["reserved"] += amount

    @rule(who=WHO, amount=SUMS)
    def commit(self, who, amount):
        box = self.box(who)
        aside = min(amount, box["reserved"])
        one = move(b.COMMIT, amount, who)
        most = self.free + box["reserved"]
        if self.take(one, self.enough(amount - aside), most=most):
            box["reserved"] -= aside
            box["committed"] += amount
            self.free -= amount - aside

    @rule(who=WHO, amount=SUMS)
    def spend(self, who, amount):
        box = self.box(who)
        aside = min(amount, box["committed"])
        one = move(b.SPEND, amount, who)
        most = self.free + box["committed"]
        if self.take(one, self.enough(amount - aside), most=most):
            box["committed"] -= aside
            box["spent"] += amount
            self.free -= amount - aside

    @rule(who=WHO, amount=SUMS)
    def release(self, who, amount):
        box = self.box(who)
        has = box["reserved"] + box["committed"]
        one = move(b.RELEASE, amount, who, why=b.FINISHED)
        if self.take(one, amount <= has, most=has):
            first = min(amount, box["reserved"])
            box["reserved"] -= first
            box["committed"] -= amount - first
            self.free += amount

    @rule(amount=SUMS, sign=st.sampled_from((1, -1)))
    def correct(self, amount, sign):
        one = move(b.CORRECT, sign * amount, why=b.BY_HAND)
        can = sign > 0 or self.enough(amount)
        if self.take(one, can, most=max(self.free, 0)):
            self.free += sign * amount

    @rule(who=WHO, amount=SUMS)
    def spent_comes_back(self, who, amount):
        box = self.box(who)
        one = move(b.CORRECT, amount, who, why=b.BY_HAND)
        if self.take(one, amount <= box["spent"], most=box["spent"]):
            box["spent"] -= amount
            self.free += amount

    @invariant()
    def says_the_same(self):
        balance = self.ledger.balance
        assert balance.left == self.free
        for name in ("reserved", "committed", "spent"):
            piled = sum((box[name] for box in self.boxes.values()), Decimal(0))
            assert getattr(balance, name) == piled
            for who, box in self.boxes.items():
                assert getattr(self.ledger.part(who), name) == box[name] >= 0
        if self.capped:
            assert balance.left >= 0

    @invariant()
    def is_kept_whole(self):
        kept = json.loads(json.dumps(self.ledger.to_json()))
        assert b.Ledger.from_json(kept) == self.ledger


class FreeClerk(Clerk):
    capped = False


for clerk in (Clerk, FreeClerk):
    clerk.TestCase.settings = settings(
        max_examples=30, stateful_step_count=25, deadline=None
    )


class TestClerk(Clerk.TestCase):
    """With a ceiling."""


class TestFreeClerk(FreeClerk.TestCase):
    """Without one."""


class TestLedger(unittest.TestCase):
    def setUp(self):
        super().setUp()
        ledger = b.Ledger().after(move(b.CORRECT, 100, why=b.PLANNED))
        ledger = ledger.after(move(b.RESERVE, 60, "AAAA", once="x"))
        self.ledger = ledger.after(move(b.COMMIT, 60, "AAAA"))

    def test_the_same_again_is_one_move(self):
        again = self.ledger.after(move(b.RESERVE, 60, "AAAA", once="x"))
        self.assertEqual(again, self.ledger)
        self.assertIs(self.ledger.after(None), self.ledger)

    def test_any_change_of_what_was_kept_is_seen(self):
        for change in (
            lambda moves: moves.pop(0),
            lambda moves: moves.pop(1),
            lambda moves: moves.reverse(),
            lambda moves: moves.append(dict(moves[-1])),
            lambda moves: moves[1].update(amount="6"),
            lambda moves: moves[1].update(about="BBBB"),
            lambda moves: moves[1].update(month="2026-04-01"),
            lambda moves: moves[1].update(why=b.FINISHED),
            lambda moves: moves[1].update(note="!"),
            lambda moves: moves[1].update(link=""),
        ):
            kept = self.ledger.to_json()
            b.Ledger.from_json(kept)
            change(kept["moves"])
            with self.assertRaises(b.Broken):
                b.Ledger.from_json(kept)

    def test_what_is_no_ledger_is_said_to_be_none(self):
        for kept in (
            {},
            {"moves": None, "capped": True},
            {"moves": [{}], "capped": True},
            {"moves": [{"kind": "gift"}], "capped": True},
            {"moves": [dict(self.ledger.to_json()["moves"][0], amount="x")]},
            [],
            None,
        ):
            with self.assertRaises(b.Broken):
                b.Ledger.from_json(kept)

    def test_no_amount_is_no_move(self):
        for amount in ("0", "-1", "0.001", "1e11", "0.005"):
            with self.assertRaises(b.Refused) as refused:
                self.ledger.after(move(b.RESERVE, amount, "BBBB"))
            self.assertEqual(refused.exception.code, b.NO_AMOUNT)
        self.assertTrue(self.ledger.after(move(b.RESERVE, "0.01", "BBBB")))

    def test_moves_that_cannot_be_made(self):
        for kind, amount, month, about in (
            ("gift", Decimal(1), MONTH, "A"),
            (b.RESERVE, 1.5, MONTH, "A"),
            (b.RESERVE, Decimal("NaN"), MONTH, "A"),
            (b.RESERVE, Decimal(1), date(2026, 5, 2), "A"),
            (b.RESERVE, Decimal(1), MONTH, ""),
        ):
            with self.assertRaises((TypeError, ValueError)):
                b.Move(kind, amount, month, about)

    def test_the_rest_comes_back_with_the_reason(self):
        ledger = self.ledger.after(move(b.SPEND, 15, "AAAA"))
        ledger = ledger.after(ledger.rest("AAAA", MONTH, b.FINISHED))
        part = ledger.part("AAAA")
        self.assertEqual((part.open, part.spent, part.why), (0, 15, b.FINISHED))
        self.assertEqual(ledger.balance.left, 85)
        self.assertIsNone(ledger.rest("AAAA", MONTH, b.FINISHED))

    def test_a_bill_taken_back_is_as_if_it_had_not_been(self):
        """Whatever was paid besides it, and also when the rest was given back."""
        for bills, wrong in ((("20", "5"), "5"), (("40",), "40"), (("4", "50"), "4")):
            with self.subTest(bills=bills, wrong=wrong):
                paid = without = self.ledger
                rest = list(bills)
                rest.remove(wrong)
                for amount in bills:
                    paid = paid.after(move(b.SPEND, amount, "AAAA"))
                for amount in rest:
                    without = without.after(move(b.SPEND, amount, "AAAA"))
                for once in ("", "bill"):
                    back = paid.without_bill("AAAA", Decimal(wrong), MONTH, once)
                    self.assertEqual(back.balance, without.balance)
                    self.assertEqual(back.bills("AAAA"), tuple(map(Decimal, rest)))
                self.assertEqual(
                    back.without_bill("AAAA", Decimal(wrong), MONTH, "bill"), back
                )
                given = paid.after(paid.rest("AAAA", MONTH, b.FINISHED))
                given = given.without_bill("AAAA", Decimal(wrong), MONTH)
                self.assertEqual(given.part("AAAA").spent, sum(map(Decimal, rest)))
                with self.assertRaises(b.Refused):
                    back.without_bill("AAAA", Decimal(wrong), MONTH, "again")

    def test_one_case_counts_once(self):
        """However many measures it has: a figure tells no more of one person."""
        ledger = b.Ledger(capped=False)
        for number, (whose, month) in enumerate(
            (
                ("case1", MONTH),
                ("case1", MONTH),
                ("case1", date(2027, 1, 1)),
                ("case2", date(2027, 1, 1)),
            )
        ):
            about = f"A{number}"
            ledger = ledger.after(move(b.RESERVE, 5, about, whose=whose))
            ledger = ledger.after(move(b.SPEND, 5, about, month=month))
        self.assertEqual([len(ledger.helped(year)) for year in (2026, 2027)], [1, 1])

    def test_cases_of_a_year(self):
        """Each counts once, in the year money was first spent on it."""
        june = date(2027, 6, 1)
        ledger = self.ledger.after(move(b.SPEND, 10, "AAAA"))
        ledger = ledger.after(move(b.SPEND, 10, "AAAA", month=june))
        ledger = ledger.after(move(b.SPEND, 5, "BBBB", month=june))
        self.assertEqual([len(ledger.helped(y)) for y in (2025, 2026, 2027)], [0, 1, 1])
        back = ledger.after(move(b.CORRECT, 5, "BBBB", month=june))
        self.assertFalse(back.helped(2027))

    def test_room(self):
        self.assertTrue(self.ledger.has_room(Decimal(40)))
        self.assertFalse(self.ledger.has_room(Decimal("40.01")))
        self.assertTrue(b.Ledger(capped=False).has_room(Decimal(10)))
