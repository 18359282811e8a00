"""Which databases have the marks of their logins: remembered outside of them.

The marks are taken once, when the addon is installed or upgraded to the first version
that has them. Whoever writes in the tables can empty that of the marks and let Odoo
install or upgrade the addon again; taking them anew then would let in whoever has set
a password since. So a file next to the purge list has a line, a keyed hash of its name,
for each database whose marks were taken. No line is secret, and none is ever taken out
by the program.
"""

import hashlib
import hmac
import os
from pathlib import Path

from .errors import VaultError
from .keyring import Keyring
from .purged import list_file

NAME = "logins.list"
PURPOSE = "logins-taken"


class AlreadyTaken(VaultError):
    """The marks of this database's logins were taken before, and are gone."""


def file() -> Path:
    """Return the path of the list, whether or not it exists."""
    return list_file().with_name(NAME)


def is_noted(ring: Keyring, database: str) -> bool:
    """Tell whether the marks of this database were taken before."""
    try:
        lines = file().read_text(encoding="ascii", errors="replace").split()
    except FileNotFoundError:
        return False
    return _mark(ring, database) in lines


def note(ring: Keyring, database: str):
    """Remember that the marks of this database were taken."""
    if is_noted(ring, database):
        return
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    descriptor = os.open(file(), flags, 0o600)
    try:
        # A line that was broken off stays alone.
        os.write(descriptor, f"\n{_mark(ring, database)}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse(ring: Keyring, database: str):
    """Raise AlreadyTaken when the marks of this database were taken before."""
    if is_noted(ring, database):
        raise AlreadyTaken(
            f"The marks of the logins were taken before, and their table is empty now. "
            f"Nothing was taken again: every login stays closed. Find out who emptied "
            f"the table, and put its rows back from a backup. Is this another database "
            f"of the same name, from before the marks? Then delete {file().name} next "
            f"to the purge list, and run this again."
        )


def _mark(ring, database):
    key = ring.derive(PURPOSE)
    return hmac.new(key, database.encode(), hashlib.sha256).hexdigest()
