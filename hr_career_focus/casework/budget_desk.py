"""What the desk sees of the budgets: live, by pseudonym, and never by name."""

from decimal import Decimal

from dateutil.relativedelta import relativedelta

from ..engine import budget as b
from ..engine.codes import AMOUNT
from ..engine.voucher import RIGHT
from . import budget_words as w
from . import vouchers
from .budget_vouchers import as_of_now, paid_by
from .budgets import BUDGET, LINE, amount_of, change, ledgers, refusal
from .errors import CaseworkError, NotYours
from .measure_answers import paid_by_voucher
from .measures import is_in_a_case, kind_label, money
from .opening import month_of, vault
from .views_budget import BudgetView, LineView, MoveView, OpenPart

#: How long a budget that is over is shown; longer while something in it is open.
SHOWN = relativedelta(months=12)
LONGEST_NOTE = 200
HUNDRED = Decimal(100)


class DeskBudgets:
    """The budgets of a desk. Uses ``env``, ``companies``, ``today`` of a door."""

    def budgets(self):
        """Return the budgets of the companies mandated today, the latest first."""
        found = self._budgets()
        with vault(self.env) as inside:
            known = ledgers(inside, found.line_ids)
            every = [voucher for _row, voucher in vouchers.all_of(inside)]
        known = {
            number: self._as_of_now(ledger, number, every)
            for number, ledger in known.items()
        }
        views = [self._view(budget, known, every) for budget in found]
        return tuple(one for one in views if one)

    def _as_of_now(self, ledger, number, every):
        """Return the ledger as it is now, or as it was at night if they disagree."""
        try:
            return as_of_now(ledger, number, every, self.today)
        except b.Refused:
            return ledger

    def _budgets(self):
        return (
            self.env[BUDGET]
            .sudo()
            .with_context(lang=self.env.lang)
            .search(
                [
                    ("company_id", "in", self.companies.ids),
                    ("state", "!=", w.DRAFT),
                ]
            )
        )

    def _view(self, budget, known, every):
        lines = []
        for line in budget.line_ids:
            ledger = known.get(line.id)
            if ledger is None:
                continue
            if line.kind == w.RIGHTS:
                lines.append(self._rights(budget, line, every))
            else:
                lines.append(self._line(line, ledger, paid_by(every, line.id)))
        is_over = budget.date_to + SHOWN < self.today
        if is_over and not any(line.parts for line in lines):
            return None
        return BudgetView(
            name=budget.name,
            company=budget.company_id.name,
            division=budget.department_id.name or "",
            date_from=budget.date_from,
            date_to=budget.date_to,
            is_closed=budget.state == w.CLOSED,
            carries=budget.rest == w.CARRY,
            lines=tuple(lines),
        )

    def _line(self, line, ledger, by_voucher):
        say = self._sayer(line)
        balance = ledger.balance
        taken = balance.reserved + balance.committed + balance.spent
        share = _share(taken, balance.granted)
        return LineView(
            line_id=line.id,
            label=kind_label(self.env, line.kind),
            is_capped=True,
            planned=say(line.planned),
            granted=say(balance.granted),
            reserved=say(balance.reserved),
            committed=say(balance.committed),
            spent=say(balance.spent),
            left=say(balance.left),
            taken=share,
            # When a period is over, what was left has gone: no warning then.
            is_alert=bool(taken)
            and share >= line.alert_percent
            and line.state == w.OPEN,
            parts=tuple(
                OpenPart(
                    about=about,
                    entry=f"{line.id}-{about}".replace("-", "_"),
                    reserved=say(part.reserved),
                    committed=say(part.committed),
                    spent=say(part.spent),
                    is_promised=bool(part.committed),
                    has_voucher=about in by_voucher,
                )
                for about, part in sorted(ledger.parts.items())
                if part.open
            ),
            corrections=tuple(
                MoveView(
                    month=move.month,
                    amount=say(move.amount),
                    why=self._why(move),
                    note=move.note,
                )
                for move in ledger.moves
                if move.kind == b.CORRECT and not move.about
            ),
        )

    def _rights(self, budget, line, every):
        """Return the line for rights: what vouchers from rights cost in the period."""
        say = self._sayer(line)
        spent = still_open = Decimal(0)
        for voucher in every:
            if voucher.pot != RIGHT or voucher.company != budget.company_id.id:
                continue
            if voucher.currency != line.currency_id.name:
                continue
            spent += sum(
                one.amount
                for one in voucher.live
                if budget.date_from <= one.month <= budget.date_to
            )
            is_of_period = budget.date_from <= voucher.issued <= budget.date_to
            if is_of_period and voucher.unit == AMOUNT:
                still_open += voucher.left(self.today)
        planned = Decimal(str(round(line.planned, 2)))
        share = _share(spent + still_open, planned)
        return LineView(
            line_id=line.id,
            label=kind_label(self.env, line.kind),
            is_capped=False,
            planned=say(planned),
            granted="",
            reserved="",
            committed=say(still_open),
            spent=say(spent),
            left="",
            taken=share,
            is_alert=bool(planned) and share >= line.alert_percent,
        )

    def _sayer(self, line):
        currency = line.currency_id.name
        return lambda amount: money(self.env, amount, currency)

    def _why(self, move):
        env = self.env
        reasons = {
            b.PLANNED: env._("Planned"),
            b.CARRIED: (
                env._("Came from the budget before")
                if move.amount > 0
                else env._("Went to the next budget")
            ),
            b.LAPSED: env._("Lapsed at the end of the period"),
            b.BY_HAND: env._("Corrected by the desk"),
        }
        return reasons.get(move.why, "")

    # -- what the desk does ----------------------------------------------------------

    def correct_line(self, line_id, amount, note, takes=False, once=""):
        """Let a line grow or shrink, with a reason that stays in the ledger.

        :param takes: whether the amount goes off; never more than what is left
        """
        note = str(note or "").strip()
        if not note or len(note) > LONGEST_NOTE:
            raise CaseworkError(
                self.env._("Give the reason in one sentence, and name nobody in it.")
            )
        amount = amount_of(self.env, amount)
        move = b.Move(
            b.CORRECT,
            -amount if takes else amount,
            month_of(self.today),
            why=b.BY_HAND,
            note=note,
            once=once,
        )
        self._change(self._capped(line_id), lambda ledger: ledger.after(move))

    def pay_of(self, line_id, about, amount, once=""):
        """Record a bill by the name in the budget, also when the case is gone."""
        amount = amount_of(self.env, amount)
        line = self._by_name(line_id, about)

        def pay(ledger):
            self._require(ledger.part(about).committed)
            move = b.Move(b.SPEND, amount, month_of(self.today), about, once=once)
            return ledger.after(move)

        self._change(line, pay)

    def give_back_of(self, line_id, about):
        """Give back what a measure has open, by its name in the budget.

        What still waits in a case is answered there, where the employee reads it.
        """
        line = self._by_name(line_id, about)
        with vault(self.env) as inside:
            waits = is_in_a_case(inside, about)

        def give_back(ledger):
            part = ledger.part(about)
            self._require(part.open)
            if part.reserved and waits:
                raise CaseworkError(
                    self.env._(
                        "This waits for an answer in a case. Say yes or no there: then "
                        "the person who asked can read it. Nothing was changed."
                    )
                )
            why = b.FINISHED if part.committed else b.ENDED
            return ledger.after(ledger.rest(about, month_of(self.today), why))

        self._change(line, give_back)

    def _require(self, open_part):
        if not open_part:
            raise CaseworkError(
                self.env._(
                    "Nothing is open under this name. Perhaps it was done already, in "
                    "another window or by someone else. Nothing was changed."
                )
            )

    def _by_name(self, line_id, about):
        """Return the line of a name in the budget that no voucher pays."""
        line = self._capped(line_id)
        with vault(self.env) as inside:
            found = vouchers.all_of(inside)
            if about in paid_by([voucher for _row, voucher in found], line.id):
                raise paid_by_voucher(self.env)
        return line

    def _capped(self, line_id):
        line = self.env[LINE].sudo().browse(line_id).exists()
        ours = line.budget_id in self._budgets()
        if not ours or line.kind == w.RIGHTS:
            raise NotYours
        return line

    def _change(self, line, act):
        with vault(self.env) as inside:
            try:
                change(inside, line, act)
            except b.Refused as refused:
                raise refusal(self.env, refused, self._sayer(line)) from None


def _share(part, whole):
    if not whole:
        return HUNDRED if part else Decimal(0)
    return (part * HUNDRED / whole).quantize(Decimal(1))
