"""In plain words: which seal a text has, and which one a new text gets, and why."""

from ..casework import constants as c
from ..casework import personal


def tier(env, entry, me):
    """Return whose keys open a text, for its reader."""
    if entry.tier != personal.PERSONAL:
        return env._("Sealed with the key of the server")
    if entry.audience == c.SELF:
        return env._("Sealed with your own key")
    if me == personal.EMPLOYEE:
        return env._("Sealed with your own key and your coach's")
    return env._("Sealed with your own key and that of the employee")


def will(env, seal, audience, me):
    """Return which seal a new text for an audience gets, and why."""
    why = seal.will[audience]
    is_coach = me == personal.COACH
    if why == personal.PERSONAL:
        if not seal.is_unlocked:
            return env._("This is sealed with your own key. Unlock it first.")
        if audience == c.SELF:
            return env._("This will be sealed with your own key.")
        if is_coach:
            return env._(
                "This will be sealed with your own key and that of the employee."
            )
        return env._("This will be sealed with your own key and your coach's.")
    if why == personal.DAMAGED:
        return env._(
            "Nothing can be saved here now: a key was changed behind the back of its "
            "owner."
        )
    return _server(env, why, is_coach)


def _server(env, why, is_coach):
    own = personal.NO_KEY + (personal.COACH if is_coach else personal.EMPLOYEE)
    if why == personal.NO_COACH_YET:
        return env._(
            "This will be sealed with the key of the server: no coach has said yes yet."
        )
    if why == own:
        return env._(
            "This will be sealed with the key of the server: you have no key of your "
            "own yet."
        )
    if why == personal.NO_KEY + personal.COACH:
        return env._(
            "This will be sealed with the key of the server: your coach has no key of "
            "their own yet."
        )
    if why == personal.NO_KEY + personal.EMPLOYEE:
        return env._(
            "This will be sealed with the key of the server: the employee has no key "
            "of their own yet."
        )
    return env._("This will be sealed with the key of the server.")
