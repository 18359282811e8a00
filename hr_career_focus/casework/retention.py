"""The privacy officer's door to retention: certificates, legal holds, one check.

No name, no number of cases and no case is behind it.
"""

from ..vault import purged
from . import certificate, erasing, home, purging
from .holds import Holds
from .privacy import OfficerDoor


class RetentionDoor(OfficerDoor):
    """What a privacy officer does about keeping and deleting."""

    @property
    def company(self):
        """The company of the page: the present one, when it is an own one."""
        return (self.companies & self.env.company or self.companies)[:1]

    @property
    def holds(self):
        """The legal holds of the company."""
        return Holds(self, self.company)

    def certificates(self):
        """Return the certificates of the company's purges, the latest first."""
        return purging.certificates(self.env, self.company)

    @property
    def is_copy(self) -> bool:
        """Whether this is a copy of the database, which purges nothing."""
        return not home.is_home(self.env)

    @property
    def has_list(self) -> bool:
        """Whether this server has its purge list: without one nothing is deleted."""
        return purged.is_there()

    @property
    def is_intact(self) -> bool:
        """Whether nothing that was destroyed is back in the database."""
        return erasing.is_intact(self.env)

    def check(self, number) -> bool:
        """Tell whether a certificate's number is on the purge list."""
        return certificate.check(number)
