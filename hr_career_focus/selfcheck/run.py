"""One run of the self-check, and the first expectation."""

import time

from ..vault.errors import VaultError
from . import (
    access,
    book,
    origin,
    process,
    programs,
    rehearsal,
    relations,
    surroundings,
)
from .findings import Result, advice, finding, matrix_findings
from .snapshot import Walk, judge, mark_of

#: The steps of a run, for whoever waits for it.
STEPS = ("access", "relations", "programs", "process", "surroundings", "rehearsal")
BAD_MARK = mark_of(surroundings.BAD)
#: Who signs when the addon is installed.
INSTALLED = "installation"


def run(env, progress=None) -> Result:
    """Check everything; leave nothing behind.

    :param env: any environment; the check reads as the system
    :param progress: function(step, of how many, name) called before each step
    """
    started = time.monotonic()
    env = env(su=True, context={"lang": "en_US"})
    walk, found, signature = inspect(env, progress)
    _tell(progress, len(STEPS) - 1)
    cells, broken = rehearsal.play(env)
    found += [*matrix_findings(cells), *broken]
    return Result(
        tuple(sorted(set(found))),
        tuple(sorted(cells)),
        walk.picture(),
        signature,
        time.monotonic() - started,
    )


def inspect(env, progress=None):
    """Look without trying: the walks, and the comparison with what was signed.

    :return: the walk, its findings, and the signature it was compared with
    """
    env = env(su=True, context={"lang": "en_US"})
    walk = look(env, progress)
    try:
        signed, signature, altered = book.expected(env)
        _lines, rewritten = book.lines(env, book.RUN)
    except VaultError:
        # the walk of the surroundings has said so
        signed, signature, altered, rewritten = {}, "", False, False
    found = list(walk.found)
    if altered:
        found.append(finding("expectation_forged", book.EXPECTATION))
    if rewritten:
        found.append(finding("history_forged", book.RUN))
    if signed:
        already = {one.where for one in found}
        found += judge(signed, walk.pieces, origin.Shipped(), already)
    else:
        found.append(finding("expectation_missing", book.EXPECTATION))
    return walk, found + _settings(signed, walk), signature


def look(env, progress=None) -> Walk:
    """Make the walks; return what they put down."""
    walk, origins = Walk(), origin.Origins(env)
    steps = (
        lambda: access.walk(env, walk, origins),
        lambda: relations.walk(env, walk, origins),
        lambda: programs.walk(env, walk, origins),
        lambda: process.walk(env, walk),
        lambda: surroundings.walk(env, walk),
    )
    for number, step in enumerate(steps):
        _tell(progress, number)
        step()
    return walk


def take_first(env):
    """Sign the state of a fresh installation, unless there is a signed one."""
    if not env[book.EXPECTATION].sudo().search_count([], limit=1):
        picture = look(env(su=True)).picture()
        book.expect(env, picture, INSTALLED, "")


def _settings(signed, walk):
    """Say what is not as it should be: worse than it was signed, or known."""
    found = []
    for name, piece in walk.pieces.get("setting", {}).items():
        if piece.mark != BAD_MARK or name in surroundings.NEVER:
            continue
        before = signed.get("setting", {}).get(name, [BAD_MARK])[0]
        say = advice if before == BAD_MARK else finding
        found.append(say(f"setting_{name}", f"setting: {name}"))
    return found


def _tell(progress, number):
    if progress:
        progress(number, len(STEPS), STEPS[number])
