"""Closing a period while others redeem and undo: on real parallel connections."""

import random
import time
from datetime import datetime
from types import SimpleNamespace
from unittest.mock import patch

from money_races import MoneyRaces

from odoo.service import model
from odoo.tests import tagged

IN_JUNE = datetime(2026, 6, 12, 9, 0)
ROUNDS = 40
#: Vouchers that were used before; as many are undone, used again, and two close.
USED = 7


@tagged("post_install", "-at_install")
class TestRacesForClosing(MoneyRaces):
    def setUp(self):
        super().setUp()
        # Shorter waits between two tries; what is tried is the same.
        quick = SimpleNamespace(uniform=lambda _from, _to: random.random() / 20)
        patcher = patch.object(model, "random", quick)
        patcher.start()
        self.addCleanup(patcher.stop)

    def used(self):
        """Issue vouchers and use each in May; return [(ref, code, number)]."""
        found = []
        with self.connection() as env:
            for _one in range(USED):
                ref, code = self.issue(env)
                found.append((ref, code, self.redeem(env, code, 100)))
        return found

    def close_later(self, tenths):
        """Return an act that closes after a while."""

        def act(env):
            time.sleep(tenths / 10)
            return self.close(env)

        return act

    def uses(self, ref):
        money, _ledger = self.state()
        return money.vouchers[ref].uses

    def test_closing_while_undoing_and_redeeming(self):
        """Each use is undone or settled, never both; nothing of June gets in."""
        outcomes = set()
        for number in range(ROUNDS):
            some = self.used()
            undoing = some[: number % 3 + 1]
            acts = [
                (None, lambda env, code=code, once=once: self.undo(env, code, once))
                for _ref, code, once in undoing
            ]
            acts += [
                (None, lambda env, code=code: self.redeem(env, code, 9, "", IN_JUNE))
                for _ref, code, _once in some
            ]
            # Now and then later, so that some are undone in time on every machine.
            acts += [(None, self.close), (None, self.close_later(number % 4))]
            if number % 2:
                acts[-2] = acts[-1]
            random.shuffle(acts)
            results = self.race(*acts)
            found, money, _ledger = self.problems()
            self.assertEqual(found, [], results)
            settled = {one.ref for one in money.settlements}
            for ref, _code, once in some:
                may = money.vouchers[ref].by_once(once)
                self.assertFalse(may.undone and may.settlement)
                self.assertIn(may.settlement, {"", *settled})
                [june] = [one for one in money.vouchers[ref].uses if one.once != once]
                self.assertEqual((june.amount, june.settlement), (9, ""))
            for ref, _code, once in undoing:
                one = money.vouchers[ref].by_once(once)
                outcomes.add("undone" if one.undone else "settled")
            # Whoever lost against the closing was told so, and nothing else failed.
            lost = [one for one in results if isinstance(one, Exception)]
            self.assertTrue(all("settlement already" in str(one) for one in lost), lost)
        self.assertEqual(outcomes, {"undone", "settled"})

    def test_one_closing_wins(self):
        """Eight times the same closing settles each voucher once."""
        some = self.used()
        results = self.race(*[(None, self.close)] * 8)
        made = [ref for one in results for ref in one]
        self.assertEqual(len(made), 1, results)
        found, money, _ledger = self.problems()
        self.assertEqual(found, [])
        self.assertEqual(
            {one.settlement for ref, *_rest in some for one in self.uses(ref)},
            set(made),
        )
        self.assertEqual(money.settlements[0].total, 100 * USED)
