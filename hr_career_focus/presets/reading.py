"""The whole way from bytes to agreements.

How it works: the bytes become a table and each row's cells become values; rows with the
same agreement and version are put together, and what they say is held against each
other. Every step collects problems and goes on, so that one report shows all there is
to do. Where one problem is an error, no agreement comes out at all.
"""

from difflib import get_close_matches

from ..importer.csvfile import row_values, table
from ..importer.known import same
from ..importer.values import WARNING, problem
from .checks import agreement_problems, right_problems, text_problems
from .columns import BY_KEY, CHECK_COLUMNS, column_key, of
from .values import Agreement, Right, Sheet, Text

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 2000


def read(data):
    """Read a file of agreements.

    :param bytes data: the file, in any encoding and separator a spreadsheet writes
    :rtype: Sheet

    >>> sheet = read(b"agreement;code;name;unit;quantity\\nCAO;scan;Scan;scans;1")
    >>> [right.name for right in sheet.agreements[0].rights]
    ['Scan']
    >>> [found.code for found in read(b"agreement;shoe size\\nCAO;44").errors]
    ['unknown_column']
    """
    content, refusal = table(data, column_key, MAX_BYTES, MAX_ROWS)
    if refusal:
        return Sheet(problems=(refusal,))
    positions, problems = _positions(content.header)
    if "agreement" not in positions:
        problems.append(problem("missing_column", heading="agreement"))
    if not content.rows:
        problems.append(problem("no_rights"))
    rows = []
    for line, cells in content.rows:
        values, found = row_values(line, cells, positions, len(content.header), BY_KEY)
        problems += found
        rows.append((line, values, bool(found)))
    agreements, found = _gather(rows)
    problems += found
    problems.sort(key=lambda each: each.row or 0)
    sheet = Sheet(agreements, tuple(problems))
    return Sheet(problems=sheet.problems) if sheet.errors else sheet


def _positions(header):
    """Where each column is, and what is wrong with the headings."""
    positions, problems = {}, []
    for index, heading in enumerate(header):
        key = column_key(heading)
        if key in CHECK_COLUMNS:
            problems.append(problem("check_column", level=WARNING, heading=key))
        elif key in positions:
            problems.append(problem("double_column", heading=key))
        elif key:
            positions[key] = index
        elif heading:
            near = get_close_matches(heading.lower(), BY_KEY, n=1)
            code = "unknown_column_like" if near else "unknown_column"
            data = {"heading": heading[:80], "like": "".join(near)}
            problems.append(problem(code, **data))
    return positions, problems


def _gather(rows):
    """Put the rows of one agreement and of one version together."""
    agreements, problems = {}, []
    for line, values, broken in rows:
        name = values.get("agreement")
        if name is None:
            if not broken:
                problems.append(problem("no_agreement", line, "agreement"))
            continue
        agreement = agreements.setdefault(same(name), _Group(Agreement, line))
        problems += agreement.take(line, values)
        text = agreement.parts.setdefault(
            same(values.get("version", "")), _Group(Text, line)
        )
        problems += text.take(line, values)
        problems += _right(text, line, values, broken)
    made = tuple(map(_agreement, agreements.values()))
    for agreement in made:
        problems += agreement_problems(agreement)
        for text in agreement.versions:
            problems += text_problems(text)
    return made, problems


def _right(text, line, values, broken):
    """Add the right of a row to its version, when there is one and it can be."""
    given = {c.key: values[c.key] for c in of(Right) if c.key in values}
    if not given and not broken:
        text.empty_rows.append(line)
        return []
    absent = [c.key for c in of(Right) if c.required and c.key not in given]
    if absent:
        if broken:
            return []
        return [problem("no_value", line, key) for key in absent]
    right = Right(**given, row=line)
    text.rights.append(right)
    return right_problems(right)


class _Group:
    """The rows of one agreement, or of one version of it."""

    def __init__(self, owner, row):
        """Start with what the first row says."""
        self.owner = owner
        self.row = row
        self.values = {}
        self.rows = {}
        self.parts = {}
        self.rights = []
        self.empty_rows = []

    def take(self, line, values):
        """Add what a row says; what it leaves empty is as in another row."""
        problems = []
        for column in of(self.owner):
            key = column.key
            if key not in values:
                continue
            if key in ("agreement", "version"):
                self.values.setdefault(key, values[key])
            elif self.values.setdefault(key, values[key]) != values[key]:
                other = self.rows[key]
                problems.append(problem("differs", line, key, other_row=other))
            self.rows.setdefault(key, line)
        return problems


def _agreement(group):
    texts = tuple(
        Text(**part.values, rights=tuple(part.rights), row=part.row)
        for part in group.parts.values()
    )
    return Agreement(**group.values, versions=texts, row=group.row)
