"""The entries of a dossier: every text and fact that is sealed in it."""

import json
from dataclasses import dataclass
from datetime import datetime

from ..vault import sealing
from . import constants as c
from .errors import NotYours


@dataclass
class Entry:
    """One opened entry with its row."""

    row: object
    by: str
    at: datetime
    fields: dict
    removed: str  # day of removal, "" when it stands
    nr: int = 0  # orders what was written at one and the same moment

    @property
    def ref(self):
        return self.row.ref


class Entries:
    """What a dossier does with its entries. Uses its ``env``, ``traject``, ``_key``."""

    def _place(self, ref, kind, audience):
        return sealing.place("entry", self.traject.ref, ref, kind, audience)

    def add(self, kind, audience, by, values, at):
        """Seal a new entry; return its reference."""
        ref = sealing.new_ref()
        rows = self.env["hr.career.entry"]
        content = {
            "by": by,
            "at": at.isoformat(),
            "fields": values,
            "removed": "",
            "nr": rows.search_count([("traject_id", "=", self.traject.id)]),
        }
        rows.create(
            {
                "ref": ref,
                "traject_id": self.traject.id,
                "kind": kind,
                "audience": audience,
                "sealed": sealing.seal(
                    self._key, sealing.dump(content), self._place(ref, kind, audience)
                ),
            }
        )
        return ref

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
        return Entry(
            row=row,
            by=content["by"],
            at=datetime.fromisoformat(content["at"]),
            fields=content["fields"],
            removed=content["removed"],
            nr=content.get("nr", 0),
        )

    def entry(self, ref, audiences):
        """Return one entry, removed or not; NotYours when it is not there."""
        for entry in self.entries(audiences, removed=True):
            if entry.ref == ref:
                return entry
        raise NotYours

    def reseal(self, entry, values=None, removed=None, audience=None):
        """Seal an entry anew: other values, removed or restored, for other readers."""
        content = {
            "by": entry.by,
            "at": entry.at.isoformat(),
            "fields": entry.fields if values is None else values,
            "removed": entry.removed if removed is None else removed,
            "nr": entry.nr,
        }
        row = entry.row
        if audience:
            row.audience = audience
        row.sealed = sealing.seal(
            self._key,
            sealing.dump(content),
            self._place(row.ref, row.kind, row.audience),
        )

    def purge_removed(self, today):
        """Delete for good what was removed on an earlier day."""
        for entry in self.entries([a for a, _label in c.AUDIENCES], removed=True):
            if entry.removed and entry.removed < today.isoformat():
                entry.row.unlink()
