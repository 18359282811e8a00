"""Remembers what is done, so that a second run does not do it again."""

import hashlib
import shutil
from pathlib import Path

from .errors import StackError

SKIPPED_PARTS = {"__pycache__", ".pytest_cache", "node_modules"}


def digest(*parts):
    """Hash of texts, bytes and files (by content); the order counts.

    >>> digest("a", "b") == digest("a", "b") != digest("ab")
    True
    """
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part
        data = data.encode() if isinstance(data, str) else data
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()[:16]


def tree_files(folder, without=()):
    """Files below ``folder``, sorted, less those under one of the paths ``without``."""
    skipped = [Path(path).parts for path in without]
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if SKIPPED_PARTS.intersection(parts) or path.suffix == ".pyc":
            continue
        if any(parts[: len(skip)] == skip for skip in skipped):
            continue
        if path.is_file():
            yield path


def tree_digest(folder, without=()):
    """Hash of names and contents of the files below ``folder``."""
    parts = []
    for path in tree_files(folder, without):
        parts += [str(path.relative_to(folder)), path]
    return digest(*parts)


class Stamp:
    """A small file that holds the digest of what a step was made from."""

    def __init__(self, layout, name):
        self.path = layout / "stamps" / name

    @property
    def value(self):
        """What was recorded last, or None."""
        return self.path.read_text().strip() if self.path.exists() else None

    def holds(self, value):
        """Tell whether the step was done from exactly this."""
        return self.value == value

    def record(self, value):
        """The step is done."""
        self.path.write_text(value + "\n")

    def clear(self):
        """The step has to be done again."""
        self.path.unlink(missing_ok=True)


def need_space(folder, gigabytes, what):
    """Refuse to start what would fill the disk.

    :raises StackError: when less than ``gigabytes`` are free where ``folder`` is.
    """
    free = shutil.disk_usage(folder).free / 1e9
    if free < gigabytes:
        raise StackError(
            f"{what} takes about {gigabytes:g} GB and {folder} has {free:.1f} GB free: "
            "free some space, or set STACK_HOME to a folder on a larger disk."
        )
