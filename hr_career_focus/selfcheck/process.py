"""Walk of our own code: the files on disk, and what this process made of them."""

import hashlib
import inspect
import sys
from pathlib import Path

from odoo.modules import get_module_path

from ..models.vault_mixin import CareerVaultMixin
from ..vault.inventory import vault_models
from . import running
from .origin import ours
from .programs import installed

#: What the mixin defines is the guard; nothing else may stand in its place.
GUARD = tuple(
    name
    for name, value in vars(CareerVaultMixin).items()
    if inspect.isfunction(inspect.unwrap(value) if callable(value) else value)
)
NOT_CODE = {"__pycache__", "tests", "description"}


def walk(env, walk):
    """Compare files with the signed picture, and functions with their files."""
    for addon in filter(ours, installed(env)):
        root = Path(get_module_path(addon))
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if path.is_file() and not NOT_CODE.intersection(inside.parts):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                walk.piece(
                    "file", f"{addon}/{inside}", digest, module=addon, by_system=True
                )
    running.walk(walk)
    _guard(env, walk)


def _guard(env, walk):
    """On every confidential model, the guard's methods are ours and not overridden."""
    for model in vault_models(env):
        cls = env.registry[model]
        for name in GUARD:
            owner = next(base for base in cls.__mro__ if name in vars(base))
            if not _is_written_by_us(owner):
                walk.find(
                    "guard",
                    f"process: {model}.{name}",
                    by=getattr(vars(owner)[name], "__module__", owner.__module__),
                )
        for base in cls.__mro__:
            inherit = base.__dict__.get("_inherit") or ()
            inherit = [inherit] if isinstance(inherit, str) else inherit
            addon = getattr(base, "_module", None)
            if model in inherit and addon and not ours(addon):
                walk.find("extended", f"process: {model}", by=addon)


def _is_written_by_us(cls):
    """Whether this is a class as a file of ours has it.

    What was set on an assembled class was put there afterwards, whatever it says of
    itself; what was put on a class of a file shows in :mod:`.running`.
    """
    parts = cls.__module__.split(".")
    home = sys.modules.get(cls.__module__)
    return (
        parts[:2] == ["odoo", "addons"]
        and ours(parts[2])
        and getattr(home, cls.__name__, None) is cls
    )
