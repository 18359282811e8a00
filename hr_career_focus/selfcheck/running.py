"""Walk of what this process made of our files: each definition is the one in its file.

What counts is the code that would run, not what an object says of itself: names such as
``__wrapped__`` and ``__module__`` can be written by anybody. So a definition must lead
to the code at its very line of the file, and what stands around it must be a decorator
of ours or one of those in :data:`AROUND`, with nothing else inside it.
"""

import ast
import functools
import gc
import inspect
import sys
import types
from dataclasses import dataclass
from pathlib import Path

from odoo.tools import ormcache

from .origin import ours

#: Modules of which the decorators may stand around a function of ours.
AROUND = (
    "contextlib",
    "odoo.addons.base.models.res_users",
    "odoo.http",
    "odoo.orm.decorators",
    "odoo.tools.cache",
)
#: Methods that Python itself writes for two kinds of classes.
BY_DATACLASS = {"__init__", "__repr__", "__eq__", "__hash__", "__setattr__"} | {
    f"__{name}__"
    for name in ("delattr", "getstate", "setstate", "replace", "lt", "le", "gt", "ge")
}
BY_NAMEDTUPLE = {"__new__", "__repr__", "__getnewargs__", "__replace__"} | {
    f"_{name}" for name in ("make", "replace", "asdict")
}
PARTIAL = (functools.partial, functools.partialmethod)


@dataclass(frozen=True)
class Source:
    """What a file defines.

    codes: every piece of code that compiling it gives
    lines: {name, or class and name: lines on which it is defined}
    imports: [(name here, level, module, name there)] of what it takes from elsewhere
    """

    codes: frozenset
    lines: dict
    imports: tuple


def walk(walk):
    """Compare each module of ours that this process holds with its file."""
    for name, module in sorted(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and _is_ours(name) and "tests" not in name.split("."):
            for where in differences(module, source_of(file)):
                walk.find("process", f"process: {name}.{where}")


def _is_ours(name):
    parts = name.split(".")
    return parts[:2] == ["odoo", "addons"] and len(parts) > 2 and ours(parts[2])


def source_of(file):
    """Return what ``file`` defines, read again when it changes."""
    return _source(file, Path(file).stat().st_mtime_ns)


@functools.lru_cache(maxsize=512)
def _source(file, stamp):
    text = Path(file).read_bytes()
    open_, codes = [compile(text, file, "exec", dont_inherit=True)], set()
    while open_:
        code = open_.pop()
        codes.add(code)
        open_ += [one for one in code.co_consts if isinstance(one, types.CodeType)]
    tree = ast.parse(text)
    lines = {}
    for node in tree.body:
        _note(lines, "", node)
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                _note(lines, f"{node.name}.", inner)
    imports = tuple(
        (alias.asname or alias.name, node.level, node.module or "", alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )
    return Source(frozenset(codes), lines, imports)


def _note(lines, prefix, node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        lines.setdefault(prefix + node.name, set()).add(first)


def differences(module, source):
    """Give the names of what is not in ``module`` as its file says."""
    for where, lines in sorted(source.lines.items()):
        if not _stands(_found(module, where), module, source, lines):
            yield where
    yield from _added(module, source)
    for name, level, home, there in source.imports:
        if _is_replaced(module, name, level, home, there):
            yield name
    imported = {name for name, *_rest in source.imports}
    for name, value in sorted(vars(module).items()):
        if name not in imported and _is_foreign(value, module):
            yield name


def _found(module, where):
    """Return what stands under a name, past nothing that could answer for it."""
    cls, _dot, name = where.rpartition(".")
    holder = vars(module).get(cls) if cls else module
    if cls and not inspect.isclass(holder):
        return None
    return vars(holder).get(name)


def _stands(value, module, source, lines):
    """Whether ``value`` leads to the code on ``lines`` of the file, and to no other."""
    parts = _parts(value)
    return bool(parts) and all(_leads(one, module, source, lines) for one in parts)


def _parts(value):
    """Return the functions that a definition became; none for what is no definition."""
    if isinstance(value, property):
        return [one for one in (value.fget, value.fset, value.fdel) if one]
    if isinstance(value, (classmethod, staticmethod)):
        return [value.__func__]
    if isinstance(value, functools.cached_property):
        return [value.func]
    if isinstance(value, functools._lru_cache_wrapper):
        # What it really calls; its __wrapped__ can say anything.
        inside = [one for one in gc.get_referents(value) if callable(one)]
        return [one for one in inside if not inspect.isclass(one)]
    return [value] if inspect.isfunction(value) else []


def _leads(function, module, source, lines):
    if not inspect.isfunction(function):
        return False
    code = function.__code__
    if code in source.codes and code.co_firstlineno in lines:
        return True
    if not _is_around(function, source):
        return False
    inside = [one for one in _cells(function) if callable(one)]
    inside = [one for one in inside if not inspect.isclass(one)]
    leading = [one for one in inside if _leads(one, module, source, lines)]
    return bool(leading) and all(
        one in leading or _is_around(one, source) for one in inside
    )


def _is_around(function, source):
    """Whether this is the code of a decorator that may stand around ours."""
    if not inspect.isfunction(function):
        return False
    code = function.__code__
    home = sys.modules.get(function.__globals__.get("__name__"))
    file = getattr(home, "__file__", None)
    if home is None or vars(home) is not function.__globals__ or not file:
        return False
    name = home.__name__
    is_known = name in AROUND or (_is_ours(name) and "tests" not in name.split("."))
    return is_known and code in source_of(file).codes


def _cells(function):
    for cell in function.__closure__ or ():
        try:
            value = cell.cell_contents
        except ValueError:
            # Not filled: nothing is in it.
            continue
        # The cache calls its method by itself, unless somebody gave it another way.
        is_cache = type(value) is ormcache and "lookup" not in vars(value)
        yield value.method if is_cache else value


def _added(module, source):
    """Give the names of functions that were put into a module or a class of ours."""
    for name, value in sorted(vars(module).items()):
        if isinstance(value, PARTIAL):
            yield name
        elif inspect.isclass(value):
            if value.__module__ == module.__name__:
                yield from _added_methods(name, value, source)
        elif (
            inspect.isfunction(value)
            and name not in source.lines
            and value.__globals__ is vars(module)
            and value.__code__ not in source.codes
        ):
            yield name


def _added_methods(name, cls, source):
    written = set()
    if "__dataclass_fields__" in vars(cls):
        written = BY_DATACLASS
    elif issubclass(cls, tuple) and hasattr(cls, "_fields"):
        written = BY_NAMEDTUPLE
    for attribute, value in sorted(vars(cls).items()):
        where = f"{name}.{attribute}"
        if attribute in written or where in source.lines:
            continue
        parts = _parts(value)
        if isinstance(value, PARTIAL) or not all(
            inspect.isfunction(one) and one.__code__ in source.codes for one in parts
        ):
            yield where


def _is_replaced(module, name, level, home, there):
    """Whether a name that a file takes from ours is something else here."""
    base = module.__name__.split(".")
    if not getattr(module, "__path__", None):
        base = base[:-1]
    base = base[: len(base) - level + 1] if level else []
    full = ".".join([*base, *([home] if home else [])])
    if not _is_ours(full) or full not in sys.modules:
        return False
    held, nothing = vars(sys.modules[full]), object()
    return held.get(there, nothing) is not vars(module).get(name, nothing)


def _is_foreign(value, module):
    """Whether a function from elsewhere is not what its home has under its name."""
    if not inspect.isfunction(value) or value.__globals__ is vars(module):
        return False
    if value.__module__ == module.__name__:
        # A decorated definition of this very module: looked at as such.
        return False
    home = sys.modules.get(value.__module__)
    return getattr(home, value.__name__, None) is not value
