"""Committed money: a budget, providers and vouchers that real connections work on."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from parallel import ParallelCase

from odoo.fields import Command

from odoo.addons.hr_career_focus.casework import budget_words as w
from odoo.addons.hr_career_focus.casework import (
    budgets,
    reconciling,
    settling,
    vouchers,
)
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.casework.redeeming import RedeemDoor
from odoo.addons.hr_career_focus.engine import budget as b
from odoo.addons.hr_career_focus.engine import voucher_code
from odoo.addons.hr_career_focus.engine.balance import sheet
from odoo.addons.hr_career_focus.engine.voucher import BUDGET, RIGHT, Voucher

MAY = date(2026, 5, 10)
IN_MAY = datetime(2026, 5, 10, 9, 0)
CLOSING = date(2026, 6, 20)
PLANNED = 1_000_000
TABLES = (
    "hr_career_budget_ledger",
    "hr_career_budget_line",
    "hr_career_budget",
    "hr_career_settlement",
    "hr_career_voucher",
    "hr_career_provider",
)


class MoneyRaces(ParallelCase):
    """What the races and the kills work on; every table of it is emptied after."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget_money)
        self.forget_money()
        with self.connection() as env:
            self.provider_id = env["hr.career.provider"].create({"name": "Coach"}).id
            budget = env["hr.career.budget"].create(
                {
                    "name": "Moves 2026",
                    "company_id": self.keep["company"],
                    "date_from": date(2026, 1, 1),
                    "date_to": date(2026, 12, 31),
                    "currency_id": env.ref("base.EUR").id,
                    "line_ids": [
                        Command.create({"kind": w.COACHING, "planned": PLANNED})
                    ],
                }
            )
            budget.action_open()
            line = budget.line_ids.filtered(lambda one: one.kind == w.COACHING)
            self.line_id = line.id
            with vault(env) as inside:
                vouchers.mix(inside, MAY)

    def forget_money(self):
        with self.connection() as env:
            keep = "ALTER TABLE hr_career_settlement %s TRIGGER USER"
            env.cr.execute(keep % "DISABLE")
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table}")
            env.cr.execute(keep % "ENABLE")

    # -- acts, each one transaction ------------------------------------------------

    def new_voucher(self, value=1000, pot=RIGHT, line=""):
        return Voucher.issue(
            unit="amount",
            value=Decimal(value),
            currency="EUR",
            company=self.keep["company"],
            pot=pot,
            budget_line=line,
            today=MAY,
            months=12,
        )

    def issue(self, env, **values):
        """Issue a voucher; return its reference and its code as people read it."""
        with vault(env) as inside:
            ref, code = vouchers.issue(inside, self.new_voucher(**values))
        return ref, voucher_code.shown(code)

    def redeem(self, env, code, amount=7, once="", now=IN_MAY):
        """Redeem as the page does; return the number of the form."""
        once = once or secrets.token_hex(12)
        self.door(env, now).redeem(code, {"amount": str(amount)}, once)
        return once

    def undo(self, env, code, once, now=IN_MAY):
        """Undo what was redeemed with a form; return its number."""
        door = self.door(env, now)
        with vault(env) as inside:
            found = vouchers.by_code(inside, voucher_code.read(code))
            ref = found[1].by_once(once).ref
        door.undo(code, ref)
        return once

    def door(self, env, now):
        provider = env["hr.career.provider"].browse(self.provider_id)
        return RedeemDoor(env, provider, "192.0.2.7", now=now)

    def void(self, env, ref):
        with vault(env) as inside:
            row, voucher = vouchers.by_ref(inside, ref, lock=True)
            vouchers.save(row, voucher.void(MAY))
        return ref

    def move(self, env, kind, amount, about):
        """Add a move to the budget's ledger, as a door does."""
        with vault(env) as inside:
            line = inside[budgets.LINE].browse(self.line_id)
            one = b.Move(kind, Decimal(amount), MAY.replace(day=1), about)
            budgets.change(inside, line, lambda ledger: ledger.after(one))
        return about

    def pay_by_voucher(self, env, about, between=lambda: None, value=100):
        """Set money of the budget aside and issue a voucher for it: both or neither.

        :param between: what happens between the two halves
        """
        with vault(env) as inside:
            line = inside[budgets.LINE].browse(self.line_id)
            for kind in (b.RESERVE, b.COMMIT):
                one = b.Move(kind, Decimal(value), MAY.replace(day=1), about)
                budgets.change(inside, line, lambda ledger, one=one: ledger.after(one))
            between()
            voucher = self.new_voucher(value, BUDGET, f"line|{about}")
            ref, _code = vouchers.issue(inside, voucher)
        return ref

    def close(self, env, today=CLOSING):
        """Close the period; return the references of the settlements."""
        made = settling.close(env, today)
        return made.mapped("ref")

    # -- what must be true at every moment -------------------------------------------

    def state(self):
        """Read everything as of one moment; nobody is writing then."""
        with self.connection() as env:
            env.cr.execute(
                "LOCK TABLE hr_career_voucher, hr_career_budget_ledger,"
                " hr_career_settlement IN SHARE MODE"
            )
            money = reconciling.look(env, CLOSING)
            with vault(env) as inside:
                line = inside[budgets.LINE].browse(self.line_id)
                ledger = budgets.ledgers(inside, line)[self.line_id]
        return money, ledger

    def problems(self):
        """Return what is out of balance, as words; and what there is."""
        money, ledger = self.state()
        found = [fault.code for fault in money.faults]
        if not sheet(money.vouchers.values(), date(2026, 1, 1), CLOSING).is_balanced:
            found.append("sheet")
        issued = {
            one.budget_line.partition("|")[2]: one.value
            for one in money.vouchers.values()
            if one.pot == BUDGET
        }
        committed = {
            about: part.committed
            for about, part in ledger.parts.items()
            if part.committed
        }
        if issued != committed:
            found.append("half an act")
        balance = ledger.balance
        parts = sum(part.open for part in ledger.parts.values())
        if balance.left + parts + balance.spent != PLANNED or balance.left < 0:
            found.append("ledger")
        return found, money, ledger
