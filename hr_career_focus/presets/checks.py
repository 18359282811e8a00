"""What is wrong with an agreement although each of its cells can be read."""

from collections import Counter

from ..engine import codes as c
from ..importer.values import WARNING, problem
from .relevance import idle_terms


def right_problems(right):
    """Errors of one right, and what is still missing from it.

    >>> from decimal import Decimal
    >>> from .values import Right
    >>> half = Right("scan", "Scan", "scans", Decimal("0.5"), row=4)
    >>> [found.code for found in right_problems(half)]
    ['not_countable', 'incomplete']
    """
    found = [*_quantity(right), *_service(right), *_improves(right)]
    found += [("idle", key, {}) for key in idle_terms(right)]
    if _turned(right.right_valid_from, right.right_valid_to):
        found.append(("ends_first", "right_valid_to", {}))
    problems = [problem(code, right.row, key, **data) for code, key, data in found]
    problems += [
        problem("incomplete", right.row, key, level=WARNING) for key in right.missing
    ]
    return problems


def _quantity(right):
    if not right.quantity:
        yield "zero", "quantity", {}
    if right.unit == c.AMOUNT and not right.currency:
        yield "no_currency", "currency", {}
    if right.unit in c.COUNTED and right.quantity % 1:
        yield "not_countable", "quantity", {}
    if right.basis == c.FIXED:
        return
    if right.quantity > 100:
        yield "percentage", "quantity", {}
    unit = c.AMOUNT if right.basis == c.SALARY_PERCENT else c.HOURS
    if right.unit != unit:
        yield "basis_unit", "unit", {"basis": right.basis, "unit": unit}
    if right.interval not in ("", c.ACCRUAL):
        yield "basis_interval", "interval", {"basis": right.basis}


def _service(right):
    shortest, longest = right.min_service_months, right.max_service_months
    if shortest and longest and shortest >= longest:
        yield "nobody", "max_service_months", {}


def _improves(right):
    if bool(right.improves_agreement) != bool(right.improves_code):
        empty = "improves_code" if right.improves_agreement else "improves_agreement"
        yield "half_improves", empty, {}


def text_problems(text):
    """Errors of one version as a whole."""
    problems = []
    if _turned(text.valid_from, text.valid_to):
        problems.append(problem("ends_first", text.row, "valid_to"))
    first = {}
    for right in text.rights:
        other = first.setdefault(right.code, right)
        if other is not right:
            data = {"other_row": other.row}
            problems.append(
                problem("double_code", right.row, "code", right.code, **data)
            )
    if not text.rights:
        problems.append(problem("no_right", text.row, level=WARNING))
    return problems


def agreement_problems(agreement):
    """Errors of one agreement as a whole."""
    problems = []
    if len(agreement.versions) > 1:
        problems += [
            problem("no_version_name", text.row, "version")
            for text in agreement.versions
            if not text.version
        ]
        begins = Counter(text.valid_from for text in agreement.versions)
        problems += [
            problem("no_first_day", text.row, "valid_from", level=WARNING)
            for text in agreement.versions
            if text.valid_from is None and begins[None] > 1
        ]
    if not agreement.company_rules:
        problems += [
            problem("not_company_rules", right.row, "improves_code")
            for right in agreement.rights
            if right.improves_code
        ]
    return problems


def _turned(first, last):
    return bool(first and last and last < first)
