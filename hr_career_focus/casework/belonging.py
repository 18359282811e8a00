"""Which desk holder a case belongs to: the one who opened it first.

Another one needs a second person for a look, unless the mandate of the first was
withdrawn or is over: then the case passes on by itself, and the log says so. A mandate
that was changed and waits for its second person again hands nothing over. Who holds a
case is sealed.
"""

import json

from ..engine.roles import GROUP_DESK
from ..vault import sealing
from . import purposes
from .errors import CaseworkError

FIELD = "holder"


class SecondLookNeeded(CaseworkError):
    """The case belongs to another desk holder, and nobody confirmed a second look.

    :param colleague: the name of the desk holder it belongs to
    """

    def __init__(self, message, colleague):
        super().__init__(message)
        self.colleague = colleague


class Belonging:
    """What a dossier knows of its desk holder. Uses ``env``, ``traject``, ``_key``."""

    @property
    def holder_id(self):
        """The id of the login the case belongs to at the desk, or None."""
        if not self.traject.holder:
            return None
        sealed = sealing.open_sealed(self._key, self.traject.holder, self._holder())
        return json.loads(sealed)["user"]

    def give_to(self, user):
        """Let the case belong to ``user`` at the desk."""
        content = sealing.dump({"user": user.id})
        self.traject.holder = sealing.seal(self._key, content, self._holder())

    def _holder(self):
        return sealing.place("hr.career.traject", self.traject.ref, FIELD)


def at_desk(env, user_ids, today):
    """Return the desks that keep their cases: a set of (login id, company id).

    Confirmed or waiting for it: nobody has a case without a mandate that was confirmed
    once, and changing that mandate takes one person.
    """
    users = env["res.users"].sudo()
    holders = users.search(
        [
            ("id", "in", list(user_ids)),
            ("all_group_ids", "in", env.ref(GROUP_DESK).sudo().ids),
        ]
    )
    mandates = env["hr.career.mandate"].sudo()._running(today, holders)
    return {(one.user_id.id, one.company_id.id) for one in mandates}


def admit(door, dossier, has_second_look):
    """Let the desk holder of ``door`` into a case; return what the opening is for.

    :param has_second_look: function without arguments, whether a second person has
        confirmed
    :raise SecondLookNeeded: when the case is another's and nobody has confirmed
    """
    user = door.env.user
    if dossier.holder_id is None:
        # Of two who open a new case at the same moment, one is first.
        dossier.lock()
    holder_id = dossier.holder_id
    if holder_id is None:
        dossier.give_to(user)
        return purposes.CASE
    if holder_id == user.id:
        return purposes.CASE
    company = dossier.traject.company_id
    if (holder_id, company.id) not in at_desk(door.env, [holder_id], door.today):
        dossier.lock()
        if dossier.holder_id == holder_id:
            dossier.give_to(user)
            return purposes.PASSED_ON
        return admit(door, dossier, has_second_look)
    if has_second_look():
        return purposes.SECOND_LOOK
    holder = door.env["res.users"].sudo().browse(holder_id)
    raise SecondLookNeeded(
        door.env._(
            "This case belongs to %(colleague)s. You can open it once a second person "
            "has confirmed that.",
            colleague=holder.name,
        ),
        holder.name,
    )
