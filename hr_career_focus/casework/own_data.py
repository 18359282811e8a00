"""The own data of a case: everything its employee may see, as plain values.

:func:`collect` gives a structure for a JSON file (docs/own-data.md describes it), and
the PDF is printed from the same. Made in the answer to a request and kept nowhere. No
line in the access log: the reader is the owner.
"""

from ..engine.values import Use
from ..engine.voucher_code import shown as grouped
from . import constants as c
from . import exits, measures, purposes, signals, uses
from .opening import vault

FORMAT = "hr_career_focus.own_data"
VERSION = 1


def collect(case):
    """Return everything of one case, with the rights and the reminder of its owner.

    Texts sealed with the personal key are in it while that key is unlocked; else they
    are counted in ``locked_texts``.

    :param case: :class:`~.employee_case.EmployeeCase`
    """
    door = case.door
    with vault(case.env) as inside:
        dossier = case._opened(inside, lock=False)
        traject = dossier.traject
        entries = dossier.entries(case.audiences, removed=True)
        data = {
            "format": FORMAT,
            "version": VERSION,
            "made_on": door.now.isoformat(timespec="seconds"),
            "you": _person(dossier.identity),
            "case": _facts(traject),
            "texts": [_text(case.env, entry) for entry in entries if not entry.locked],
            "locked_texts": sum(entry.locked for entry in entries),
            "openings": [
                {
                    "at": at.isoformat(timespec="seconds"),
                    "role": role,
                    "purpose": purpose,
                    "what": purposes.sentence(case.env, purpose),
                }
                for at, role, purpose in dossier.openings()
            ],
            "odd_openings": [
                _odd(one) for one in signals.opening_views(case.env, dossier) if one.odd
            ],
        }
    data["rights_used"] = case.rights_used()
    data["reminder"] = case.reminder()
    return data


def _person(identity):
    return {name: identity[name] for name in ("name", "alias", "channel", "address")}


def _facts(traject):
    return {
        "reference": traject.ref,
        "employer": traject.company_id.name,
        "kind": traject.kind,
        "state": traject.state,
        "month_requested": _month(traject.month_requested),
        "month_started": _month(traject.month_started),
        "month_closed": _month(traject.month_closed),
        "aftercare_until": _month(traject.aftercare_until),
        "coach": traject.coach_id.name if traject.has_accepted else None,
        "coach_changed": traject.has_swapped,
        "signed_by_you": traject.is_signed_by_employee,
        "signed_by_coach": traject.is_signed_by_coach,
        "phases": [code for code, _label in c.PHASES if traject[f"phase_{code}"]],
    }


def _text(env, entry):
    return {
        "kind": entry.row.kind,
        "readers": entry.row.audience,
        "written_by": entry.by,
        "at": entry.at.isoformat(timespec="seconds"),
        "removed_on": entry.removed or None,
        "fields": _named(env, entry.row.kind, entry.fields),
    }


def _named(env, kind, values):
    """Return the fields of an entry with names in place of numbers of records."""
    values = dict(values)
    if kind == c.WISHES:
        coaches = env["hr.career.coach"].sudo().with_context(active_test=False)
        values.pop("coach", None)
        values["excluded"] = (
            coaches.browse(values.get("excluded") or []).exists().mapped("name")
        )
    if kind == c.MEASURE:
        for name in ("line", "whose"):
            values.pop(name, None)
        values["what"] = measures.kind_label(env, values["what"])
    if kind == c.VOUCHER:
        # Not the reference of its row: nothing outside leads to that.
        values = {"voucher": grouped(values["code"])}
    if kind == c.DECISION and values.get("rule"):
        rules = env["hr.career.entitlement.rule"].sudo()
        rule = rules.browse(values["rule"]).exists()
        values["rule"] = rule.with_context(lang=env.lang).name or None
    return values


def rights_used(door, numbers, user_id):
    """Return what was used of which right, as the ledger has it for one login.

    :param numbers: ids of the employee records of that login
    """
    logins = dict.fromkeys(numbers, user_id)
    found = uses.uses_of(door.env, numbers, door.today, logins)
    return [_used(door, use) for number in numbers for use in found[number]]


def _used(door, use: Use):
    rule = exits.wording(door.env, use.rule_key, door.today)
    sentences = door.env["hr.career.entitlement"].sudo()
    return {
        "right": rule.name or None,
        "agreement": rule.agreement_id.name or None,
        "quantity": str(use.quantity),
        "unit": rule.unit or None,
        "amount": sentences._quantity(use.quantity, rule) if rule else None,
        "month": _month(use.on),
        "completed": _month(use.completed),
        "given_back": use.returned,
    }


def _odd(opening):
    """Return an opening that the employee called odd, and what came of it."""
    return {
        "at": opening.at.isoformat(timespec="seconds"),
        "role": opening.role,
        "remark": opening.odd.remark,
        "answers": [
            {"at": at.isoformat(timespec="seconds"), "text": text}
            for at, text in opening.odd.answers
        ],
        "name": opening.odd.name or None,
    }


def _month(day):
    return f"{day:%Y-%m}" if day else None
