"""Deleting the own case: by its employee, at once, after it has ended."""

from ..vault import purged
from ..vault.keyring import load_keyring
from . import constants as c
from . import home
from .erasing import Erased, erase
from .errors import CaseworkError
from .opening import find, vault

#: States in which the employee can delete a case. A running one is stopped first.
DELETABLE = (c.AFTERCARE, *c.ENDED)


def delete(case) -> Erased:
    """Destroy the own case; return what the certificate says.

    :param case: :class:`~.employee_case.EmployeeCase`
    :raise CaseworkError: while it runs, while a legal hold forbids it, in a copy
    """
    env = case.env
    home.refuse_in_a_copy(env)
    with vault(env) as inside:
        traject = find(inside, case.ref, case._domain(), destroyed=True)
        # On the list already: an earlier attempt failed halfway. It goes, whatever.
        if not purged.is_listed(load_keyring(), traject.ref):
            refuse(case, case._opened(inside).traject)
        return erase(inside, traject, case.door.today)


def refuse(case, traject):
    """Raise CaseworkError when the employee cannot delete ``traject`` now."""
    env = case.env
    if traject.state not in DELETABLE:
        raise CaseworkError(
            env._(
                "Your traject is still running. Stop or close it first; then you can "
                "delete it here."
            )
        )
    reason = case.hold_reason()
    if reason:
        raise CaseworkError(
            env._(
                "This cannot be deleted now, because it may be needed for a legal "
                "claim. The reason that was given: %(reason)s",
                reason=reason,
            )
        )
