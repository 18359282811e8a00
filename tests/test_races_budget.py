"""The last euro of a budget, and many at once who want it."""

import threading
from datetime import date
from decimal import Decimal

from parallel import ParallelCase

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework import DeskDoor, EmployeeDoor, budgets
from odoo.addons.hr_career_focus.casework import budget_words as w
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.errors import CaseworkError
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.engine import budget as b
from odoo.addons.hr_career_focus.tests.common import NOW, TODAY

CONNECTIONS = 16
ROUNDS = 20
MONTH = date(2026, 6, 1)


@tagged("post_install", "-at_install")
class TestRacesForTheBudget(ParallelCase):
    def setUp(self):
        super().setUp()
        with self.connection() as env:
            budget = env["hr.career.budget"].create(
                {
                    "name": "Moves 2026",
                    "company_id": self.keep["company"],
                    "date_from": date(2026, 1, 1),
                    "date_to": date(2026, 12, 31),
                    "currency_id": env.ref("base.EUR").id,
                    "line_ids": [Command.create({"kind": w.TRAINING, "planned": 100})],
                }
            )
            budget.action_open()
            self.line_id = budget.line_ids[0].id
        self.addCleanup(self.forget)

    def forget(self):
        with self.connection() as env:
            for table in ("budget_ledger", "budget_line", "budget"):
                env.cr.execute(f"DELETE FROM hr_career_{table}")

    def ledger(self):
        with self.connection() as env, vault(env) as inside:
            line = inside[budgets.LINE].browse(self.line_id)
            return budgets.ledgers(inside, line)[self.line_id]

    def taking(self, kind, amount, about):
        """Return an act that adds a move, as a door does."""

        def act(env):
            move = b.Move(kind, Decimal(amount), MONTH, about)
            with vault(env) as inside:
                line = inside[budgets.LINE].browse(self.line_id)
                try:
                    budgets.change(inside, line, lambda ledger: ledger.after(move))
                except b.Refused as refused:
                    raise CaseworkError(refused.code) from None
            return about

        return None, act

    def test_sixteen_for_the_last_euro(self):
        """Every time exactly one gets it; nothing is lost and nothing overdrawn."""
        self.act(*self.taking(b.RESERVE, 99, "FIRST"))
        for number in range(ROUNDS):
            names = [f"R{number}-{one}" for one in range(CONNECTIONS)]
            results = self.race(*(self.taking(b.RESERVE, 1, name) for name in names))
            winner = self.one_winner(results)
            ledger = self.ledger()
            self.assertEqual(ledger.balance.left, 0)
            taken = [name for name in names if ledger.part(name).reserved]
            self.assertEqual(taken, [winner])
            self.act(*self.taking(b.RELEASE, 1, winner))
        self.assertEqual(self.ledger().balance.left, 1)
        self.assertEqual(len(self.ledger().moves), 2 + 2 * ROUNDS)

    def test_all_that_fits_is_taken(self):
        """Sixteen who fit in all get theirs: no move is lost to another one."""
        names = [f"N{one}" for one in range(CONNECTIONS)]
        results = self.race(*(self.taking(b.RESERVE, 6, name) for name in names))
        self.assertEqual(results, names)
        self.assertEqual(self.ledger().balance.left, 100 - 6 * CONNECTIONS)

    def test_while_the_night_mixes(self):
        """The night waits for who is writing, and who is writing is run again."""
        done = threading.Event()
        nights = []

        def nights_on_end():
            while not done.wait(0.5):
                with self.connection() as env, vault(env) as inside:
                    budgets.mix(inside, TODAY)
                    nights.append(1)

        night = threading.Thread(target=nights_on_end)
        night.start()
        try:
            names = [f"N{one}" for one in range(8)]
            results = self.race(*(self.taking(b.RESERVE, 5, name) for name in names))
        finally:
            done.set()
            night.join(60)
        self.assertEqual(results, names)
        self.assertTrue(nights)
        self.assertEqual(self.ledger().balance.reserved, 40)

    def test_two_people_through_their_doors(self):
        refs = {
            login: self.act(
                login, lambda env: EmployeeDoor(env, now=NOW).request(c.CAREER_FOCUS)
            )
            for login in ("victim", "colleague")
        }

        def asking(ref):
            return lambda env: (
                EmployeeDoor(env, now=NOW)
                .case(ref)
                .ask_measure(w.TRAINING, "60", "A course")
            )

        results = self.race(*((login, asking(ref)) for login, ref in refs.items()))
        self.one_winner(results)
        self.assertEqual(self.ledger().balance.reserved, 60)
        rows = "SELECT count(*) FROM hr_career_entry WHERE kind = 'measure'"
        self.assertEqual(self.numbers(rows), [1])

    def test_promised_in_two_windows_and_taken_back_in_a_third(self):
        ref = self.act(
            "victim", lambda env: EmployeeDoor(env, now=NOW).request(c.CAREER_FOCUS)
        )
        measure = self.act(
            "victim",
            lambda env: (
                EmployeeDoor(env, now=NOW)
                .case(ref)
                .ask_measure(w.TRAINING, "60", "A course")
            ),
        )

        def promise(env):
            DeskDoor(env, now=NOW).case(ref).promise_measure(measure, "60")
            return "promised"

        def take_back(env):
            EmployeeDoor(env, now=NOW).case(ref).take_measure_back(measure)
            return "back"

        results = self.race(("desk", promise), ("desk", promise), ("victim", take_back))
        won = self.one_winner(results)
        balance = self.ledger().balance
        self.assertEqual(balance.committed, 60 if won == "promised" else 0)
        self.assertEqual(balance.reserved, 0)
