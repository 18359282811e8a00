"""The whole way from bytes to people.

How it works: the bytes become a table, each row's cells become values, the rows of one
employee number become one person with dated terms, and the people are checked together.
Every step collects problems and goes on, so that one dry run shows all there is to do.
"""

from . import people
from .columns import BY_KEY, COLUMNS, column_key
from .csvfile import row_values, table
from .values import WARNING, Sheet, problem


def read(data, today):
    """Read a file of employees.

    :param bytes data: the file, in any encoding and separator a spreadsheet writes
    :param datetime.date today: the day against which birth dates are checked
    :rtype: Sheet

    >>> from datetime import date
    >>> sheet = read(b"number;name;contract start\\n7;Jan;01-02-2020", date(2026, 1, 1))
    >>> sheet.people[0].name, sheet.people[0].terms[0].since
    ('Jan', datetime.date(2020, 2, 1))
    >>> read(b"name\\nJan", date(2026, 1, 1)).problems[0].code
    'missing_column'
    """
    content, refusal = table(data)
    if refusal:
        return Sheet(problems=(refusal,))
    positions, ignored, problems = _positions(content.header)
    if any(found.level != WARNING for found in problems):
        return Sheet(problems=tuple(problems), ignored=ignored)
    if not content.rows:
        return Sheet(problems=(problem("no_rows"),), ignored=ignored)
    rows, numbers = [], {}
    for line, cells in content.rows:
        values, found = row_values(line, cells, positions, len(content.header), BY_KEY)
        problems += found
        numbers[line] = values.get("number") or _raw(cells, positions, "number")
        rows.append((line, values, bool(found)))
    persons, found = people.gather(rows, today)
    problems += found
    return Sheet(
        people=persons,
        problems=tuple(sorted(problems, key=lambda p: (p.row or 0, p.code))),
        columns=tuple(positions),
        ignored=ignored,
        row_numbers=numbers,
    )


def _positions(header):
    """Where each known column is, which headings are unknown, and what is wrong."""
    positions, ignored, problems = {}, [], []
    for index, heading in enumerate(header):
        key = column_key(heading)
        if key is None:
            if heading:
                ignored.append(heading[:80])
        elif key in positions:
            problems.append(
                problem("double_column", value=heading, heading=BY_KEY[key].heading)
            )
        else:
            positions[key] = index
    problems += [
        problem("missing_column", column=column.key, heading=column.heading)
        for column in COLUMNS
        if column.required and column.key not in positions
    ]
    return positions, tuple(ignored), problems


def _raw(cells, positions, key):
    """The cell as it stands, cut short: only for showing where a problem is."""
    index = positions[key]
    return cells[index].strip()[:40] if index < len(cells) else ""
