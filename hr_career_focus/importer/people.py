"""Rows of one employee number become one person; the people are checked together.

An empty cell means "as in the row before" (for a first row: nothing is known), with
one exception: a contract start without a contract end is a contract without an end.
"""

from datetime import date

from .values import ERROR, Person, Terms, problem

IDENTITY = ("name", "email", "birth_date", "education")
CARRIED = ("department", "job", "gender", "contract_type", "agreement")
YOUNGEST = 13
OLDEST = 100


def gather(rows, today):
    """Make people of rows.

    :param rows: ``(line, values by column key, has problems)`` for each row
    :returns: the people whose rows are all without error, and the problems found
    """
    by_number, problems = {}, []
    for line, values, broken in rows:
        if "number" in values:
            by_number.setdefault(values["number"], []).append((line, values, broken))
        elif not broken:
            problems.append(problem("no_number", line, "number"))
    persons = []
    for number, own_rows in by_number.items():
        person, found = _person(number, own_rows, today)
        problems += found
        if any(broken for _line, _values, broken in own_rows):
            problems += [
                problem("other_row_broken", line)
                for line, _values, broken in own_rows
                if not broken
            ]
        elif person and not any(each.level == ERROR for each in found):
            persons.append(person)
    problems += _shared_emails(persons)
    problems += _manager_problems(persons)
    refused = {each.row for each in problems if each.level == ERROR}
    kept = tuple(each for each in persons if not refused.intersection(each.rows))
    return kept, problems


def _person(number, rows, today):
    """One person of the rows with this number, oldest first, and the problems."""
    identity, problems = _identity(rows)
    if "name" not in identity:
        if not any(broken for _line, _values, broken in rows):
            problems.append(problem("no_name", rows[0][0], "name"))
        return None, problems
    terms, found = _terms(rows)
    problems += found
    problems += _age_problems(identity.get("birth_date"), terms, today)
    managers = [
        values["manager"]
        for _line, values, _broken in _in_order(rows)
        if "manager" in values
    ]
    person = Person(
        number=number,
        manager=managers[-1] if managers else None,
        terms=terms,
        **identity,
    )
    return person, problems


def _in_order(rows):
    """Rows by the date from which they hold; without a date they come first."""
    return sorted(rows, key=lambda row: (_since(row[1]) or date.min, row[0]))


def _since(values):
    return values.get("since") or values.get("starts")


def _identity(rows):
    """What does not change over time; two rows may not say two things."""
    identity, said_at, problems = {}, {}, []
    for line, values, _broken in rows:
        for key in IDENTITY:
            if key not in values:
                continue
            if key not in identity:
                identity[key], said_at[key] = values[key], line
            elif identity[key] != values[key]:
                problems.append(
                    problem(
                        "contradiction",
                        line,
                        key,
                        str(values[key]),
                        other=str(identity[key]),
                        other_row=said_at[key],
                    )
                )
    return identity, problems


def _terms(rows):
    """The dated terms, each filled in from the one before, and the problems."""
    terms, problems, before = [], [], None
    for line, values, _broken in _in_order(rows):
        since = _since(values)
        if since is None and len(rows) > 1:
            problems.append(problem("no_date_among_more", line, "since"))
        term = _filled(line, since, values, before)
        problems += _term_problems(term, values, before)
        terms.append(term)
        before = term
    return tuple(terms), problems + _overlaps(terms)


def _filled(line, since, values, before):
    """The terms a row gives, with what it leaves open taken from the row before."""
    before = before or Terms(row=line)
    known = {key: values.get(key, getattr(before, key)) for key in CARRIED}
    if "starts" in values:
        known |= {"starts": values["starts"], "ends": values.get("ends")}
    else:
        known |= {"starts": before.starts, "ends": values.get("ends", before.ends)}
    if "hours" in values or "fte" in values:
        known |= {"hours": values.get("hours"), "fte": values.get("fte")}
    else:
        known |= {"hours": before.hours, "fte": before.fte}
    return Terms(row=line, since=since, **known)


def _term_problems(term, values, before):
    """What is wrong with one row's dates and hours."""
    problems = []
    if "hours" in values and "fte" in values:
        problems.append(problem("hours_and_fte", term.row, "fte", str(values["fte"])))
    if term.ends and not term.starts:
        problems.append(problem("end_without_start", term.row, "ends", str(term.ends)))
    elif term.ends and term.ends < term.starts:
        problems.append(problem("end_before_start", term.row, "ends", str(term.ends)))
    elif term.since and term.starts and term.since < term.starts:
        problems.append(
            problem("since_before_start", term.row, "since", str(term.since))
        )
    elif term.since and term.ends and term.since > term.ends:
        problems.append(problem("since_after_end", term.row, "since", str(term.since)))
    if before and before.since and term.since == before.since:
        problems.append(
            problem(
                "same_date_twice",
                term.row,
                "since",
                str(term.since),
                other_row=before.row,
            )
        )
    return problems


def _overlaps(terms):
    """Contracts of one person may follow each other, not run together."""
    problems, contracts = [], {}
    for term in terms:
        if not term.starts:
            continue
        contract = (term.starts, term.ends or date.max)
        for other, row in contracts.items():
            apart = other[1] < contract[0] or contract[1] < other[0]
            if other != contract and not apart:
                problems.append(
                    problem(
                        "contracts_overlap",
                        term.row,
                        "starts",
                        str(term.starts),
                        other_row=row,
                    )
                )
                break
        else:
            contracts.setdefault(contract, term.row)
    return problems


def _age_problems(birth_date, terms, today):
    """A birth date that cannot be right for this contract."""
    if not birth_date:
        return []
    row = terms[0].row
    shown = str(birth_date)
    if birth_date > today or today.year - birth_date.year > OLDEST:
        return [problem("birth_date_impossible", row, "birth_date", shown)]
    first = min((term.starts for term in terms if term.starts), default=None)
    if first and first < birth_date:
        return [problem("start_before_birth", row, "starts", str(first))]
    if first and first.year - birth_date.year < YOUNGEST:
        return [problem("too_young", row, "birth_date", shown, youngest=YOUNGEST)]
    return []


def _shared_emails(persons):
    """Two people with one address: nobody could tell their logins apart."""
    first, problems = {}, []
    for person in persons:
        if not person.email:
            continue
        other = first.setdefault(person.email, person)
        if other is not person:
            problems.append(
                problem(
                    "email_twice",
                    person.rows[0],
                    "email",
                    person.email,
                    other_row=other.rows[0],
                )
            )
    return problems


def _manager_problems(persons):
    """Managers who are the person, or who manage each other in a circle."""
    found = []
    managers = {person.number: person.manager for person in persons if person.manager}
    circles = circling(managers)
    for person in persons:
        if person.number in circles:
            code = "own_manager" if person.manager == person.number else "circle"
            found.append(problem(code, person.terms[-1].row, "manager", person.manager))
    return found


def circling(managers):
    """The people who, going up from manager to manager, come back to themselves.

    :param dict managers: person → manager, of any kind that can be a key

    >>> sorted(circling({"a": "b", "b": "c", "c": "b", "d": "d", "e": "a"}))
    ['b', 'c', 'd']
    """
    done, circles = set(), set()
    for start in managers:
        path, position = [], {}
        current = start
        while current in managers and current not in done and current not in position:
            position[current] = len(path)
            path.append(current)
            current = managers[current]
        if current in position:
            circles.update(path[position[current] :])
        done.update(path)
    return circles
