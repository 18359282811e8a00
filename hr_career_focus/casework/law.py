"""What a right asks of a request: who names the coach, who is consulted, how much."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..engine import values as v
from . import constants as c
from . import reserving, uses
from .errors import CaseworkError
from .opening import month_of
from .views import ReserveView


def _entitlement(env):
    return env["hr.career.entitlement"].sudo().with_context(lang=env.lang)


def answers_of(env, employee, today, login=None):
    """Return the :class:`RightAnswer` list of one employee.

    :param login: the id of the user who reads it as the employee; then only what was
        asked with that login counts (:func:`.uses.uses_of`)
    """
    return answers_by_employee(env, employee, today, login)[employee.id]


def answers_by_employee(env, employees, today, login=None):
    """As :func:`answers_of`, for each of ``employees``: ``{employee id: answers}``.

    Each is answered by itself: nothing passes from one to the other.
    """
    logins = None if login is None else dict.fromkeys(employees.ids, login)
    known = uses.uses_of(env, employees.ids, today, logins)
    return _entitlement(env)._answers(employees, today, known)


def answer_of(env, employee, key, today):
    """Return the answer about one right, or None when it does not apply any more."""
    for one in answers_of(env, employee, today):
        if one.answer.rule_key == key:
            return one
    return None


def shown(env, rule):
    """Return a function that writes a quantity of ``rule`` with its unit.

    Nobody knows the unit of a draft that HR has deleted.
    """
    if not rule:
        return plain
    return lambda quantity: _entitlement(env)._quantity(quantity, rule)


def names_coach(rule):
    """Tell whether the employee may name a coach; else the desk proposes."""
    return rule.coach_choice != v.BY_EMPLOYER


def is_own_claim(one):
    """Tell whether somebody claims the right elsewhere instead of asking here."""
    return one.rule.payer == v.OWN_CLAIM


def needs_consultation(rule):
    """Tell whether the employer is consulted: by the desk, which names nobody."""
    return rule.consultation == v.CONSULT


def reserve_view(env, able, rule):
    """Return what a page needs to ask how much; ``able`` is None when nobody knows."""
    able = able or reserving.Reservable(v.ZERO, v.ZERO, v.ONE, False)
    return ReserveView(
        usual=plain(able.usual),
        most=plain(able.most),
        step=plain(able.step),
        most_text=shown(env, rule)(able.most),
        can_choose=able.can_choose,
        names_coach=names_coach(rule),
    )


def plain(number):
    """Write a number as a form field holds it.

    >>> from decimal import Decimal
    >>> plain(Decimal("1000.00")), plain(Decimal("12.50")), plain(Decimal("1E+3"))
    ('1000', '12.5', '1000')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def right_text(env, dossier, rule):
    """Return what the case takes of which right, in a sentence; "" when of none."""
    traject = dossier.traject
    use = uses.use_of(traject, month_of(date.max))
    if use is None:
        return ""
    write = shown(env, rule)
    names = {
        "rule": rule.name or env._("A right that HR has deleted"),
        "agreement": rule.agreement_id.name or "–",
        "quantity": write(use.quantity),
    }
    if uses.has_vouchers(traject) and traject.state not in c.RUNNING:
        return _with_vouchers(env, traject, use, names, write)
    settled = _settlement(dossier)
    if settled:
        return env._(
            "%(rule)s (%(agreement)s): %(used)s of %(quantity)s was used. The rest is "
            "free again.",
            **dict(names, quantity=write(settled[1])),
            used=write(settled[0]),
        )
    if use.returned:
        return env._(
            "%(rule)s (%(agreement)s): nothing was used. All of it is free again.",
            **names,
        )
    if traject.is_unsettled:
        return env._(
            "%(rule)s (%(agreement)s): %(quantity)s was reserved. The desk still "
            "records what was used of it; the rest becomes free again.",
            **names,
        )
    if traject.state == c.REQUESTED:
        return env._(
            "%(rule)s (%(agreement)s): the right is open, and %(quantity)s is "
            "reserved. What is not used becomes free again when the traject ends.",
            **names,
        )
    return env._(
        "%(rule)s (%(agreement)s): %(quantity)s is reserved. What is not used becomes "
        "free again when the traject ends.",
        **names,
    )


def _with_vouchers(env, traject, use, names, write):
    """Return what an ended case used of its right, when there were vouchers."""
    if traject.is_unsettled:
        return env._(
            "%(rule)s (%(agreement)s): %(quantity)s was reserved besides the vouchers. "
            "The desk still records what was used of it; the rest becomes free again.",
            **dict(names, quantity=write(uses.to_settle(traject))),
        )
    if use.returned:
        return env._(
            "%(rule)s (%(agreement)s): nothing was used. All of it is free again.",
            **names,
        )
    return env._(
        "%(rule)s (%(agreement)s): %(quantity)s was used, with vouchers. The rest is "
        "free again.",
        **names,
    )


def _settlement(dossier):
    """Return what was used and what was reserved, once the desk recorded it."""
    for entry in dossier.entries((c.DESK,)):
        if entry.row.kind == c.DECISION and entry.fields.get("settled"):
            fields = entry.fields
            return Decimal(fields["settled"]), Decimal(fields["reserved"])
    return None


@dataclass(frozen=True)
class Plan:
    """What a request takes of a right, worked out before anything is opened."""

    key: str
    quantity: Decimal
    granted: Decimal
    month: date
    consults: bool


def plan(env, employee, one, typed, today):
    """Return what a request takes of an open right.

    :param one: :class:`RightAnswer`, with the status ``AVAILABLE``
    :param typed: how much, as it was typed; nothing for what is usual
    :raise CaseworkError: when it cannot be that much
    """
    rule, answer = one.rule, one.answer
    able = reserving.reservable(answer, rule)
    quantity = reserving.chosen(env, able, typed, shown(env, rule))
    known = uses.uses_of(env, employee.ids, today)

    def counts(day):
        """Tell whether a use on ``day`` is taken from what is left today."""
        trial = v.Use(answer.rule_key, quantity, day, granted=answer.granted)
        with_it = {employee.id: [*known[employee.id], trial]}
        found = _entitlement(env)._entitlements(employee, today, with_it)
        return any(
            after.rule_key == answer.rule_key and after.left == answer.left - quantity
            for after in found[employee.id]
        )

    month = uses.month_to_record(today, counts)
    consults = needs_consultation(rule)
    return Plan(answer.rule_key, quantity, answer.granted, month, consults)


def plan_undecided(env, employee, rule, typed, today):
    """Return what the desk opens of a right because the facts do not answer.

    :raise CaseworkError: when the facts answer by now, and there is no right; or when
        it cannot be that much
    """
    one = answer_of(env, employee, rule.right_key, today)
    if one and one.answer.status == v.AVAILABLE:
        return plan(env, employee, one, typed, today)
    if one and one.answer.status != v.UNKNOWN:
        raise CaseworkError(
            env._(
                "The facts are complete by now, and the right is not open. %(why)s "
                "Decline with this reason.",
                why=one.sentence,
            )
        )
    able = reserving.decidable(rule)
    quantity = reserving.chosen(env, able, typed, shown(env, rule))
    return Plan(
        key=rule.right_key,
        quantity=quantity,
        granted=max(quantity, able.usual),
        month=month_of(today),
        consults=needs_consultation(rule),
    )


def refuse_if_open(env, employee, key, today):
    """Raise CaseworkError when the facts give the right by now: nobody declines it."""
    one = answer_of(env, employee, key, today)
    if one and one.answer.status == v.AVAILABLE:
        raise CaseworkError(
            env._(
                "The facts are complete by now, and the right is open. Nobody can "
                "decline it. %(answer)s",
                answer=one.sentence,
            )
        )
