"""What each kind of entry may hold, and checking it before anything is sealed."""

from datetime import date, datetime, timedelta

from . import constants as c
from .errors import CaseworkError

#: Longest text of one field, in characters.
LONGEST = 20_000
SHORT = 200

#: kind -> {field: longest length}; dates and choices are checked below.
FIELDS = {
    c.NOTE: {"title": SHORT, "text": LONGEST},
    c.MESSAGE: {"text": LONGEST},
    c.PLAN: {
        "ambitions": LONGEST,
        "strengths": LONGEST,
        "steps": LONGEST,
        "text": LONGEST,
    },
    c.EXPLORATION: {
        "on": SHORT,
        "tried": LONGEST,
        "learned": LONGEST,
        "next_step": LONGEST,
    },
    c.AGREEMENT: {
        "goal": LONGEST,
        "approach": LONGEST,
        "sessions": SHORT,
        "hours": SHORT,
        "both_sides": LONGEST,
        "reporting": LONGEST,
    },
    c.SESSION: {"on": SHORT, "where": SHORT, "modality": SHORT, "note": LONGEST},
}
#: What must be filled in: one of these fields at least.
NEEDED = {
    c.NOTE: ("text", "title"),
    c.MESSAGE: ("text",),
    c.PLAN: ("ambitions", "strengths", "steps", "text"),
    c.EXPLORATION: ("tried", "learned", "next_step"),
    c.AGREEMENT: ("goal",),
    c.SESSION: ("on",),
}
#: How far from today a session may be planned or recorded.
EARLIEST, LATEST = timedelta(days=92), timedelta(days=366)


def outcome(env, outcomes, text):
    """Return the fields of how it went, as the employee says it; None for nothing.

    :raise CaseworkError: for a text that is too long
    """
    known = dict(c.OUTCOMES)
    chosen = [one for one in outcomes if one in known]
    text = str(text or "").strip()
    if len(text) > LONGEST:
        raise CaseworkError(env._("This text is too long."))
    return {"outcomes": chosen, "text": text} if chosen or text else None


def checked(env, kind, values, now):
    """Return the fields of an entry, cleaned.

    :raise CaseworkError: when nothing is filled in, or a value cannot be right
    """
    known = FIELDS[kind]
    clean = {name: _text(values.get(name)) for name in known}
    if not any(clean[name] for name in NEEDED[kind]):
        raise CaseworkError(env._("Nothing was filled in, so nothing was saved."))
    for name, longest in known.items():
        if len(clean[name]) > longest:
            raise CaseworkError(
                env._(
                    "This text is too long: at most %(most)s characters fit. Nothing "
                    "was saved.",
                    most=longest,
                )
            )
    if kind == c.SESSION:
        clean["on"] = session_time(env, clean["on"], now).isoformat(timespec="minutes")
        clean["status"], clean["hours"] = "proposed", ""
    if kind == c.EXPLORATION and clean["on"]:
        clean["on"] = day(env, clean["on"]).isoformat()
    return clean


def session_time(env, text, now):
    """Return the moment of a session, as local wall time."""
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise CaseworkError(
            env._("Give the day and the time of the session, as 2027-03-01T14:00.")
        ) from None
    if not now - EARLIEST <= moment <= now + LATEST:
        raise CaseworkError(
            env._("The date of the session must be within a year from now.")
        )
    return moment


def day(env, text):
    """Return a day; CaseworkError when the text is none."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise CaseworkError(
            env._("This is not a date. Write it as 2027-03-01.")
        ) from None


def _text(value):
    return "".join(
        char for char in str(value or "") if char.isprintable() or char in "\n\t"
    ).strip()
