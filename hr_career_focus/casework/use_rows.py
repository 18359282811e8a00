"""What a line of the ledger of rights holds in its seal: how much, and its vouchers.

A share of a wage is an amount that names a person, so no amount is in plain. All lines
are equally long, and sealed under a key derived from the key file: they are read for
all employees at once.
"""

import json
from dataclasses import dataclass
from decimal import Decimal

from ..engine.decimals import ZERO
from ..vault import sealing

LEDGER = "hr.career.right.use"
PURPOSE = "right-use"
#: What every line is filled up to, in characters: room for some twenty vouchers.
ROOM = 1000


@dataclass(frozen=True)
class Sealed:
    """What is sealed of one use of a right."""

    quantity: Decimal  # what was reserved
    granted: Decimal  # what the right gave on the day it was asked
    vouchers: tuple[str, ...] = ()  # references of the vouchers issued from it
    #: Once the work has ended: what counts besides what was redeemed. None before.
    beside: Decimal | None = None

    def seal(self, ring, ref) -> str:
        """Return the column for the row ``ref``."""
        content = {
            "quantity": str(self.quantity),
            "granted": str(self.granted),
            "vouchers": list(self.vouchers),
            "beside": None if self.beside is None else str(self.beside),
            "fill": "",
        }
        content["fill"] = "0" * max(0, ROOM - len(sealing.dump(content)))
        return sealing.seal(ring.derive(PURPOSE), sealing.dump(content), _place(ref))

    @classmethod
    def open(cls, ring, ref, sealed):
        """Return what the row ``ref`` holds."""
        text = sealing.open_sealed(ring.derive(PURPOSE), sealed, _place(ref))
        content = json.loads(text)
        beside = content["beside"]
        return cls(
            quantity=Decimal(content["quantity"]),
            granted=Decimal(content["granted"]),
            vouchers=tuple(content["vouchers"]),
            beside=None if beside is None else Decimal(beside),
        )

    def covered(self, vouchers):
        """Return how much of it lies in vouchers; what was voided is free again."""
        return sum(
            (one.redeemed if one.voided else one.value for one in vouchers), ZERO
        )

    def room(self, vouchers):
        """Return for how much a voucher can still be made of it."""
        return max(ZERO, self.quantity - self.covered(vouchers))

    def counted(self, vouchers, day=None):
        """Return ``(quantity, expires, redeemed)`` as the engine takes them.

        What lies in vouchers counts in full until they expire, and then for what was
        redeemed; what lies in none counts in full. Of the vouchers valid on ``day`` the
        engine knows one day, the last. Once the work has ended only what was redeemed
        counts, and what the desk records besides.
        """
        redeemed = sum((one.redeemed for one in vouchers), ZERO)
        if self.beside is not None:
            return self.beside + redeemed, None, ZERO
        valid = [one for one in vouchers if not one.voided]
        if not valid:
            return self.quantity, None, ZERO
        last = max(one.expires for one in valid)
        free = ZERO
        if day and day <= last:
            over = [one for one in valid if one.expires < day]
            free = sum((one.value - one.redeemed for one in over), ZERO)
        return self.quantity - free, last, self.room(vouchers) + redeemed


def _place(ref):
    return sealing.place(LEDGER, ref)
