"""What an import would do: people of a file against what the database holds.

How it works: each person is matched by employee number, else by an address that
exactly one employee without a number has. Each dated row is matched with the version
of that date. What the file gives and the database has otherwise is a change; what the
file leaves open is never a change. So a second run of the same file changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .known import same
from .people import IDENTITY, circling
from .values import ERROR, WARNING, Person, Terms, problem

CREATE = "create"
UPDATE = "update"
UNCHANGED = "unchanged"
ERRONEOUS = "error"
OUTCOMES = (CREATE, UPDATE, UNCHANGED, ERRONEOUS)

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class TermStep:
    """What happens to one version: ``version`` None is a new one."""

    terms: Terms
    version: int | None
    changes: Mapping


@dataclass(frozen=True)
class Step:
    """What happens to one person: ``employee`` None is a new one.

    ``changes`` are identity values to write; ``manager`` is an employee id, the
    employee number of somebody new in the same file, or None for no change.
    """

    person: Person
    employee: int | None
    changes: Mapping
    terms: tuple[TermStep, ...]
    manager: int | str | None = None
    adopted: bool = False

    @property
    def outcomes(self):
        """``{row: outcome}`` for each row of the person."""
        result = {}
        for index, step in enumerate(self.terms):
            own = index == 0 and (self.changes or self.manager or self.adopted)
            if self.employee is None or step.version is None:
                result[step.terms.row] = CREATE
            else:
                result[step.terms.row] = UPDATE if step.changes or own else UNCHANGED
        return result


@dataclass(frozen=True)
class Plan:
    """The steps, every problem (the reader's too), and the outcome of each row."""

    steps: tuple[Step, ...] = ()
    problems: tuple = ()
    outcomes: Mapping = field(default_factory=dict)


def plan(sheet, known):
    """Compare what was read with what is known.

    :param Sheet sheet: what ``read`` returned
    :param Known known: the snapshot of the database
    :rtype: Plan

    >>> from datetime import date
    >>> from .known import Known
    >>> from .reading import read
    >>> sheet = read(b"number;name\\n7;Jan\\n8;=1", date(2026, 1, 1))
    >>> plan(sheet, Known()).outcomes
    {2: 'create', 3: 'error'}
    """
    problems, steps = list(sheet.problems), []
    matches, found = _matches(sheet.people, known)
    problems += found
    for person in sheet.people:
        problems += _unknown_names(person, known)
        problems += _unknown_manager(person, sheet, known)
    problems += _circles(sheet.people, matches, known)
    refused = {each.row for each in problems if each.level == ERROR}
    kept = [each for each in sheet.people if not refused.intersection(each.rows)]
    numbers = {person.number for person in kept} | set(known.employees)
    for person in kept:
        if person.manager and person.manager not in numbers:
            row = person.rows[-1]
            problems.append(
                problem("manager_left_out", row, "manager", person.manager, WARNING)
            )
            person = replace(person, manager=None)
        match = matches[person.number]
        step = _step(person, match, matches, known)
        clash = _clash(step, match)
        if clash:
            problems.append(clash)
        else:
            problems += _gaps(step, match, known)
            steps.append(step)
    outcomes = dict.fromkeys(sheet.row_numbers, ERRONEOUS)
    for step in steps:
        outcomes |= step.outcomes
    return Plan(tuple(steps), tuple(problems), outcomes)


def _matches(people, known):
    """``{number: KnownEmployee or None}`` and addresses that fit more than one."""
    matches, problems = {}, []
    for person in people:
        match = known.employees.get(person.number)
        if match is None and person.email:
            candidates = known.by_email.get(person.email, ())
            if len(candidates) > 1:
                problems.append(
                    problem("email_ambiguous", person.rows[0], "email", person.email)
                )
            elif candidates:
                match = candidates[0]
        matches[person.number] = match
    return matches, problems


def _unknown_names(person, known):
    """Names that must exist beforehand: contract types and agreements."""
    problems = []
    for term in person.terms:
        if term.contract_type and known.contract_type(term.contract_type) is None:
            problems.append(
                problem(
                    "unknown_contract_type",
                    term.row,
                    "contract_type",
                    term.contract_type,
                    known=", ".join(known.contract_type_names),
                )
            )
        if term.agreement and known.agreement(term.agreement) is None:
            problems.append(
                problem(
                    "unknown_agreement" if known.agreements else "no_agreements_yet",
                    term.row,
                    "agreement",
                    term.agreement,
                    known=", ".join(known.agreement_names),
                )
            )
    return problems


def _unknown_manager(person, sheet, known):
    """A manager who is neither in the file nor in the database."""
    manager = person.manager
    if not manager or manager in known.employees:
        return []
    if manager in sheet.row_numbers.values():
        return []
    return [problem("unknown_manager", person.rows[-1], "manager", manager)]


def _circles(people, matches, known):
    """Managers who, with those in the database, would manage each other in a circle."""

    def key(number):
        match = matches.get(number) or known.employees.get(number)
        return match.id if match else number

    managers = dict(known.managers)
    for person in people:
        if person.manager:
            managers[key(person.number)] = key(person.manager)
    circles = circling(managers)
    return [
        problem("circle", person.rows[-1], "manager", person.manager)
        for person in people
        if person.manager and key(person.number) in circles
    ]


def _step(person, match, matches, known):
    """What happens to one person."""
    identity = {
        key: getattr(person, key)
        for key in IDENTITY
        if getattr(person, key) is not None
    }
    manager = None
    if person.manager:
        boss = known.employees.get(person.manager) or matches.get(person.manager)
        manager = boss.id if boss else person.manager
    if match is None:
        terms = tuple(
            TermStep(term, None, wanted(term, known)) for term in person.terms
        )
        return Step(person, None, identity, terms, manager)
    changes = {
        key: value
        for key, value in identity.items()
        if match.identity.get(key) != value
    }
    return Step(
        person,
        match.id,
        changes,
        _term_steps(person.terms, match, known),
        manager if manager != match.manager else None,
        adopted=person.number not in known.employees,
    )


def wanted(term, known):
    """The values a row asks for, comparable; what it leaves open is left out."""
    values = {
        "department": term.department and same(term.department),
        "job": term.job and same(term.job),
        "gender": term.gender,
        "contract_type": term.contract_type and known.contract_type(term.contract_type),
        "agreement": term.agreement and known.agreement(term.agreement),
        "hours": weekly_hours(term, known.full_time),
    }
    values = {key: value for key, value in values.items() if value is not None}
    if term.starts:
        values |= {"starts": term.starts, "ends": term.ends}
    return values


def weekly_hours(term, full_time):
    """Hours a week of a row, from the hours or from the part of full time.

    >>> weekly_hours(Terms(row=2, fte=Decimal("0.8")), Decimal(36))
    Decimal('28.80')
    """
    if term.fte is not None:
        return (term.fte * full_time).quantize(_CENT)
    return None if term.hours is None else term.hours.quantize(_CENT)


def _term_steps(terms, match, known):
    """Match each row with a version of the employee, and compare."""
    by_date = {version.since: version for version in match.versions}
    current = next(each for each in match.versions if each.id == match.current)
    first = match.versions[0]
    undated = len(match.versions) == 1 and first.values.get("starts") is None
    steps = []
    for index, term in enumerate(terms):
        values = wanted(term, known)
        version = by_date.get(term.since) if term.since else current
        if not version and undated and index == 0 and term.since < first.since:
            # Odoo made this version on the day somebody typed the name.
            version = first
            values["since"] = term.since
        if version is None:
            steps.append(TermStep(term, None, values))
            continue
        held = {"since": version.since, **version.values}
        changes = {key: val for key, val in values.items() if held.get(key) != val}
        if changes.keys() & {"starts", "ends"}:
            changes |= {key: values[key] for key in ("starts", "ends")}
        steps.append(TermStep(term, version.id, changes))
    return tuple(steps)


def _clash(step, match):
    """A contract that runs together with one that the database has and the file not."""
    if match is None:
        return None
    given = {each.version: each for each in step.terms if each.version}
    moved = _moves(step, match)
    held = set()
    for version in match.versions:
        contract = version.values.get("starts"), version.values.get("ends")
        if version.id not in given and contract[0]:
            held.add(moved.get(contract, contract))
    for each in step.terms:
        terms = each.terms
        if not terms.starts:
            continue
        contract = terms.starts, terms.ends
        for starts, ends in held - {contract}:
            if starts <= (terms.ends or date.max) and terms.starts <= (
                ends or date.max
            ):
                return problem(
                    "contract_clash",
                    terms.row,
                    "starts",
                    str(terms.starts),
                    starts=str(starts),
                    ends=str(ends or "…"),
                )
    return None


def _moves(step, match):
    """Contracts of the database that get other dates: old dates → new dates.

    All versions of one contract share its dates, so they move together, also those the
    file does not name.
    """
    by_id = {version.id: version.values for version in match.versions}
    return {
        (by_id[each.version]["starts"], by_id[each.version]["ends"]): (
            each.changes["starts"],
            each.changes["ends"],
        )
        for each in step.terms
        if each.version and "starts" in each.changes and by_id[each.version]["starts"]
    }


def _gaps(step, match, known):
    """What is missing and will be missed: warnings, the person is imported."""
    last, version = step.terms[-1].terms, step.terms[-1].version
    held = {}
    for each in match.versions if match else ():
        if each.id == version:
            held = each.values
    missing = [("no_start", "starts"), ("no_department", "department")]
    if not known.has_default_agreement:
        missing.append(("no_agreement", "agreement"))
    found = [
        problem(code, last.row, key, level=WARNING)
        for code, key in missing
        if getattr(last, key) is None and held.get(key) is None
    ]
    if match and not match.active:
        found.append(problem("archived", last.row, "number", level=WARNING))
    return found
