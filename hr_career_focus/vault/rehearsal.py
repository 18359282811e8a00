"""The rehearsal: what runs now is the self-check's own case, and nothing of it stays.

The self-check makes a synthetic case through the doors, in a savepoint that is always
rolled back. What would otherwise write on a connection of its own asks :func:`is_on`,
and then writes on the connection of the check, where it goes with the rest. Like the
scope, this is a context variable that no remote call, server action or template can
set.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_on: ContextVar[bool] = ContextVar("hr_career_focus_rehearsal", default=False)


def is_on() -> bool:
    """Return whether this very call belongs to the self-check's synthetic case."""
    return _on.get()


@contextmanager
def going_on():
    """Mark the block as a rehearsal.

    >>> with going_on():
    ...     is_on()
    True
    >>> is_on()
    False
    """
    token = _on.set(True)
    try:
        yield
    finally:
        _on.reset(token)
