"""Acts that need a second person, and how far one has come. Pure Python."""

from datetime import timedelta

#: Showing the names of all open cases of a desk at once.
BULK = "bulk"
#: Opening a case that belongs to another desk holder.
SECOND_LOOK = "second_look"
#: Telling who opened a dossier, after the employee said that it is odd.
RELEASE = "release"
#: Keeping a case that would be destroyed, because a court or a law asks for it.
HOLD = "hold"
KINDS = [
    (BULK, "Show all names"),
    (SECOND_LOOK, "Open a case of another desk holder"),
    (RELEASE, "Say who opened a dossier"),
    (HOLD, "Keep a case for legal reasons"),
]
#: Who may ask for what: a desk holder in mandate, or a privacy officer.
ASKED_BY_DESK = (BULK, SECOND_LOOK)
ASKED_BY_OFFICER = (RELEASE, HOLD)
#: Kinds of which the subject is the reference of a case.
ABOUT_A_CASE = (SECOND_LOOK, HOLD)

ASKED = "asked"
GRANTED = "granted"
REFUSED = "refused"
USED = "used"
STATES = [
    (ASKED, "Waits for a second person"),
    (GRANTED, "Confirmed"),
    (REFUSED, "Refused"),
    (USED, "Done"),
]

#: How long a question waits for an answer.
WAITS = timedelta(days=7)


def lasts(kind) -> timedelta:
    """Return how long a confirmation is good for.

    >>> lasts(BULK), lasts(HOLD)
    (datetime.timedelta(seconds=1800), datetime.timedelta(days=7))
    """
    return timedelta(minutes=30) if kind == BULK else timedelta(days=7)


def number(ref: str) -> str:
    """Return the short number of a case, by which two people speak of it.

    >>> number("9f3c04d17a60b2e58c11aa0042d7e3f1")
    '9F3C-04D1'
    """
    return f"{ref[:4]}-{ref[4:8]}".upper()
