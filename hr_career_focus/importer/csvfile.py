"""From bytes to rows of cells: encoding, separator, quotes.

Spreadsheets write what they call CSV in several ways; the reader finds out which.
"""

import csv
import io
import re
from dataclasses import dataclass

from .cells import CellError
from .columns import column_key
from .values import problem

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 100
SEPARATORS = (";", ",", "\t")
_FIRST_LINE = re.compile(r"[\r\n]*([^\r\n]*)(?:\r\n|\r|\n|$)")


@dataclass(frozen=True)
class Table:
    """The header and the rows with their line in a spreadsheet (the header is 1)."""

    header: tuple[str, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()


def decode(data):
    """The text in the bytes, or None when it is no text.

    >>> decode("Zoë".encode("cp1252")), decode("Zoë".encode("utf-8-sig"))
    ('Zoë', 'Zoë')
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def separator(first_line, key_of=column_key):
    """The separator under which most headings are known to ``key_of``.

    >>> separator("Personeelsnummer;Naam;Afdeling"), separator("number,name")
    (';', ',')
    """

    def known(candidate):
        cells = next(csv.reader([first_line], delimiter=candidate), [])
        return sum(key_of(cell) is not None for cell in cells), len(cells)

    return max(SEPARATORS, key=known)


def table(data, key_of=column_key, max_bytes=MAX_BYTES, max_rows=MAX_ROWS):
    """``(Table, None)``, or ``(None, Problem)`` when the file cannot be used.

    ``key_of`` knows the headings of the file.

    >>> table(b"number;name\\r\\n7;Jan\\r\\n")[0].rows
    ((2, ('7', 'Jan')),)
    >>> table(b"PK\\x03\\x04...")[1].code
    'workbook'
    """
    if len(data) > max_bytes:
        return None, problem("file_too_big", limit=max_bytes // 1024 // 1024)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return None, problem("workbook")
    text = decode(data)
    if text is None:
        return None, problem("encoding")
    match = _FIRST_LINE.match(text)
    first_line, rest = match[1], text[match.end() :]
    if not first_line.strip():
        return None, problem("empty_file")
    if first_line.strip().lower() in {f"sep={mark}" for mark in SEPARATORS}:
        mark, body, skipped = first_line.strip()[-1], rest, 1
    else:
        mark, body, skipped = separator(first_line, key_of), text, 0
    return _rows(body, mark, skipped, max_rows)


def _rows(body, mark, skipped, max_rows):
    """Split the text; rows are numbered as a spreadsheet does, blank ones are left."""
    header, rows = None, []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark, strict=True)
    try:
        for line, cells in enumerate(reader, start=1 + skipped):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MAX_COLUMNS:
                return None, problem("too_many_columns", limit=MAX_COLUMNS)
            if header is None:
                header = tuple(cell.strip() for cell in cells)
                continue
            rows.append((line, tuple(cells)))
            if len(rows) > max_rows:
                return None, problem("too_many_rows", limit=max_rows)
    except csv.Error:
        return None, problem("quotes", line=reader.line_num + skipped)
    if header is None:
        return None, problem("empty_file")
    return Table(header, tuple(rows)), None


def row_values(line, cells, positions, width, columns):
    """The values of one row by column key, empty cells left out, and the problems.

    :param columns: ``{key: column}``, each with a ``parse`` for a cell
    """
    values, problems = {}, []
    if any(cell.strip() for cell in cells[width:]):
        problems.append(problem("extra_cells", line, extra=len(cells) - width))
    for key, index in positions.items():
        cell = cells[index] if index < len(cells) else ""
        if not cell.strip():
            continue
        try:
            values[key] = columns[key].parse(cell)
        except CellError as error:
            shown = cell.strip()[:80]
            problems.append(problem(error.code, line, key, shown, **error.data))
    return values, problems
