"""Which groups are reached less, and what may help: below, above, or nothing.

A group is named only when its published range does not touch the company's. What is
advised depends on which group that is and on nothing else, so it tells no more than
the verdict does.
"""

from ..engine import shares, structure
from . import sentences
from .uptake_shapes import Reach

TRAITS = (structure.AGE, structure.EDUCATION, structure.CONTRACT, structure.GENDER)


def reach(env, code, table):
    """Return what may be said about one trait.

    :param code: the trait.
    :param table: its published rows, or nothing when there are none.
    """
    title = sentences.trait(env, code)
    if not table:
        return Reach(
            code,
            title,
            env._("Not shown: the groups are too small to tell them apart."),
        )
    below = [line for line in table.lines if line.verdict_code == shares.BELOW]
    above = [line for line in table.lines if line.verdict_code == shares.ABOVE]
    return Reach(
        code,
        title,
        _said(env, below, above),
        table,
        [line.label for line in below],
        [line.label for line in above],
        list(dict.fromkeys(advice(env, code, line.code) for line in below)),
    )


def _said(env, below, above):
    if below and above:
        return env._("Some groups are clearly reached less, others clearly more.")
    if below:
        return env._("Clearly reached less than the company as a whole.")
    if above:
        return env._("Clearly reached more than the company as a whole.")
    return env._(
        "No clear difference. That does not say that the groups are equal, only that "
        "these figures show no difference."
    )


def advice(env, trait, code):
    """Return what may help to reach the group that `code` names within `trait`."""
    values = set(code.split("+"))
    texts = {
        structure.AGE: _age,
        structure.EDUCATION: _education,
        structure.CONTRACT: _contract,
        structure.GENDER: _gender,
    }[trait](env)
    for category, text in texts:
        if category in values:
            return text
    return env._(
        "Ask the works council which questions people in this group have. Then tell "
        "everybody about the right once more, with an answer to those questions."
    )


def _age(env):
    older = env._(
        "Older colleagues often think that guidance is about leaving. Say that it is "
        "also about working well until your pension: other tasks, other hours, passing "
        "on what you know. Use examples from outside the company."
    )
    young = env._(
        "Young colleagues often do not know this right yet. Name it in the first weeks "
        "of a job, and again after a year. Say that you do not need a problem to use "
        "it."
    )
    busy = env._(
        "In the middle of a career, time is short. Say how many talks it takes, and "
        "that they can be early, late or by video."
    )
    return (
        ("55_plus", older),
        ("under_35", young),
        ("35_44", busy),
        ("45_54", busy),
    )


def _education(env):
    spoken = env._(
        "Say it aloud and keep it short. Tell it where people work, at the start of a "
        "shift or in the canteen, and not only by e-mail. Say who pays: the employer."
    )
    alone = env._(
        "People who studied long often think that they can find their own way. Say "
        "what a coach adds: time to think, a view from outside, and secrecy."
    )
    return (
        ("other", spoken),
        ("graduate", spoken),
        ("bachelor", alone),
        ("master", alone),
        ("doctor", alone),
    )


def _contract(env):
    temporary = env._(
        "Colleagues with an end date often think that the right is not for them. Say "
        "when it is, at the start of the contract and well before the end."
    )
    safe = env._(
        "Colleagues with a permanent contract often feel safe. Say that guidance is no "
        "sign that a job is in danger."
    )
    return (("fixed_term", temporary), ("permanent", safe))


def _gender(env):
    men = env._(
        "Men ask for guidance less often in other places too. Say in a practical way "
        "what it is: a few talks, a plan, and your manager does not hear about it."
    )
    women = env._(
        "Look at when and where you tell people about it. Who works part time or in "
        "shifts easily misses a meeting or a message."
    )
    return (("male", men), ("female", women))
