"""Makes and renews the demo database, and tells who can log in to it."""

import csv

from .errors import StackError
from .layout import ADDONS, ROOT
from .odoo_job import complaints, install, run_odoo
from .settings import LANGUAGES, addon_list
from .stamps import Stamp, digest, tree_digest
from .templates import NOT_STORED, make_bundles

LOGINS = ROOT / "hr_career_focus" / "demo" / "logins.csv"
DEFAULT_NAME = "career_focus"
COLUMNS = ("login", "password", "role_en", "what_for")


def read_logins(path=LOGINS):
    """Rows of the file with the demo logins."""
    with open(path, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def login_table(rows):
    """Lay the logins out as a table for the terminal.

    >>> print(login_table([{"login": "admin", "password": "pw",
    ...     "role_en": "Administrator", "what_for": "everything"}]))
    Login  Password  Role           What for
    -----  --------  -------------  ----------
    admin  pw        Administrator  everything
    """
    table = [("Login", "Password", "Role", "What for")]
    table += [tuple(row[name] for name in COLUMNS) for row in rows]
    widths = [max(len(row[column]) for row in table) for column in range(4)]
    table.insert(1, tuple("-" * width for width in widths))
    lines = (zip(row, widths, strict=True) for row in table)
    return "\n".join("  ".join(c.ljust(w) for c, w in line).rstrip() for line in lines)


class DemoDatabase:
    """The database that ``make run`` serves."""

    def __init__(self, settings):
        self.settings = settings
        self.layout = settings.layout
        self.server = settings.cluster.server
        self.name = self.server.database or DEFAULT_NAME
        self.stamp = Stamp(self.layout, f"demo-{settings.cluster.name}-{self.name}")

    def _state(self):
        """Digests of the demo data and of all else that is stored."""
        demo = [tree_digest(ROOT / addon / "demo") for addon in ADDONS]
        rest = [tree_digest(ROOT / addon, (*NOT_STORED, "demo")) for addon in ADDONS]
        return f"{digest(*demo)} {digest(self.settings.tree.label, *rest)}"

    def ensure(self, say):
        """Have a demo database that fits the files; returns a few words."""
        state = self._state()
        exists = self.name in self.server.databases()
        before = self.stamp.value
        if exists and before is None:
            raise StackError(
                f"The database '{self.name}' is there, but it was not made by this "
                "command: name another one in DATABASE_URL or PGDATABASE, or drop it."
            )
        if exists and before == state:
            return f"database '{self.name}'"
        if exists and before.split()[0] == state.split()[0]:
            say("the addons changed: updating the demo database")
            if self._update(say):
                self.stamp.record(state)
                return "the addons changed: updated"
        self.stamp.clear()
        if exists:
            say("the demo data changed: making the demo database anew")
        self._make(say)
        self.stamp.record(state)
        return "made anew from the changed files" if exists else "made"

    def _update(self, say):
        try:
            run_odoo(
                self.settings,
                "server",
                *("-d", self.name, "-u", addon_list()),
                *("--stop-after-init", "--no-http"),
                what="Updating the demo database",
                log=self.layout.log_dir / "demo.log",
                say=say,
            )
        except StackError as error:
            say(f"{error} Making it anew.")
            return False
        return True

    def _make(self, say):
        self.server.drop(self.name, self.settings.data_dir)
        log = self.layout.log_dir / "demo.log"
        try:
            output = install(
                self.settings,
                self.name,
                addon_list(),
                what="Making the demo database",
                log=log,
                say=say,
                options=("--with-demo", f"--load-language={','.join(LANGUAGES)}"),
            )
            missing = [line for line in complaints(output) if "demo data" in line]
            if missing:
                raise StackError(f"The demo data is not complete: {missing[0]}")
            say("preparing the web pages")
            make_bundles(self.settings, self.name)
        except BaseException:
            # Half a database would be taken for the user's own the next time.
            self.server.drop(self.name, self.settings.data_dir)
            raise
