"""How much of a right one request reserves.

A right that is counted in trajects, scans or vouchers: one, whatever is left. Of money,
hours, days and sessions the employee can choose; who chooses nothing reserves all that
is there, without what would have to be taken in advance. What was not used comes back
when the work has ended (:meth:`~.desk.DeskCase.settle`).
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..engine import values as v
from .errors import CaseworkError

#: Units of which one traject needs as much as somebody decides.
CHOOSABLE = (v.AMOUNT, v.HOURS, v.DAYS, v.SESSIONS)


@dataclass(frozen=True)
class Reservable:
    """What a request may reserve: ``usual``, or what is chosen, up to ``most``."""

    usual: Decimal
    most: Decimal
    step: Decimal
    can_choose: bool

    def holds(self, quantity) -> bool:
        """Tell whether ``quantity`` may be reserved."""
        if not self.can_choose:
            return quantity == self.usual
        if quantity in (self.usual, self.most):
            return quantity > 0
        return self.step <= quantity <= self.most and quantity % self.step == 0


def step_of(rule):
    """Return the smallest part of a right somebody can use."""
    if rule.unit in v.COUNTED:
        return v.ONE
    if rule.unit == v.AMOUNT and rule.currency_id:
        return Decimal(str(rule.currency_id.rounding))
    return v.CENT


def reservable(answer, rule):
    """Return what a request for an open right may reserve.

    :param answer: :class:`~..engine.values.Entitlement`
    :param rule: the record of the wording that was applied
    """
    step = step_of(rule)
    if answer.unit not in CHOOSABLE:
        one = min(v.ONE, answer.left)
        return Reservable(one, one, step, False)
    usual = answer.left
    for reason in answer.reasons:
        if reason.code == v.IN_ADVANCE:
            saved = reason.data["balance"]
            usual = saved if saved > 0 else min(answer.left, answer.granted)
    return Reservable(usual, answer.left, step, answer.left > step)


def decidable(rule):
    """Return what the desk may open when the facts do not say how much there is."""
    step = step_of(rule)
    if rule.unit not in CHOOSABLE:
        return Reservable(v.ONE, v.ONE, step, False)
    if rule.basis == v.FIXED:
        quantity = rule._exact(rule.quantity)
        most = max(quantity * (1 + rule.advance_periods), rule._exact(rule.cap))
        return Reservable(quantity, most, step, True)
    most = rule._exact(rule.cap) or Decimal(10) ** 9
    return Reservable(v.ZERO, most, step, True)


def exact(env, text):
    """Read a quantity somebody typed, comma or point; None when it is left empty."""
    text = str(text if text is not None else "").strip().replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0 or len(text) > 20:
        raise CaseworkError(env._("Fill in how much as a number, for example 12.50."))
    return number


def chosen(env, able, text, shown):
    """Return the quantity to reserve, or raise CaseworkError.

    :param able: :class:`Reservable`
    :param text: what somebody typed; the usual quantity when it is empty
    :param shown: function that writes a quantity with its unit
    """
    wanted = exact(env, text)
    if wanted is None:
        wanted = able.usual
    if not wanted:
        raise CaseworkError(env._("Fill in how much: the facts do not say it."))
    if able.holds(wanted):
        return wanted
    if not able.can_choose:
        raise CaseworkError(
            env._("Of this right one request takes %s.", shown(able.usual))
        )
    if wanted > able.most:
        raise CaseworkError(
            env._("That is more than there is. You can take %s.", shown(able.most))
        )
    raise CaseworkError(env._("Fill in how much, in steps of %s.", shown(able.step)))


def settleable(quantity, rule):
    """Return what can have been used of what was reserved."""
    return Reservable(quantity, quantity, step_of(rule), True)


def settled(env, able, text, shown):
    """Return how much was used, from nothing to all; raise CaseworkError otherwise."""
    used = exact(env, text)
    if used is None:
        raise CaseworkError(env._("Fill in how much was used. Zero if nothing was."))
    return used if used == 0 else chosen(env, able, str(used), shown)
