"""From agreements to the bytes of a file."""

import csv
import io
from dataclasses import replace

from .cells import tidy, written
from .columns import COLUMNS
from .relevance import without_idle_terms
from .values import Agreement, Right, Text

_PROSE = {
    owner: [key for key, of in owner.__annotations__.items() if of is str]
    for owner in (Agreement, Text, Right)
}


def tidied(value):
    """An agreement, version or right, as it comes back when its file is read.

    Spaces around a text go, a Dutch text that equals the English one is left out, so is
    a Flemish one that equals the Dutch, and so are terms that mean nothing.
    """
    changes = {key: tidy(getattr(value, key)) for key in _PROSE[type(value)]}
    for key in [key for key in changes if key.endswith("_nl_be")]:
        dutch = key.removesuffix("_be")
        source = changes[key.removesuffix("_nl_be")]
        if changes[key] == (changes[dutch] or source):
            changes[key] = ""
        if changes[dutch] == source:
            changes[dutch] = ""
    if isinstance(value, Agreement):
        changes["versions"] = tuple(map(tidied, value.versions))
    elif isinstance(value, Text):
        changes["rights"] = tuple(map(tidied, value.rights))
    value = replace(value, **changes)
    return without_idle_terms(value) if isinstance(value, Right) else value


def write(agreements, mark=","):
    """The file with these agreements: UTF-8, one right on a line.

    :param agreements: :class:`.values.Agreement` after agreement
    :param str mark: the separator
    :rtype: bytes

    >>> from decimal import Decimal
    >>> scan = Right("scan", "=Scan", "scans", Decimal(1))
    >>> write([Agreement("CAO", versions=(Text(rights=(scan,)),))]).decode()[-14:-2]
    ',,,,,,,,,,,,'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerow(column.key for column in COLUMNS)
    for agreement in map(tidied, agreements):
        for text in agreement.versions:
            for right in text.rights or (None,):
                owners = {Agreement: agreement, Text: text, Right: right}
                writer.writerow(_cell(column, owners) for column in COLUMNS)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(column, owners):
    """A cell; empty when an empty one means the same."""
    owner = owners[column.owner]
    if owner is None:
        return ""
    value = getattr(owner, column.key)
    return "" if value == column.default else written(value)
