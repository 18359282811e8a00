"""The scope: only code inside it may touch the confidential models as superuser.

A context variable of this process. A remote call's context, a server action, a template
and an automated action can set none of it: they cannot import, and no model method
opens a scope for them. ``casework`` opens it after it has checked who is asking.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[bool] = ContextVar("hr_career_focus_scope", default=False)


def is_open() -> bool:
    """Return whether this very call runs inside the scope."""
    return _open.get()


@contextmanager
def opened():
    """Open the scope for the block.

    >>> is_open()
    False
    >>> with opened():
    ...     is_open()
    True
    >>> is_open()
    False
    """
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)
