"""A slip: one row with a key of its own and one sealed structure, in no case."""

import json

from ..vault import sealing
from ..vault.keyring import load_keyring


class Slip:
    """One opened row, inside the scope only."""

    def __init__(self, row):
        self.row = row
        self._key = sealing.unwrap(load_keyring(), row.envelope, row.ref)
        sealed = sealing.open_sealed(self._key, row.sealed, self._where())
        self.values = json.loads(sealed)

    def _where(self):
        return sealing.place(self.row._name, self.row.ref)

    @classmethod
    def create(cls, rows, values, content):  # pylint: disable=method-required-super
        """Seal ``content`` in a new row of ``rows``, an empty record set."""
        key, ref = sealing.new_key(), sealing.new_ref()
        where = sealing.place(rows._name, ref)
        row = rows.create(
            {
                **values,
                "ref": ref,
                "envelope": sealing.wrap(load_keyring(), key, ref),
                "sealed": sealing.seal(key, sealing.dump(content), where),
            }
        )
        return cls(row)

    def save(self, **changed):
        """Seal the row anew with what changed."""
        self.values = {**self.values, **changed}
        content = sealing.dump(self.values)
        self.row.sealed = sealing.seal(self._key, content, self._where())
