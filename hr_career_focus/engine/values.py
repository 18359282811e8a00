"""The words of the entitlement engine: what goes in and what comes out.

Everything here is an immutable value without behaviour of its own clock, database or
state. Amounts are :class:`~decimal.Decimal`; a float is refused, so that EUR 0.10 is
EUR 0.10 on every machine.

What goes in:

* :class:`Facts`: the contract history of one person, as :class:`Spell` after spell;
* :class:`Rule`: one right as one :class:`Version` of an :class:`Agreement` words it,
  with its :class:`Interval` (when it comes back) and its :class:`Eligibility` (who
  has it). Rules with the same key, in several versions, are the same right;
* :class:`Use`: what the person used of it before.

What comes out: one :class:`Entitlement` per right, with its :class:`Reason` list.
"""

# pylint: disable=wildcard-import,unused-wildcard-import
from .answers import *  # noqa: F403
from .codes import *  # noqa: F403
from .decimals import *  # noqa: F403
from .facts import *  # noqa: F403
from .texts import *  # noqa: F403
