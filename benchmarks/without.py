"""The product with guard, access log and sealing taken out: for comparison only.

What is taken out is gone from the process while the block lasts, not switched off by a
setting: the product has no such setting.

* the guard: the methods with which the mixin stands before Odoo's own, the gate of the
  doors, and the scope with the emptying of the cache after it;
* the access log: nothing is written when a dossier is opened;
* sealing: what is stored is the text itself, and so are indexes and keys.
"""

import sys
from contextlib import contextmanager

from odoo import models

ADDON = "odoo.addons.hr_career_focus"
#: Of the mixin, what prepares a table and stands before nothing.
KEPT = ("init",)


def plain_seal(_key, data, _where):
    """Store the text itself."""
    return data.decode()


def plain_open(_key, text, _where):
    """Read the text itself."""
    return text.encode()


def plain_wrap(_ring, _key, _owner):
    """Wrap nothing."""
    return "[]"


def plain_unwrap(_ring, _envelope, _owner):
    """Unwrap nothing."""
    return b""


def plain_index(_ring, purpose, content):
    """Name somebody or something openly."""
    return f"{purpose}-{content}"


@contextmanager
def plain_vault(env):
    """Give a superuser environment, and nothing more."""
    yield env(su=True)


def nobody(*_args, **_kwargs):
    """Stand in for a list of logins."""
    return []


def do_nothing(*_args, **_kwargs):
    """Stand in for writing a line of the log, and for a gate."""


def replacements():
    """Return ``{function of the product: what stands in for it}``."""
    from odoo.addons.hr_career_focus.casework import logins, opening
    from odoo.addons.hr_career_focus.vault import blind_index, sealing

    return {
        sealing.seal: plain_seal,
        sealing.open_sealed: plain_open,
        sealing.wrap: plain_wrap,
        sealing.unwrap: plain_unwrap,
        blind_index.blind: plain_index,
        blind_index.index_of: plain_index,
        opening.vault: plain_vault,
        logins.gate: do_nothing,
        logins.require_second_factor: do_nothing,
        logins.closed_because: do_nothing,
        logins.lacks_second_factor: do_nothing,
        logins.is_factor_off: do_nothing,
        logins.end_fresh: do_nothing,
        logins.unused: nobody,
    }


def guard_methods():
    """Return ``{name: method}`` with which the mixin stands before Odoo's own."""
    from odoo.addons.hr_career_focus.models.vault_mixin import CareerVaultMixin

    return {
        name: method
        for name, method in vars(CareerVaultMixin).items()
        if callable(method) and hasattr(models.BaseModel, name) and name not in KEPT
    }


@contextmanager
def guard_taken_out():
    """Take the methods of the guard out of this process for the block."""
    from odoo.addons.hr_career_focus.models.vault_mixin import CareerVaultMixin

    methods = guard_methods()
    for name in methods:
        delattr(CareerVaultMixin, name)
    try:
        yield
    finally:
        for name, method in methods.items():
            setattr(CareerVaultMixin, name, method)


@contextmanager
def taken_out(keep_log=False):
    """Take guard, access log and sealing out of this process for the block.

    :param keep_log: write lines of the log, as plain text
    """
    from odoo.addons.hr_career_focus.casework.access_log import AccessLog

    undo = []
    # By id: some of what a module holds stands for something else until a request.
    swap = {id(own): other for own, other in replacements().items()}
    for name, module in list(sys.modules.items()):
        if name != ADDON and not name.startswith(f"{ADDON}."):
            continue
        for attribute, value in list(vars(module).items()):
            if id(value) in swap:
                setattr(module, attribute, swap[id(value)])
                undo.append((module, attribute, value))
    if not keep_log:
        for name in ("log", "log_once"):
            undo.append((AccessLog, name, vars(AccessLog)[name]))
            setattr(AccessLog, name, do_nothing)
    try:
        with guard_taken_out():
            yield
    finally:
        for owner, name, value in reversed(undo):
            setattr(owner, name, value)
