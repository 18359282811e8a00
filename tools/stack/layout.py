"""Where everything is kept."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .errors import StackError

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ("hr_career_focus", "hr_career_focus_reports")
#: Installs itself where Odoo's accounting is, so it is in the database with neighbours.
GLUE = ("hr_career_focus_account",)
EVERY = ADDONS + GLUE
MARKER = "career-focus-stack"
#: A Unix socket's path may have 107 bytes; this leaves room for its file name.
LONGEST_SOCKET_DIR = 80


def others_may_enter(folder):
    """Tell whether an unprivileged user can reach ``folder`` from the root."""
    return all(
        parent.stat().st_mode & 0o001
        for parent in (folder, *folder.parents)
        if parent.exists()
    )


@dataclass(frozen=True)
class Layout:
    """The folders of one stack, below ``home``."""

    home: Path

    @classmethod
    def from_environment(cls):
        """Use ``STACK_HOME`` or ``.stack``, and make sure it can be written."""
        home = Path(os.environ.get("STACK_HOME") or ROOT / ".stack").absolute()
        layout = cls(home)
        try:
            home.mkdir(parents=True, exist_ok=True)
            (home / MARKER).touch()
            for name in ("bin", "logs", "run", "stamps", "tmp"):
                (home / name).mkdir(exist_ok=True)
        except OSError as error:
            raise StackError(
                f"The folder {home} cannot be written ({error.strerror}): run this "
                "as the user it belongs to, or set STACK_HOME to a folder of your own."
            ) from error
        return layout

    def __truediv__(self, name):
        return self.home / name

    @property
    def tag(self):
        """Short name of this stack, the same at every run."""
        return hashlib.sha256(str(self.home).encode()).hexdigest()[:8]

    @property
    def venv(self):
        """The Python environment that runs Odoo."""
        return self.home / "venv"

    @property
    def python(self):
        """Odoo's Python."""
        return self.venv / "bin" / "python"

    @property
    def site_packages(self):
        """Where packages of Odoo's Python are."""
        found = sorted(self.venv.glob("lib/python3.*/site-packages"))
        if not found:
            raise StackError(f"{self.venv} is damaged: run 'make clean' and try again.")
        return found[-1]

    @property
    def bin(self):
        """The programs that Odoo and the tests look for on the PATH."""
        return self.home / "bin"

    @property
    def log_dir(self):
        """One log file per thing done."""
        return self.home / "logs"

    @property
    def needs_other_user(self):
        """PostgreSQL refuses to run as root: then it runs as ``nobody``."""
        return os.geteuid() == 0

    @property
    def cluster_base(self):
        """Where database clusters are: outside a home that ``nobody`` cannot enter."""
        if self.needs_other_user and not others_may_enter(self.home):
            return Path("/var/lib") / f"career-focus-{self.tag}"
        return self.home / "data"

    def socket_dir(self, name):
        """Folder of the socket of cluster ``name``, short enough for the kernel."""
        folder = self.cluster_base / name / "socket"
        if len(str(folder)) <= LONGEST_SOCKET_DIR:
            return folder
        return (
            Path(tempfile.gettempdir())
            / f"career-focus-{self.tag}-{os.geteuid()}-{name}"
        )
