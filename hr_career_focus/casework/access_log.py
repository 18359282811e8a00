"""The access log of a dossier: who opened it, as what, when and what for."""

import json
from datetime import datetime

from ..vault import sealing


class AccessLog:
    """What a dossier does with its log. Uses its ``env``, ``traject`` and ``_key``."""

    def log(self, role, user, purpose, at):
        """Record that ``user`` opened the dossier as ``role``."""
        ref = sealing.new_ref()
        content = {"user": user.id, "purpose": purpose, "at": at.isoformat()}
        self.env["hr.career.access"].create(
            {
                "ref": ref,
                "traject_id": self.traject.id,
                "role": role,
                "day": at.date(),
                "sealed": sealing.seal(
                    self._key,
                    sealing.dump(content),
                    sealing.place("access", self.traject.ref, ref, role),
                ),
            }
        )

    def log_once(self, role, user, purpose, at):
        """Record an opening, unless this role's opening of this day is recorded."""
        known = self.env["hr.career.access"].search_count(
            [
                ("traject_id", "=", self.traject.id),
                ("role", "=", role),
                ("day", "=", at.date()),
            ],
            limit=1,
        )
        if not known:
            self.log(role, user, purpose, at)

    def openings(self):
        """Return the log, latest first: (at, role, purpose code)."""
        rows = self.env["hr.career.access"].search(
            [("traject_id", "=", self.traject.id)]
        )
        found = []
        for row in rows:
            where = sealing.place("access", self.traject.ref, row.ref, row.role)
            content = json.loads(sealing.open_sealed(self._key, row.sealed, where))
            found.append(
                (datetime.fromisoformat(content["at"]), row.role, content["purpose"])
            )
        return sorted(found, reverse=True)
