"""Walk of our own code: the files on disk, and what this process made of them."""

import functools
import hashlib
import inspect
import sys
import types
from pathlib import Path

from odoo.modules import get_module_path

from ..models.vault_mixin import CareerVaultMixin
from ..vault.inventory import vault_models
from .origin import ours
from .programs import installed

#: What the mixin defines is the guard; nothing else may stand in its place.
GUARD = tuple(
    name
    for name, value in vars(CareerVaultMixin).items()
    if inspect.isfunction(inspect.unwrap(value) if callable(value) else value)
)
NOT_CODE = {"__pycache__", "tests", "description"}
#: Methods that Python itself writes for two kinds of classes.
BY_DATACLASS = {"__init__", "__repr__", "__eq__", "__hash__", "__setattr__"} | {
    f"__{name}__"
    for name in ("delattr", "getstate", "setstate", "replace", "lt", "le", "gt", "ge")
}
BY_NAMEDTUPLE = {"__new__", "__repr__", "__getnewargs__", "__replace__"} | {
    f"_{name}" for name in ("make", "replace", "asdict")
}


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
    _running(walk)
    _guard(env, walk)


def _running(walk):
    """Each function of ours that this process holds is what its file says."""
    for name, module in sorted(sys.modules.items()):
        parts = name.split(".")
        if parts[:2] != ["odoo", "addons"] or len(parts) < 3 or not ours(parts[2]):
            continue
        file = getattr(module, "__file__", None)
        if "tests" in parts or not file:
            continue
        known = _codes(file, Path(file).stat().st_mtime_ns)
        for where, function in _functions(module):
            if function.__code__ not in known:
                walk.find("process", f"process: {name}.{where}")
        for where in _replaced(module):
            walk.find("process", f"process: {name}.{where}")


@functools.lru_cache(maxsize=512)
def _codes(file, stamp):
    """Return every piece of code that compiling ``file`` gives."""
    open_ = [compile(Path(file).read_bytes(), file, "exec", dont_inherit=True)]
    found = set()
    while open_:
        code = open_.pop()
        found.add(code)
        open_ += [one for one in code.co_consts if isinstance(one, types.CodeType)]
    return frozenset(found)


def _functions(module):
    """Give (name, function) of what is defined in, or put into, a module of ours."""
    for name, value in sorted(vars(module).items()):
        if inspect.isclass(value):
            if value.__module__ == module.__name__:
                yield from _methods(name, value)
        elif inspect.isfunction(value) and _is_own(value, module):
            yield name, inspect.unwrap(value)


def _methods(name, cls):
    written = set()
    if "__dataclass_fields__" in vars(cls):
        written = BY_DATACLASS
    elif issubclass(cls, tuple) and hasattr(cls, "_fields"):
        written = BY_NAMEDTUPLE
    for attribute, value in sorted(vars(cls).items()):
        if isinstance(value, property):
            parts = (value.fget, value.fset, value.fdel)
        else:
            parts = (getattr(value, "__func__", value),)
        for part in parts:
            if inspect.isfunction(part) and attribute not in written:
                yield f"{name}.{attribute}", inspect.unwrap(part)


def _replaced(module):
    """Give the names of imported functions that are not what their home has."""
    for name, value in sorted(vars(module).items()):
        if inspect.isfunction(value) and not _is_own(value, module):
            home = sys.modules.get(value.__module__)
            if getattr(home, value.__name__, None) is not value:
                yield name


def _is_own(value, module):
    return inspect.unwrap(value).__module__ == module.__name__


def _guard(env, walk):
    """On every confidential model, the guard's methods are ours and not overridden."""
    for model in vault_models(env):
        cls = env.registry[model]
        for name in GUARD:
            found = inspect.unwrap(getattr(cls, name))
            owner = found.__module__.split(".")
            is_ours = owner[:2] == ["odoo", "addons"] and ours(owner[2])
            # what is set on the assembled class itself was put there afterwards
            if not is_ours or name in vars(cls):
                walk.find("guard", f"process: {model}.{name}", by=found.__module__)
        for base in cls.__mro__:
            inherit = base.__dict__.get("_inherit") or ()
            inherit = [inherit] if isinstance(inherit, str) else inherit
            addon = getattr(base, "_module", None)
            if model in inherit and addon and not ours(addon):
                walk.find("extended", f"process: {model}", by=addon)
