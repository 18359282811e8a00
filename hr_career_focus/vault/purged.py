"""The purge list: which records were destroyed for good, outside the database.

A backup of the database still holds the envelope of every record of its day. The list
is what a restored backup cannot undo: one line for each destroyed record, the keyed
hash (HMAC-SHA256) of its reference, in a file that is only appended to. It stands next
to the key file, or where ``HR_CAREER_FOCUS_PURGE_LIST`` says (for a key file on a
medium that cannot be written). A reference on it is never opened again, and
``career_vault purge-again`` deletes what came back with a backup. It is made empty when
the addon is installed; one that is gone later does not begin anew by itself, because
nobody could tell it from one on which nothing ever stood.

The lines tell nobody anything: a reference is 128 random bits, and its hash is keyed.
How many lines there are is how many records were ever destroyed on this server.
"""

import hmac
import os
import stat
from pathlib import Path

from .errors import PurgeListUnusable, Unsealable
from .keyring import Keyring
from .location import key_file

ENVIRONMENT = "HR_CAREER_FOCUS_PURGE_LIST"
NAME = "purged.list"
PURPOSE = "purge-list"
#: A line: the mark in hexadecimal digits and the end of the line.
MARK_DIGITS = 64

_loaded: dict = {}


def list_file() -> Path:
    """Return the path of the purge list, whether or not it exists."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else key_file().with_name(NAME)


def is_there() -> bool:
    """Tell whether this server has a purge list."""
    return list_file().is_file()


def require():
    """Raise PurgeListUnusable when there is no purge list, or it cannot be read."""
    if not is_there():
        raise PurgeListUnusable(
            "The purge list is missing. Put it back from its backup. If there never "
            "was one, make an empty file with mode 0600."
        )
    marks()


def ensure_list() -> bool:
    """Make an empty purge list when there is none; return whether it was made now.

    :raise PurgeListUnusable: when it cannot be made
    """
    path = list_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError:
        return False
    except OSError as error:
        raise PurgeListUnusable(
            "The purge list cannot be made. Check the rights on its folder."
        ) from error
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return True


def mark_of(ring: Keyring, ref: str) -> str:
    """Return the mark of a reference: what the list holds of it.

    >>> ring = Keyring.fresh()
    >>> mark_of(ring, "a" * 32) == mark_of(ring, "a" * 32) != mark_of(ring, "b" * 32)
    True
    >>> len(mark_of(ring, "a" * 32)) == MARK_DIGITS
    True
    """
    return _mark(ring.derive(PURPOSE), ref)


def _mark(key: bytes, ref: str) -> str:
    return hmac.digest(key, ref.encode(), "sha256").hex()


def add(ring: Keyring, refs):
    """Append the marks of ``refs``, on the disk before this returns.

    :raise PurgeListUnusable: when the file is missing or cannot be written; nothing
        may be destroyed then, because a backup would bring it back
    """
    require()
    new = sorted({mark_of(ring, ref) for ref in refs} - marks())
    if not new:
        return
    try:
        descriptor = os.open(list_file(), os.O_RDWR | os.O_APPEND | os.O_CLOEXEC)
        try:
            lines = "".join(f"{mark}\n" for mark in new).encode()
            if not _ends_a_line(descriptor):
                # The machine stopped in the middle of a line: it stays alone.
                lines = b"\n" + lines
            while lines:
                # On a disk that is almost full a part is written, without an error.
                lines = lines[os.write(descriptor, lines) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise PurgeListUnusable(
            "The purge list cannot be written, so nothing was deleted. Check the "
            "rights on its folder."
        ) from error


def _ends_a_line(descriptor):
    size = os.fstat(descriptor).st_size
    return not size or os.pread(descriptor, 1, size - 1) == b"\n"


def marks() -> frozenset:
    """Return every mark on the list, read again when the file changes.

    Without a list there is none: the cases of whoever never deleted any stay open. Who
    must know the difference calls :func:`require`.

    :raise PurgeListUnusable: when the file is there and cannot be read, or others can
        write it
    """
    path = list_file()
    try:
        status = path.stat()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise PurgeListUnusable("The purge list cannot be read.") from error
    stamp = (status.st_mtime_ns, status.st_ino, status.st_size, status.st_mode)
    known = _loaded.get(path)
    if known is None or known[0] != stamp:
        known = (stamp, _read(path, status.st_mode))
        _loaded[path] = known
    return known[1]


def _read(path, mode):
    if mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PurgeListUnusable(
            "The purge list can be written by others on this machine. Set its rights "
            "to 0600 and compare it with its backup."
        )
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise PurgeListUnusable("The purge list cannot be read.") from error
    return frozenset(line for line in text.split("\n") if len(line) == MARK_DIGITS)


def is_listed(ring: Keyring, ref: str) -> bool:
    """Tell whether ``ref`` was destroyed for good."""
    known = marks()
    return bool(known) and mark_of(ring, ref) in known


def listed(ring: Keyring, refs):
    """Yield those of many references that were destroyed for good."""
    known = marks()
    key = ring.derive(PURPOSE)
    for ref in refs:
        if _mark(key, ref) in known:
            yield ref


def refuse(ring: Keyring, ref: str):
    """Raise Unsealable when ``ref`` was destroyed for good."""
    if is_listed(ring, ref):
        raise Unsealable("This record was deleted for good.")
