"""The entries of a dossier: every text and fact that is sealed in it.

Each entry is sealed under the traject's key, at its place. In the personal tier what
was written (its *fields*) lies inside that once more, under a key of its own, in an
envelope for the people who may read it. So who wrote when, and for whom, can be kept up
by whoever holds the traject, while the fields open for their readers only; and
destroying the traject's key destroys them all the same.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from ..vault import personal as boxes
from ..vault import recovery, sealing
from ..vault.errors import Unsealable
from . import constants as c
from .errors import Locked, NewKey, NotYours
from .personal import COACH, EMPLOYEE, PersonalSeal

#: Sessions that are called off when the coach leaves.
STILL_TO_BE_HELD = ("proposed", "confirmed")


@dataclass
class Entry:
    """One opened entry with its row."""

    row: object
    by: str
    at: datetime
    fields: dict  # empty when it is locked
    removed: str  # day of removal, "" when it stands
    nr: int = 0  # orders what was written at one and the same moment
    inner: dict | None = None  # what is sealed for people's own keys
    locked: bool = False
    #: The coach left while this could not be opened: a session that was planned is off.
    is_let_go: bool = False

    @property
    def ref(self):
        return self.row.ref

    @property
    def is_personal(self):
        return self.inner is not None


class Entries(PersonalSeal):
    """What a dossier does with its entries. Uses its ``env``, ``traject``, ``_key``."""

    def _place(self, ref, kind, audience):
        return sealing.place("entry", self.traject.ref, ref, kind, audience)

    def add(self, kind, audience, by, values, at, for_people=True):
        """Seal a new entry; return its reference.

        :param for_people: False for what must open without anybody's own key
        :raise Locked: when it is to be sealed for people and the writer's key is locked
        """
        ref = sealing.new_ref()
        rows = self.env["hr.career.entry"]
        entry = Entry(
            row=SimpleNamespace(ref=ref, kind=kind, audience=audience),
            by=by,
            at=at,
            fields=values,
            removed="",
            nr=rows.search_count([("traject_id", "=", self.traject.id)]),
        )
        if for_people:
            self._seal_for_people(entry)
        rows.create(
            {
                "ref": ref,
                "traject_id": self.traject.id,
                "kind": kind,
                "audience": audience,
                "sealed": self._sealed(entry),
            }
        )
        return ref

    def _sealed(self, entry):
        """Return what the row of an entry holds."""
        row = entry.row
        content = {
            "by": entry.by,
            "at": entry.at.isoformat(),
            "removed": entry.removed,
            "nr": entry.nr,
        }
        if entry.is_personal:
            content |= {"inner": entry.inner, "let_go": entry.is_let_go}
        else:
            content["fields"] = entry.fields
        return sealing.seal(
            self._key,
            sealing.dump(content),
            self._place(row.ref, row.kind, row.audience),
        )

    def entries(self, audiences, removed=False):
        """Open the entries for ``audiences``, oldest first.

        :return: list of :class:`Entry`; removed ones only when asked for
        """
        rows = self.env["hr.career.entry"].search(
            [("traject_id", "=", self.traject.id), ("audience", "in", list(audiences))]
        )
        opened = [self._open(row) for row in rows]
        opened.sort(key=lambda entry: (entry.at, entry.nr, entry.ref))
        return [entry for entry in opened if removed or not entry.removed]

    def _open(self, row):
        content = json.loads(
            sealing.open_sealed(
                self._key, row.sealed, self._place(row.ref, row.kind, row.audience)
            )
        )
        entry = Entry(
            row=row,
            by=content["by"],
            at=datetime.fromisoformat(content["at"]),
            fields=content.get("fields", {}),
            removed=content["removed"],
            nr=content.get("nr", 0),
            inner=content.get("inner"),
            is_let_go=content.get("let_go", False),
        )
        if entry.is_personal:
            self._open_for_people(entry)
        return entry

    def entry(self, ref, audiences):
        """Return one entry, removed or not; NotYours when it is not there."""
        for entry in self.entries(audiences, removed=True):
            if entry.ref == ref:
                return entry
        raise NotYours

    def reseal(self, entry, values=None, removed=None, audience=None, compared=False):
        """Seal an entry anew: other values, removed or restored, for other readers.

        Whoever takes the coach away from the readers need not be able to open it.

        :raise Locked: when the values change and it cannot be opened
        """
        if removed is not None:
            entry.removed = removed
        if audience:
            entry.row.audience = audience
        if values is not None:
            if entry.locked:
                raise Locked(self.env)
            entry.fields = values
            self._seal_for_people(entry, compared)
        elif audience:
            self._drop_readers(entry)
        entry.row.sealed = self._sealed(entry)

    def let_go(self, entry):
        """Take an entry away from the coach: it stays with the employee alone."""
        is_own = self._own_role() == EMPLOYEE
        if entry.is_personal and (entry.locked or not is_own):
            entry.is_let_go = True
            self.reseal(entry, audience=c.SELF)
            return
        values = _called_off(entry.fields)
        if entry.is_personal:
            # With a key of the text that the coach has never had.
            self.reseal(entry, values=values, audience=c.SELF)
        else:
            entry.fields = values
            self.reseal(entry, audience=c.SELF)

    def purge_removed(self, today):
        """Delete for good what was removed on an earlier day."""
        for entry in self.entries([a for a, _label in c.AUDIENCES], removed=True):
            if entry.removed and entry.removed < today.isoformat():
                entry.row.unlink()

    # -- for people's own keys ---------------------------------------------------

    def _owner(self, entry):
        """Name what the envelope of an entry belongs to."""
        return f"{self.traject.ref}/{entry.ref}"

    def _inner_place(self, entry):
        at = entry.at.isoformat()
        return sealing.place("fields", self._owner(entry), entry.row.kind, entry.by, at)

    def _seal_for_people(self, entry, compared=False):
        """Put the fields in an envelope for their readers, if that is their seal.

        What was once sealed for people is never sealed for the server again.

        :param compared: the writer says that a new key is really the other's
        """
        tier = self.tier(entry.row.kind, entry.row.audience)
        readers = tier.readers
        if not tier.is_personal:
            if not entry.is_personal:
                return
            readers = self._readers_left(entry)
        self._require_own(readers)
        if not compared:
            self._require_known(readers)
        key = sealing.new_key()
        owner = self._owner(entry)
        envelope = boxes.wrap_for(readers, key, owner)
        if office := self.office():
            name = self.identity["name"]
            envelope.append(recovery.recipient(office, key, name, owner))
        content = {"fields": entry.fields, "audience": entry.row.audience}
        entry.inner = {
            "sealed": sealing.seal(
                key, sealing.dump(content), self._inner_place(entry)
            ),
            "envelope": envelope,
        }
        entry.is_let_go = False

    def _readers_left(self, entry):
        """Return those of the readers an entry has who still have that key."""
        known = boxes.readers_of(entry.inner["envelope"])
        kept = {
            role: key.public
            for role, key in self.keys.items()
            if key.public.fingerprint == known.get(role)
        }
        if entry.row.audience == c.SELF:
            kept.pop(COACH, None)
        return kept

    def _require_own(self, readers):
        """Raise Locked unless the writer's own key is unlocked, and the present one."""
        own = self.unlocked and self.unlocked.public
        if own not in readers.values():
            raise Locked(self.env)

    def _require_known(self, readers):
        """Refuse to write for a new key that the writer has not compared."""
        own = self._own_role()
        for role in readers:
            if role != own and self.has_new_key(role, own):
                raise NewKey(self.env)

    def _own_role(self):
        """Return as whom the unlocked key reads here, None when it is no reader's."""
        own = self.unlocked and self.unlocked.public
        roles = [role for role, key in self.keys.items() if key.public == own]
        return roles[0] if own and roles else None

    def has_new_key(self, role, reader, opened=None):
        """Tell whether ``role`` has another key than ``reader`` last wrote for.

        A new key in somebody's name can be somebody else's: people compare first.

        :param opened: the entries of the dossier, if they were opened already
        """
        if opened is None:
            opened = self.entries((c.COACH,), removed=True)
        written = [
            entry
            for entry in opened
            if entry.is_personal
            and entry.by == reader
            and entry.row.audience == c.COACH
        ]
        if not written or role not in self.keys:
            return False
        known = boxes.readers_of(written[-1].inner["envelope"]).get(role)
        return known != self.keys[role].public.fingerprint

    def _drop_readers(self, entry):
        """Take the coach out of the envelope of what is the employee's alone."""
        if entry.is_personal and entry.row.audience == c.SELF:
            envelope = boxes.without(entry.inner["envelope"], COACH)
            entry.inner = {**entry.inner, "envelope": envelope}

    def _open_for_people(self, entry):
        """Open the fields with the unlocked key, or leave the entry locked."""
        envelope = entry.inner["envelope"]
        if not self.unlocked or not boxes.is_for(self.unlocked, envelope):
            entry.locked = True
            return
        key = boxes.unwrap_with(self.unlocked, envelope, self._owner(entry))
        content = json.loads(
            sealing.open_sealed(key, entry.inner["sealed"], self._inner_place(entry))
        )
        # Nobody shares a text by changing the audience around it.
        if entry.row.audience == c.COACH != content["audience"]:
            raise Unsealable("The audience of a text was changed.")
        entry.fields = content["fields"]
        if entry.is_let_go:
            entry.fields = _called_off(entry.fields)

    def share_again(self):
        """Seal what employee and coach share for the keys they have now.

        :return: how many were sealed anew; those that do not open are passed over
        """
        done = 0
        for entry in self.entries((c.COACH,), removed=True):
            if entry.is_personal and not entry.locked:
                self.reseal(entry, values=entry.fields, compared=True)
                done += 1
        return done

    def could_be_personal(self, entry):
        """Tell whether an entry under the server's key could have people's keys."""
        row = entry.row
        return not entry.is_personal and self.tier(row.kind, row.audience).is_personal

    def seal_earlier(self):
        """Seal for people what lies under the server's key alone; return how many."""
        done = 0
        for entry in self.entries((c.SELF, c.COACH), removed=True):
            if self.could_be_personal(entry):
                self.reseal(entry, values=entry.fields)
                done += 1
        return done

    def closed_envelopes(self):
        """Return ``{owner: envelope}`` of the texts that do not open for the reader."""
        return {
            self._owner(entry): entry.inner["envelope"]
            for entry in self.entries((c.SELF, c.COACH), removed=True)
            if entry.locked
        }

    def take_keys(self, keys, role=EMPLOYEE):
        """Let the unlocked key open texts again whose keys were got back.

        :param keys: ``{owner: key of the text}``
        :return: how many open now that did not
        """
        done = 0
        for entry in self.entries((c.SELF, c.COACH), removed=True):
            key = keys.get(self._owner(entry))
            if not entry.locked or key is None:
                continue
            # Opens, or is not the key of this text.
            sealing.open_sealed(key, entry.inner["sealed"], self._inner_place(entry))
            envelope = boxes.without(entry.inner["envelope"], role)
            readers = {role: self.unlocked.public}
            envelope += boxes.wrap_for(readers, key, self._owner(entry))
            entry.inner = {**entry.inner, "envelope": envelope}
            entry.row.sealed = self._sealed(entry)
            done += 1
        return done


def _called_off(values):
    """Return the fields of an entry; a session that was planned is off."""
    if values.get("status") in STILL_TO_BE_HELD:
        return dict(values, status="cancelled")
    return values
