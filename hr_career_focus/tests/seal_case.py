"""A company where employee and coach have keys of their own."""

from ..casework import KeyDoor
from ..casework import constants as c
from .common import NOW, CareerCase, CareerCompany

#: Good enough for the door, and for nothing else.
PASSPHRASE = "purple ladder wet sunday"
COACH_PASSPHRASE = "green bicycle late thunder"


class SealedCompany(CareerCompany):
    """Mixin: :class:`CareerCompany` with own keys switched on.

    ``keys`` holds the unlocked pair of each login that made one.
    """

    @classmethod
    def make_company(cls):
        made = super().make_company()
        cls.company.career_personal_seal = True
        cls.keys = {}
        return made

    @classmethod
    def key_door(cls, login="victim", now=NOW):
        door = KeyDoor(cls.env_of(login), now=now)
        door.unlocked = cls.keys.get(login)
        return door

    @classmethod
    def make_key(cls, login, passphrase=PASSPHRASE):
        door = cls.key_door(login)
        door.make(passphrase)
        cls.keys[login] = door.unlocked
        return door.unlocked

    @classmethod
    def make_keys(cls):
        cls.make_key("victim")
        cls.make_key("coach", COACH_PASSPHRASE)

    @classmethod
    def employee_door(cls, login="victim", now=NOW, locked=False):
        door = super().employee_door(login, now)
        door.unlocked = None if locked else cls.keys.get(login)
        return door

    @classmethod
    def coach_door(cls, login="coach", now=NOW, locked=False):
        door = super().coach_door(login, now)
        door.unlocked = None if locked else cls.keys.get(login)
        return door


class SealCase(SealedCompany, CareerCase):
    """A transaction test with an active case and both keys made."""

    def own(self, **how):
        return self.employee_door(**how).case(self.ref)

    def work(self, **how):
        return self.coach_door(**how).case(self.ref)

    def write_all(self):
        """Write one of everything; return ``{kind: ref}``."""
        own, work = self.own(), self.work()
        return {
            c.NOTE: own.write(c.NOTE, c.SELF, {"text": f"note {self.canary}"}),
            c.PLAN: own.write(c.PLAN, c.COACH, {"steps": f"plan {self.canary}"}),
            c.EXPLORATION: own.write(
                c.EXPLORATION, c.COACH, {"tried": f"tried {self.canary}"}
            ),
            c.MESSAGE: work.write(c.MESSAGE, c.COACH, {"text": f"hello {self.canary}"}),
            c.SESSION: work.propose_session({"on": "2026-06-20T10:00"}),
        }
