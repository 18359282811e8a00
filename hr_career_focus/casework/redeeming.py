"""The door of providers: a voucher by its code, what is taken of it, and undoing that.

Whoever stands here learns of a voucher what is left and until when, and nothing else:
not for whom, of which employer, or when it was made. Every code that gives nothing, for
whatever reason, is one and the same answer after the same work: unknown, mistyped,
expired, void, spent, another provider's, or of a company this provider does not work
for. Nothing is sent, logged or noted anywhere when a voucher is redeemed.

The row of the voucher is locked, so that of two who redeem at once the second sees what
the first one left. A page that is sent twice, because the answer was lost, spends once.
"""

import re
from datetime import timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from odoo import fields

from ..engine import billing, voucher_code
from ..engine.codes import AMOUNT, HOURS
from ..engine.decimals import CENT, ZERO
from ..engine.roles import GROUP_COACH
from ..engine.spend import INVOICE_LONGEST, Spend, fits
from ..engine.voucher import FULL, SETTLED, Refused
from . import vouchers
from .coach import CoachDoor
from .errors import CaseworkError, NotYours
from .opening import vault
from .throttle import Throttle
from .views_redeem import Claim, SpendLine, VoucherView

#: What page and act share: 96 random bits, as pages draw them.
ONCE = re.compile(r"[0-9a-f]{24}")
#: Looked for in place of a text that cannot be a code, so that it takes as long.
NO_CODE = "no code"
#: Value added tax is never more, in percent.
HIGHEST_RATE = Decimal(100)
#: Where it is decided which day it is, for every provider alike.
ZONE = ZoneInfo("Europe/Brussels")


class NotRedeemable(Exception):
    """The one answer to every code that gives nothing."""


class Unclear(CaseworkError):
    """Something on the form cannot be used as it is. ``field`` is which."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field


def provider_of_login(env, now=None):
    """Return the provider of a coach who is logged in; empty for anybody else.

    :raise DoorClosed: when it is a coach whose login must first be put right
    """
    none = env["hr.career.provider"].sudo()
    if not env.user.has_group(GROUP_COACH):
        return none
    try:
        coach = CoachDoor(env, now).coach
    except NotYours:
        return none
    provider = coach.provider_id
    return provider if provider.active else none


class RedeemDoor:
    """What a provider does with a code.

    :param provider: the provider, who has shown the key or whose coach is logged in
    :param address: network address of the visitor
    :param now: naive UTC moment to act at; the present by default
    """

    def __init__(self, env, provider, address="", now=None):
        self.env = env
        self.provider = provider.sudo()
        self.now = now or fields.Datetime.now()
        self.today = self.now.replace(tzinfo=timezone.utc).astimezone(ZONE).date()
        self._throttle = Throttle(env, address, self.now, provider)
        # Asked before any code is looked at, so that no code makes it be asked.
        self._companies = frozenset(self.provider.company_ids.ids)

    # -- what can be done -----------------------------------------------------------

    def look(self, text) -> VoucherView:
        """Return what a code gives.

        :raise NotRedeemable: for every code that gives nothing here
        :raise Braked: after too many of them
        """
        return self._with(text, lambda _row, voucher: self._view(voucher))

    def claim(self, text, typed) -> tuple[VoucherView, Claim]:
        """Return what would be taken, from what was typed; nothing is taken yet.

        :param typed: amount, hours, quantity, rate and invoice as text
        :raise Unclear: when something cannot be used as it was typed
        """
        view = self.look(text)
        claim = self._read(view, typed)
        if claim.quantity > view.left:
            raise self._too_much(view.unit)
        return view, claim

    def redeem(self, text, typed, once, shown="") -> tuple[VoucherView, bool]:
        """Take from the voucher what was typed, once for each ``once``.

        :param shown: :attr:`Claim.mark` of what was shown before; nothing is taken when
            a price has changed since
        :return: the voucher, and whether it is taken: not when this was sent before and
            undone since
        """
        if not ONCE.fullmatch(once or ""):
            raise Unclear(
                self.env._("This page has changed since you opened it. Try again.")
            )

        def act(row, voucher):
            before = voucher.by_once(once)
            if before is None or before.provider != self.provider.id:
                view = self._view(voucher)
                claim = self._read(view, typed)
                if claim.quantity > view.left:
                    raise self._too_much(view.unit)
                if shown and shown != claim.mark:
                    raise Unclear(
                        self.env._(
                            "Your price has changed since you saw this. Look at it "
                            "once more. Nothing was taken."
                        )
                    )
                voucher = self._taken(row, voucher, self._spend(claim, once))
            return self._view(voucher), not voucher.by_once(once).undone

        return self._with(text, act, True, lambda one: one.once == once)

    def undo(self, text, ref) -> VoucherView:
        """Give back what this provider took, until it is in a settlement."""

        def act(row, voucher):
            if not self._has(voucher, lambda one: one.ref == ref):
                raise NotRedeemable
            try:
                after = voucher.undo(ref, self.today)
            except Refused as refusal:
                if refusal.code != SETTLED:
                    raise NotRedeemable from None
                raise CaseworkError(
                    self.env._(
                        "This is in a settlement already, so it cannot be undone here. "
                        "Tell whoever pays you."
                    )
                ) from None
            if after != voucher:
                vouchers.save(row, after)
            return self._view(after)

        return self._with(text, act, True, lambda one: one.ref == ref)

    # -- finding --------------------------------------------------------------------

    def _with(self, text, act, lock=False, known=None):
        """Return ``act(row, voucher)`` for a code that gives something here.

        :param known: tells an own spend that this act is about: when its answer was
            lost, it gives the answer again, whatever has happened since

        A code that gives nothing is counted after everything was undone and unlocked.
        """
        self._throttle.check()
        try:
            with vault(self.env) as inside:
                found = vouchers.by_code(inside, _code(text), lock=lock)
                if not found or not (
                    self._is_open(found[1]) or (known and self._has(found[1], known))
                ):
                    raise NotRedeemable
                return act(*found)
        except NotRedeemable:
            self._throttle.count()
            raise

    def _is_open(self, voucher):
        """Tell whether this provider has anything to do with a voucher now."""
        # What it took itself can be undone, also when nothing is left, and when it
        # does not work for the company any more.
        return bool(self._left(voucher) or any(map(self._is_mine, voucher.unsettled)))

    def _left(self, voucher):
        """Return what this provider can still take of a voucher."""
        if self._companies and voucher.company not in self._companies:
            return ZERO
        if not voucher.splits and not all(map(self._is_mine, voucher.live)):
            return ZERO
        return voucher.left(self.today)

    def _has(self, voucher, known):
        """Tell whether this provider made such a spend, undone or not."""
        return any(self._is_mine(one) and known(one) for one in voucher.uses)

    def _is_mine(self, spend):
        return spend.provider == self.provider.id

    # -- showing --------------------------------------------------------------------

    def _view(self, voucher):
        left = self._left(voucher)
        return VoucherView(
            unit=voucher.unit,
            currency=voucher.currency,
            left=left,
            expires=voucher.expires if left else None,
            price=self._price(voucher),
            rate=self.usual_rate,
            lines=tuple(
                SpendLine(
                    ref=one.ref,
                    quantity=one.quantity,
                    amount=one.amount,
                    vat=one.vat,
                    invoice=one.invoice,
                    month=one.month,
                    can_undo=not one.settlement,
                )
                for one in voucher.live
                if self._is_mine(one)
            ),
        )

    @property
    def usual_rate(self):
        """The provider's percentage of value added tax."""
        return Decimal(str(self.provider.vat_rate)).quantize(CENT)

    def _price(self, voucher):
        """Return the price of a unit, or of an hour where the unit is money."""
        if self.provider.currency_id.name != voucher.currency:
            return None
        return self.provider._price(HOURS if voucher.unit == AMOUNT else voucher.unit)

    # -- taking ---------------------------------------------------------------------

    def _spend(self, claim, once):
        return Spend.now(
            once,
            self.provider.id,
            claim.quantity,
            self.today,
            amount=claim.amount,
            vat=claim.vat,
            hours=claim.hours,
            invoice=claim.invoice,
        )

    def _taken(self, row, voucher, spend):
        try:
            after = voucher.redeem(spend, self.today)
        except Refused as refusal:
            if refusal.code == FULL:
                raise Unclear(
                    self.env._(
                        "This voucher was used so many times that it cannot be used "
                        "again. Ask your client to end it and to make a new one."
                    )
                ) from None
            # It is open to this provider: all that can be is that too little is left.
            raise self._too_much(voucher.unit) from None
        vouchers.save(row, after)
        return after

    # -- reading what was typed -----------------------------------------------------

    def _read(self, view, typed):
        """Return the claim that was typed for this voucher."""
        if view.unit == AMOUNT:
            quantity, hours = self._money(view, typed)
            amount = quantity
        else:
            quantity = self._quantity(view, typed)
            hours = quantity if view.unit == HOURS else ZERO
            amount = billing.priced(quantity, view.price)
        rate = self._rate(view, typed)
        return Claim(
            quantity=quantity,
            amount=amount,
            vat=billing.vat_part(amount, rate),
            hours=hours,
            rate=rate,
            invoice=self._invoice(typed),
        )

    def _money(self, view, typed):
        """Return amount and hours: one of them was typed, the other follows."""
        hours = typed.get("hours", "").strip() if view.price else ""
        if not hours:
            return self._number(typed, "amount", self._words_of_amount()), ZERO
        if typed.get("amount", "").strip():
            raise Unclear(
                self.env._("Fill in the amount or the hours, not both."), "amount"
            )
        number = self._number(typed, "hours", self._words_of_number())
        return billing.priced(number, view.price), number

    def _quantity(self, view, typed):
        if not view.price:
            raise Unclear(
                self.env._(
                    "There is no price for this yet, so it cannot be redeemed now. Ask "
                    "whoever pays you to fill in your price."
                ),
                "quantity",
            )
        number = self._number(typed, "quantity", self._words_of_number())
        if not fits(view.unit, number):
            raise Unclear(self.env._("Fill in a whole number."), "quantity")
        return number

    def _number(self, typed, name, sentence):
        number = billing.typed_number(typed.get(name, ""))
        if not number:
            raise Unclear(sentence, name)
        return number

    def _rate(self, view, typed):
        if not typed.get("rate", "").strip():
            return view.rate
        rate = billing.typed_number(typed["rate"])
        if rate is None or rate > HIGHEST_RATE:
            raise Unclear(
                self.env._("VAT is a percentage from 0 to 100, such as 21 or 9.5."),
                "rate",
            )
        return rate

    def _invoice(self, typed):
        invoice = " ".join(typed.get("invoice", "").split())
        if not invoice.isprintable():
            raise Unclear(
                self.env._("Use ordinary letters and numbers for your reference."),
                "invoice",
            )
        if len(invoice) > INVOICE_LONGEST:
            raise Unclear(
                self.env._(
                    "Your reference is too long: at most %(limit)s characters fit.",
                    limit=INVOICE_LONGEST,
                ),
                "invoice",
            )
        return invoice

    def _words_of_amount(self):
        return self.env._("Fill in an amount, such as 120 or 82.50.")

    def _words_of_number(self):
        return self.env._("Fill in a number, such as 2 or 1.5.")

    def _too_much(self, unit):
        name = "amount" if unit == AMOUNT else "quantity"
        return Unclear(
            self.env._("There is less left on this voucher. Fill in less."), name
        )


def _code(text):
    """Return the code that was typed, or what is looked up in place of none."""
    try:
        return voucher_code.read(text)
    except voucher_code.CodeError:
        return NO_CODE
