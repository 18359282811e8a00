"""What rows of ``hr.version`` mean to the engine: the pure half of the adapter.

The rows come from :mod:`.career_entitlement`, and nowhere else.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..engine import values
from ..engine.decimals import CENT

#: What Odoo's own kinds of employee are to an agreement.
CATEGORY_BY_EMPLOYEE_TYPE = {
    "employee": values.EMPLOYEE,
    "worker": values.EMPLOYEE,
    "student": values.STUDENT,
    "trainee": values.TRAINEE,
    "contractor": values.FREELANCE,
    "freelance": values.FREELANCE,
}
#: What Odoo's own contract types (external ids of ``hr``) are to an agreement;
#: ``None`` for those that say nothing about the kind of worker.
CATEGORY_BY_CONTRACT_TYPE = {
    "contract_type_permanent": None,
    "contract_type_temporary": None,
    "contract_type_full_time": None,
    "contract_type_part_time": None,
    "contract_type_statutory": None,
    "contract_type_employee": None,
    "contract_type_interim": values.AGENCY,
    "contract_type_seasonal": values.SEASONAL,
    "contract_type_intern": values.TRAINEE,
    "contract_type_student": values.STUDENT,
    "contract_type_apprenticeship": values.APPRENTICE,
}
#: A contract type that says more precisely what the kind of employee says.
MORE_PRECISE = {(values.TRAINEE, values.APPRENTICE)}
#: The contract type of a contract that has no end of its own.
PERMANENT_CONTRACT_TYPE = "contract_type_permanent"


@dataclass(frozen=True)
class HistoryReader:
    """Reads rows of the version history as facts, with what they refer to.

    ``schedules`` gives the hours of a week and the part of full time by working
    schedule, ``categories`` the category by contract type: absent for a type that is
    not known, ``None`` for one that says nothing of it. ``permanent`` holds the
    contract types of contracts without an end of their own.
    """

    schedules: dict[int, tuple[Decimal | None, Decimal | None]]
    categories: dict[int, str | None]
    permanent: frozenset[int]

    def rows(self, history, with_wage=True):
        """Return the rows of :meth:`CareerEntitlement._history` for the engine's batch.

        :param with_wage: leave it out when no right depends on it
        """
        leaving = {
            (row[0], row[4]): row[6]
            for row in history
            if row[6] is not None and row[4] is not None and row[6] >= row[4]
        }
        leavers = {person for person, _start in leaving}
        categories = Cache(lambda pair: self.category(*pair))
        keys = Cache(lambda number: str(number) if number else None)
        wages = Cache(exact)
        schedules = {**self.schedules, None: (None, None)}
        permanent = self.permanent
        for (
            person,
            company_id,
            birthday,
            since,
            start,
            end,
            _departure,
            agreement_id,
            employee_type,
            contract_type_id,
            schedule_id,
            wage,
        ) in history:
            fixed_term = end is not None and contract_type_id not in permanent
            leaves_on = leaving.get((person, start)) if person in leavers else None
            if leaves_on is not None and (end is None or end > leaves_on):
                end = leaves_on
            yield (
                person,
                keys[company_id],
                birthday,
                since,
                start,
                end,
                leaves_on,
                fixed_term,
                keys[agreement_id],
                categories[employee_type, contract_type_id],
                *schedules[schedule_id],
                wages[wage] if with_wage else None,
            )

    def category(self, employee_type, contract_type_id):
        """Return what kind of worker two fields of Odoo say together.

        One of them that says no more than "employee" leaves it to the other. When
        both name another kind, or one of them is not known, nobody knows.
        """
        by_kind = CATEGORY_BY_EMPLOYEE_TYPE.get(employee_type)
        if contract_type_id is None or by_kind is None:
            return by_kind
        if contract_type_id not in self.categories:
            return None
        by_type = self.categories[contract_type_id]
        if by_type in (None, values.EMPLOYEE):
            return by_kind
        if by_kind in (by_type, values.EMPLOYEE) or (by_kind, by_type) in MORE_PRECISE:
            return by_type
        return None


class Cache(dict):
    """Remembers what a function gives; a hit costs no call."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def __missing__(self, key):
        found = self[key] = self.function(key)
        return found


def exact(number):
    """Return a number of the database as a decimal of two places, ``None`` for zero.

    >>> exact(3150.1), exact(0.0), exact(None)
    (Decimal('3150.10'), None, None)
    """
    if not number or number < 0:
        return None
    return Decimal(repr(number)).quantize(CENT, ROUND_HALF_UP) or None


def working_time(hours, full_time):
    """Return hours of a week and the part of full time, ``None`` when not known.

    >>> working_time(24.0, 36.0)[0]
    Decimal('24.00')
    >>> working_time(18.0, 36.0)[1], working_time(18.0, 0.0)[1]
    (Decimal('0.5'), None)
    """
    hours, full_time = exact(hours), exact(full_time)
    return hours, hours / full_time if hours and full_time else None
