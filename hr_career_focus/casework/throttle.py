"""Wrong codes and keys, counted per provider and per network address.

A code has 130 random bits and a key 160, so this is not what keeps them from being
guessed: it keeps whoever tries from keeping the server busy. Only what is wrong is
counted: somebody with a good code leaves no row here, not even for a moment.

Each hour counts by itself. Neither who tries nor the hour is in the table, only a keyed
hash of both; all rows go every night. What is counted for a month, good or not, goes
after it: how often somebody has met the live balance of a budget.
"""

import ipaddress
from datetime import datetime

from odoo.tools import SQL

from ..vault.blind_index import index_of
from ..vault.keyring import load_keyring
from .errors import CaseworkError
from .log_connection import own_connection

PURPOSE = "throttle"
#: Wrong tries in an hour. After them no code is looked at, good or not.
MOST_WRONG = 10
HOUR = 3600
PROVIDER, ADDRESS, STRANGER = "provider", "address", "stranger"
MONTHLY = "monthly"
#: Networks of this size are one household or one office.
PREFIX_OF_IPV6 = 64


class Braked(CaseworkError):
    """Too much was wrong in this hour; ``minutes`` is how long to wait."""

    def __init__(self, env, minutes):
        super().__init__(env._("Too many wrong codes. Wait, and try again."))
        self.minutes = minutes


class Throttle:
    """The counters of whoever is at the door.

    :param address: the network address, as the web server knows it
    :param provider: the provider, when it is known
    :param now: naive UTC moment
    """

    def __init__(self, env, address, now: datetime, provider=None):
        self.env = env
        seconds = int((now - datetime(1970, 1, 1)).total_seconds())
        hour, passed = divmod(seconds, HOUR)
        self._minutes = -(-(HOUR - passed) // 60)
        ring = load_keyring()
        # Who has shown no key counts apart: behind one address of a badly set proxy,
        # a stranger could otherwise keep every provider from redeeming.
        if provider:
            subjects = [f"{ADDRESS}|{network_of(address)}", f"{PROVIDER}|{provider.id}"]
        else:
            subjects = [f"{STRANGER}|{network_of(address)}"]
        self._who = [index_of(ring, PURPOSE, f"{one}|{hour}") for one in subjects]

    def check(self):
        """Raise Braked when the limit is reached, whatever comes now."""
        with own_connection(self.env) as cr:
            cr.execute(
                SQL(
                    "SELECT max(wrong) FROM hr_career_throttle WHERE who = ANY(%s)",
                    self._who,
                )
            )
            [worst] = cr.fetchone()
        if (worst or 0) >= MOST_WRONG:
            raise Braked(self.env, self._minutes)

    def count(self):
        """Count one wrong try; raise Braked when it is one too many.

        So however many are tried at the same moment, no more get an answer. The table
        is locked first, which takes no look at it: what follows sees the present, and
        nobody has to try again.
        """
        if _add(self.env, self._who) > MOST_WRONG:
            raise Braked(self.env, self._minutes)


def _add(env, who, month=None):
    """Add one to the counters ``who``; return the highest."""
    with own_connection(env) as cr:
        cr.execute("LOCK TABLE hr_career_throttle IN SHARE ROW EXCLUSIVE MODE")
        cr.execute(
            SQL(
                """
                INSERT INTO hr_career_throttle (who, wrong, month)
                     SELECT who, 1, %s::date FROM unnest(%s) AS who
                ON CONFLICT (who) DO UPDATE
                        SET wrong = hr_career_throttle.wrong + 1
                  RETURNING wrong
                """,
                month,
                who,
            )
        )
        return max(row[0] for row in cr.fetchall())


def count_for_month(env, subject, month):
    """Count one try of ``subject``, which stays counted whatever becomes of it.

    To be called before anything is locked: it waits for whoever counts as well.

    :param month: its first day
    :return: how many there are now
    """
    who = index_of(load_keyring(), PURPOSE, f"{MONTHLY}|{subject}|{month}")
    return _add(env, [who], month)


def forget(env, today):
    """Forget the counters of hours, and those of months gone by: the nightly job."""
    env.cr.execute(
        SQL(
            "DELETE FROM hr_career_throttle WHERE month IS NULL OR month < %s",
            today.replace(day=1),
        )
    )


def network_of(address):
    """Return the network that an address counts for.

    >>> network_of("192.0.2.7"), network_of("2001:db8::7"), network_of(None)
    ('192.0.2.7', '2001:db8::/64', '')
    """
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, PREFIX_OF_IPV6), strict=False))
