"""Which desk holder a case belongs to: the one who opened it first.

Another one needs a second person for a look, unless the first no longer runs the desk:
then the case passes on by itself, and the log says so. Who it is, is sealed.
"""

import json

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


def is_at_desk(env, user_id, company, today):
    """Whether a login runs the desk of ``company`` today."""
    user = env["res.users"].sudo().browse(user_id).exists()
    if not user:
        return False
    mandates = env["hr.career.mandate"].sudo()
    return company in mandates._mandated_companies(user, today)


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
    if not is_at_desk(door.env, holder_id, company, door.today):
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
