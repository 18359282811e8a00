"""What the desk does about measures: yes, no, a voucher, bills and the rest back."""

from ..engine import budget as b
from ..engine.codes import AMOUNT
from ..engine.voucher import BUDGET, Voucher
from . import budget_words as w
from . import case_vouchers, notices, vouchers
from . import constants as c
from .budget_vouchers import as_of_now, place_of
from .budgets import amount_of, change, refusal
from .errors import CaseworkError
from .measures import (
    DECLINED,
    FINISHED,
    PROMISED,
    WAITING,
    line_of,
    measure,
    money,
    require,
)
from .opening import month_of, vault

LONGEST_REASON = 4_000


class DecidesMeasures:
    """What the desk does about measures. Mixin of a case of the desk."""

    def promise_measure(self, ref, amount, note="", by_voucher=False):
        """Say yes to an amount, the one that was asked or another one.

        :param by_voucher: whether the employee gets a voucher for it, to pay with
        """
        amount = amount_of(self.env, amount)
        with vault(self.env) as inside:
            dossier, entry = self._measure(inside, ref)
            if by_voucher and entry.fields["what"] not in w.BY_VOUCHER:
                raise CaseworkError(
                    self.env._("This kind of help is not paid with a voucher.")
                )
            self._promise(dossier, entry, amount)
            self._answer(dossier, entry, note, by_voucher)
            if by_voucher:
                voucher = self._voucher(dossier, entry, amount)
                case_vouchers.add(dossier, voucher, self.role, self.door.now)
            identity = dossier.identity
        if not by_voucher:
            # A mail at the moment of issue would say to whom a voucher belongs.
            notices.notify_employee(self.env, identity)

    def _promise(self, dossier, entry, amount):
        about, month = entry.fields["about"], month_of(self.door.today)

        def say_yes(ledger):
            require(self.env, ledger, entry, WAITING)
            ledger = ledger.after(b.Move(b.COMMIT, amount, month, about))
            rest = ledger.part(about).reserved
            if rest:
                move = b.Move(b.RELEASE, rest, month, about, b.FINISHED)
                ledger = ledger.after(move)
            return ledger

        self._change(dossier, entry, say_yes)

    def _voucher(self, dossier, entry, amount):
        """Return the voucher that pays a measure, from its line."""
        line, company = line_of(self.env, entry), dossier.traject.company_id
        return Voucher.issue(
            unit=AMOUNT,
            value=amount,
            currency=line.currency_id.name,
            company=company.id,
            pot=BUDGET,
            today=self.door.today,
            months=company.career_voucher_months,
            budget_line=place_of(line.id, entry.fields["about"]),
        )

    def end_measure_voucher(self, ref):
        """End the voucher of a measure; what is left of it is back in the budget."""
        today = self.door.today
        with vault(self.env) as inside:
            dossier, entry = self._measure(inside, ref)
            line, about = line_of(self.env, entry), entry.fields["about"]
            found = vouchers.all_of(inside)
            place = place_of(line.id, about)
            refs = [row.ref for row, one in found if one.budget_line == place]
            own = vouchers.by_refs(inside, refs, lock=True).values()
            ended = [vouchers.end(row, voucher, today) for row, voucher in own]

            def follow(ledger):
                require(self.env, ledger, entry, PROMISED)
                return as_of_now(ledger, line.id, ended, today)

            self._change(dossier, entry, follow)

    def decline_measure(self, ref, reason):
        """Say no, with a reason that the employee reads."""
        reason = self._reason(reason)
        with vault(self.env) as inside:
            dossier, entry = self._measure(inside, ref)

            def say_no(ledger):
                require(self.env, ledger, entry, WAITING)
                month = month_of(self.door.today)
                return ledger.after(ledger.rest(entry.fields["about"], month, DECLINED))

            self._change(dossier, entry, say_no)
            self._answer(dossier, entry, reason)
            identity = dossier.identity
        notices.notify_employee(self.env, identity)

    def record_cost(self, ref, amount, once=""):
        """Record a bill that was paid for a measure.

        :param once: the same again is the same bill
        """
        amount = amount_of(self.env, amount)
        with vault(self.env) as inside:
            dossier, entry = self._measure(inside, ref)
            self._refuse_voucher(entry)

            def pay(ledger):
                require(self.env, ledger, entry, PROMISED, FINISHED)
                month = month_of(self.door.today)
                move = b.Move(b.SPEND, amount, month, entry.fields["about"], once=once)
                return ledger.after(move)

            self._change(dossier, entry, pay)

    def take_bill_back(self, ref, amount, once=""):
        """Take a bill back that was recorded by mistake.

        :param amount: of the bill; it is promised again as far as it was promised
        :param once: the same again is the same bill
        """
        amount = amount_of(self.env, amount)
        with vault(self.env) as inside:
            dossier, entry = self._measure(inside, ref)
            self._refuse_voucher(entry)

            def take_back(ledger):
                require(self.env, ledger, entry, PROMISED, FINISHED)
                month = month_of(self.door.today)
                return ledger.without_bill(entry.fields["about"], amount, month, once)

            self._change(dossier, entry, take_back)

    def finish_measure(self, ref):
        """Give back what was promised and is not needed."""
        with vault(self.env) as inside:
            dossier, entry = self._measure(inside, ref)
            self._refuse_voucher(entry)

            def finish(ledger):
                require(self.env, ledger, entry, PROMISED)
                month = month_of(self.door.today)
                return ledger.after(ledger.rest(entry.fields["about"], month, FINISHED))

            self._change(dossier, entry, finish)

    def _measure(self, inside, ref):
        dossier = self._opened(inside)
        self._require(dossier.traject, c.DECIDE_MEASURE)
        return dossier, measure(dossier, ref)

    def _change(self, dossier, entry, act):
        line = line_of(self.env, entry)
        try:
            change(dossier.env, line, act)
        except b.Refused as refused:
            raise refusal(
                self.env,
                refused,
                lambda amount: money(self.env, amount, line.currency_id.name),
            ) from None

    def _refuse_voucher(self, entry):
        if entry.fields.get("voucher"):
            raise paid_by_voucher(self.env)

    def _answer(self, dossier, entry, note, by_voucher=False):
        note = str(note or "").strip()
        if len(note) > LONGEST_REASON:
            raise CaseworkError(self.env._("This text is too long."))
        told = {"reason": note} if note else {}
        if by_voucher:
            told["voucher"] = True
        if told:
            dossier.reseal(entry, values={**entry.fields, **told})


def paid_by_voucher(env):
    """Return the error for money that a voucher takes care of."""
    return CaseworkError(
        env._(
            "This is paid with a voucher. What is redeemed is recorded every night. To "
            "give the rest back, end the voucher in the case."
        )
    )
