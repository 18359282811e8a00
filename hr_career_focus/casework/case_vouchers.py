"""The vouchers of a case: the employee's own copies, sealed in the case.

A voucher is in two places. Its own row (:mod:`.vouchers`) holds what it is worth and
what was taken of it, and nothing of the case. An entry of the case, for the employee
alone, holds its reference and its code. Only who opens the case gets from one to the
other.

The entries open without anybody's own key: a voucher ends with the case, also when
nobody is there to unlock it.
"""

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

from ..engine.codes import PAID_BY_EMPLOYER
from ..engine.decimals import CENT, is_in_cents
from ..engine.voucher import BUDGET, RIGHT, Refused, Voucher
from ..engine.voucher_code import shown as grouped
from . import constants as c
from . import exits, law, reserving, uses, vouchers
from .errors import CaseworkError, NotYours
from .opening import changed_meanwhile, vault

#: How many vouchers one case makes at most, those that were made anew included.
MOST = 12

#: What a voucher is to its owner.
OPEN = "open"
SPENT = "spent"
VOID = "void"
EXPIRED = "expired"


@dataclass(frozen=True)
class OwnVoucher:
    """A voucher as the employee sees it. Quantities are texts, with their unit."""

    ref: str  # of the entry
    code: str  # "" when it is over
    shown: str  # the code in groups
    value: str
    left: str
    spent: str  # "" when nothing was taken of it
    expires: date
    state: str
    splits: bool
    is_from_right: bool
    can_renew: bool


@dataclass(frozen=True)
class OwnVouchers:
    """The part of the case page about vouchers; None when it has none and makes none.

    room: for how much one can be made, as a form field holds it; "" when none
    """

    vouchers: tuple[OwnVoucher, ...]
    room: str = ""
    room_text: str = ""
    step: str = ""
    can_choose: bool = False
    until: date | None = None
    splits: bool = True


def add(dossier, voucher, role, at):
    """Issue a voucher, and seal its code in the case for the employee alone.

    :return: its reference
    """
    ref, code = vouchers.issue(dossier.env, voucher)
    values = {"voucher": ref, "code": code}
    dossier.add(c.VOUCHER, c.SELF, role, values, at, for_people=False)
    if voucher.pot == RIGHT:
        uses.add_voucher(dossier.traject, ref)
    return ref


def end_all(dossier, today, pots=(RIGHT, BUDGET)):
    """Void what is open of the vouchers of a case, of the pots that end with it."""
    refs = [entry.fields["voucher"] for entry in _entries(dossier)]
    for row, voucher in vouchers.by_refs(dossier.env, refs, lock=True).values():
        if voucher.pot in pots:
            vouchers.end(row, voucher, today)


def _entries(dossier):
    return [one for one in dossier.entries((c.SELF,)) if one.row.kind == c.VOUCHER]


def _currency(rule, company):
    return rule.currency_id or company.currency_id


class MakesVouchers:
    """What the employee does with the vouchers of the own case."""

    def make_voucher(self, typed):
        """Make a voucher of the right of this case.

        :param typed: how much, as it was typed; all that is left when it is empty
        """
        with vault(self.env) as inside:
            dossier = self._opened(inside)
            self._require(dossier.traject, c.MAKE_VOUCHER)
            self._refuse_when_over(dossier)
            rule = self._voucher_rule(dossier.traject)
            if not rule:
                raise changed_meanwhile(self.env)
            if len(_entries(dossier)) >= MOST:
                raise CaseworkError(
                    self.env._(
                        "You have made %(most)s vouchers here. More are not possible: "
                        "ask the desk.",
                        most=MOST,
                    )
                )
            able = self._voucher_room(dossier.traject, rule)
            quantity = reserving.chosen(
                self.env, able, typed, law.shown(self.env, rule)
            )
            add(dossier, self._new_voucher(rule, quantity), self.role, self.door.now)

    def _new_voucher(self, rule, quantity):
        company = self._company()
        return Voucher.issue(
            unit=rule.unit,
            value=quantity,
            currency=_currency(rule, company).name,
            company=company.id,
            pot=RIGHT,
            splits=rule.splits_vouchers,
            today=self.door.today,
            months=company.career_voucher_months,
        )

    def _company(self):
        with vault(self.env) as inside:
            company = self._opened(inside, lock=False).traject.company_id
        return self.env["res.company"].sudo().browse(company.id)

    def end_voucher(self, ref):
        """End a voucher: what is left of it is the employee's again."""
        with vault(self.env) as inside:
            _dossier, _entry, row, voucher = self._own_voucher(inside, ref)
            vouchers.end(row, voucher, self.door.today)

    def renew_voucher(self, ref):
        """End a voucher, and make one for what was left of it, with another code."""
        with vault(self.env) as inside:
            dossier, _entry, row, voucher = self._own_voucher(inside, ref)
            try:
                void, new = voucher.again(self.door.today)
            except Refused:
                raise changed_meanwhile(self.env) from None
            vouchers.save(row, void)
            add(dossier, new, self.role, self.door.now)

    def voucher(self, ref):
        """Return an own voucher that can be used, with its code.

        :raise CaseworkError: when it is over by now
        """
        with vault(self.env) as inside:
            _dossier, entry, _row, voucher = self._own_voucher(inside, ref, lock=False)
            return self._voucher_view(entry, voucher)

    def _own_voucher(self, inside, ref, lock=True):
        """Return the dossier, the entry, the row and the open voucher."""
        dossier = self._opened(inside, lock=lock)
        entry = dossier.entry(ref, (c.SELF,))
        if entry.row.kind != c.VOUCHER:
            raise NotYours
        found = vouchers.by_ref(inside, entry.fields["voucher"], lock=lock)
        if not found or not found[1].left(self.door.today):
            raise changed_meanwhile(self.env)
        return dossier, entry, *found

    # -- views -------------------------------------------------------------------

    def _vouchers(self, dossier):
        """Return the part of the page about vouchers, or None."""
        entries = _entries(dossier)
        refs = [entry.fields["voucher"] for entry in entries]
        known = vouchers.by_refs(dossier.env, refs) if refs else {}
        views = [
            self._voucher_view(entry, known[entry.fields["voucher"]][1])
            for entry in reversed(entries)
            if entry.fields["voucher"] in known
        ]
        traject = dossier.traject
        rule = self._voucher_rule(traject)
        if not rule or c.MAKE_VOUCHER not in self._allowed(traject):
            return OwnVouchers(tuple(views)) if views else None
        able = self._voucher_room(traject, rule)
        room = able.most if len(entries) < MOST else 0
        if not room and not views:
            return None
        sample = self._new_voucher(rule, able.most) if room else None
        return OwnVouchers(
            vouchers=tuple(views),
            room=law.plain(able.most) if room else "",
            room_text=law.shown(self.env, rule)(able.most) if room else "",
            step=law.plain(able.step),
            can_choose=able.can_choose,
            until=sample and sample.expires,
            splits=rule.splits_vouchers,
        )

    def _voucher_rule(self, traject):
        """Return the right vouchers are made of, if it is one the employer pays."""
        key = uses.row_of(traject).rule_key
        rule = key and exits.wording(self.env, key, self.door.today)
        if not rule or rule.payer != PAID_BY_EMPLOYER:
            return None
        currency = _currency(rule, traject.company_id.sudo())
        return rule if is_in_cents(currency.rounding) else None

    def _voucher_room(self, traject, rule):
        room = uses.room_for_voucher(traject)
        step = reserving.step_of(rule)
        # No finer than vouchers are counted; the rest is settled at the desk.
        able = reserving.settleable(room - room % max(step, CENT), rule)
        return replace(able, can_choose=able.most > able.step)

    def _voucher_view(self, entry, voucher):
        today = self.door.today
        write = self._in_words(voucher)
        left = voucher.left(today)
        code = entry.fields["code"] if left else ""
        return OwnVoucher(
            ref=entry.ref,
            code=code,
            shown=grouped(code),
            value=write(voucher.value),
            left=write(left),
            spent=write(voucher.redeemed) if voucher.redeemed else "",
            expires=voucher.expires,
            state=_state(voucher, today),
            splits=voucher.splits,
            is_from_right=voucher.pot != BUDGET,
            can_renew=bool(left) and not voucher.reissued,
        )

    def _in_words(self, voucher):
        """Return a function that writes a quantity of a voucher with its unit."""
        currency = self.env["res.currency"].sudo().with_context(active_test=False)
        terms = SimpleNamespace(
            unit=voucher.unit,
            currency_id=currency.search([("name", "=", voucher.currency)], limit=1),
        )
        words = (
            self.env["hr.career.entitlement"].sudo().with_context(lang=self.env.lang)
        )
        return lambda quantity: words._quantity(quantity, terms)


def _state(voucher, today):
    """Return what a voucher is to its owner: one of the words above."""
    totals = voucher.totals(today)
    if totals.open:
        return OPEN
    if voucher.redeemed == voucher.value:
        return SPENT
    return VOID if voucher.voided else EXPIRED
