"""What this process runs is what the files say, whatever an object says of itself."""

import functools
import types
from contextlib import contextmanager
from unittest.mock import MagicMock, patch

from odoo import tools
from odoo.tests import BaseCase, tagged

from ..casework import deleting, holds, opening, purging
from ..controllers import common, retention
from ..models import refusals
from ..presets import templates
from ..selfcheck import running
from ..selfcheck.snapshot import Walk
from ..vault import scope


def evil(*args, **kwargs):
    """What somebody puts in the place of a function of ours."""


def dressed(function):
    """Return ``evil`` with everything that says it is ``function``."""

    @functools.wraps(function)
    def answer(*args, **kwargs):
        return evil(*args, **kwargs)

    return answer


def manager_of(function, real):
    made = contextmanager(function)
    made.__wrapped__ = real.__wrapped__
    made.__module__ = real.__module__
    return made


def cached(function, real):
    made = functools.lru_cache(maxsize=1)(function)
    made.__wrapped__ = real.__wrapped__
    return made


def guarded(function, real):
    made = common.guarded(function)
    made.__wrapped__ = real
    made.__name__, made.__module__ = real.__name__, real.__module__
    return made


def remembered(function, real):
    made = tools.ormcache("self._name")(function)
    made.__wrapped__ = real.__wrapped__
    made.__name__, made.__module__ = real.__name__, real.__module__
    return made


class Callable:
    """Something that is called and is no function."""

    __name__ = "purge"
    __module__ = purging.__name__

    def __call__(self, *args):
        return evil(*args)


@tagged("post_install", "-at_install")
class TestRunning(BaseCase):
    def found(self):
        walked = Walk()
        running.walk(walked)
        return {one.where.rpartition("hr_career_focus.")[2] for one in walked.found}

    def test_each_way_to_replace_a_function(self):
        self.assertEqual(self.found(), set())
        pages = retention.RetentionPages
        door = opening.Dossier
        changes = {
            "casework.purging.purge: wraps": (purging, dressed(purging.purge)),
            "casework.purging.purge: partial": (purging, functools.partial(evil)),
            "casework.purging.purge: object": (purging, Callable()),
            "casework.purging.purge: mock": (purging, MagicMock()),
            "casework.purging.purge: another": (purging, purging.due_month),
            "casework.purging.purge: static": (purging, staticmethod(evil)),
            "casework.opening.Dossier.lock: wraps": (door, dressed(door.lock)),
            "casework.opening.Dossier.identity: property": (door, property(evil)),
            "casework.opening.Dossier.lock: partial": (
                door,
                functools.partialmethod(evil),
            ),
            "casework.opening.vault: manager": (
                opening,
                manager_of(evil, opening.vault),
            ),
            "vault.scope.opened: manager": (scope, manager_of(evil, scope.opened)),
            "presets.templates.names: cached": (templates, None),
            "controllers.retention.RetentionPages.retention: guarded": (
                pages,
                guarded(evil, pages.retention),
            ),
            "models.refusals.Base._career_pointing: cache": (
                refusals.Base,
                remembered(evil, refusals.Base._career_pointing),
            ),
            "casework.deleting.erase: import": (deleting, dressed(deleting.erase)),
            "casework.holds.blind: import": (holds, functools.partial(holds.blind)),
            "casework.opening.spy: added": (
                opening,
                types.FunctionType(evil.__code__, vars(opening)),
            ),
        }
        for what, (holder, value) in changes.items():
            where = what.partition(":")[0]
            name = where.rpartition(".")[2]
            if what.endswith("cached"):
                [(name, real)] = [
                    (name, one)
                    for name, one in vars(templates).items()
                    if isinstance(one, functools._lru_cache_wrapper)
                ]
                where, value = f"presets.templates.{name}", cached(evil, real)
            with (
                self.subTest(what),
                patch.object(holder, name, value, create=True),
            ):
                self.assertIn(where, self.found())
        self.assertEqual(self.found(), set())
