"""Speaks to a PostgreSQL server: where it is, what it holds, copies of databases."""

import dataclasses
import getpass
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .errors import StackError, cause_of, last_words
from .process import clean_environment

#: Variables that speak of a database and are replaced as one.
PG_VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE")
ROLE_EXAMPLE = "career_focus"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server and the role that Odoo uses on it."""

    host: str
    port: int
    user: str
    password: str | None = None
    programs: Path | None = None
    database: str | None = None

    @classmethod
    def from_url(cls, url):
        """Read ``postgresql://user:password@host:port/database``.

        >>> Server.from_url("postgresql://me:s%40fe@db:5433/hr")
        Server(host='db', port=5433, user='me', password='s@fe', programs=None, \
database='hr')
        >>> Server.from_url("postgres:///hr?host=/run/pg").host
        '/run/pg'
        """
        advice = "write it as postgresql://user:password@host:port/database"
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise StackError(f"DATABASE_URL cannot be read: {advice}.") from error
        if parts.scheme not in ("postgresql", "postgres"):
            raise StackError(f"DATABASE_URL names no PostgreSQL: {advice}.")
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        host = unquote(parts.hostname or "") or query.get("host") or "localhost"
        return cls(
            host=host,
            port=port or int(query.get("port", 5432)),
            user=unquote(parts.username or "") or query.get("user") or _login(),
            password=unquote(parts.password) if parts.password else None,
            database=unquote(parts.path.strip("/")) or None,
        )

    @classmethod
    def from_environment(cls, environment):
        """The server named by DATABASE_URL or PGHOST; None when neither is set."""
        if environment.get("DATABASE_URL"):
            return cls.from_url(environment["DATABASE_URL"])
        if not environment.get("PGHOST"):
            return None
        try:
            port = int(environment.get("PGPORT") or 5432)
        except ValueError as error:
            raise StackError("PGPORT is not a number.") from error
        return cls(
            host=environment["PGHOST"],
            port=port,
            user=environment.get("PGUSER") or _login(),
            password=environment.get("PGPASSWORD"),
            database=environment.get("PGDATABASE"),
        )

    def with_programs(self, programs):
        """The same server, spoken to with the client programs in a folder."""
        return dataclasses.replace(self, programs=programs)

    @property
    def variables(self):
        """Environment variables that lead Odoo and PostgreSQL's programs here."""
        found = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        if self.password is not None:
            found["PGPASSWORD"] = self.password
        return found

    def environment(self, **changes):
        """A clean environment that leads here."""
        env = clean_environment()
        for name in (*PG_VARIABLES, "DATABASE_URL"):
            env.pop(name, None)
        return {**env, **self.variables, **changes}

    def answers(self, user=None):
        """Tell whether it accepts connections."""
        return self._call("psql", "-c", "SELECT 1", user=user).returncode == 0

    def psql(self, statement, database="postgres", user=None):
        """Run one statement and return its rows as text.

        :raises StackError: with PostgreSQL's own words
        """
        arguments = ("-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement)
        return self._checked("psql", *arguments, database=database, user=user).strip()

    def check_role(self):
        """Refuse a role that may too little or too much.

        :raises StackError: when the server does not answer, or the role does not fit
        """
        rights = self.psql(
            "SELECT rolcreatedb::int || '' || rolsuper::int FROM pg_roles "
            "WHERE rolname = current_user"
        )
        make = f"CREATE ROLE {ROLE_EXAMPLE} LOGIN CREATEDB PASSWORD '...'"
        if rights[1:] == "1":
            raise StackError(
                f"The PostgreSQL role {self.user} is a superuser, with which Odoo must "
                f"not run: make another one ({make}) and name it."
            )
        if rights[:1] != "1":
            raise StackError(
                f"The PostgreSQL role {self.user} may not create databases: run "
                f"'ALTER ROLE {self.user} CREATEDB' as an administrator."
            )

    def databases(self):
        """Names of all databases."""
        return set(self.psql("SELECT datname FROM pg_database").splitlines())

    def copy(self, source, target, data_dir):
        """Make database ``target`` an exact copy of ``source``, files included."""
        self._checked("createdb", "-T", source, target)
        files = Path(data_dir) / "filestore"
        shutil.rmtree(files / target, ignore_errors=True)
        if (files / source).exists():
            shutil.copytree(files / source, files / target)

    def drop(self, name, data_dir):
        """Delete database ``name`` with its files; nothing happens when it is gone."""
        self._checked("dropdb", "--if-exists", "--force", name)
        shutil.rmtree(Path(data_dir) / "filestore" / name, ignore_errors=True)

    def rename(self, name, new_name, data_dir):
        """Give database ``name`` and its files another name."""
        self.psql(f'ALTER DATABASE "{name}" RENAME TO "{new_name}"')
        files = Path(data_dir) / "filestore"
        if (files / name).exists():
            (files / name).rename(files / new_name)

    def _call(self, program, *arguments, database="postgres", user=None):
        changes = {"PGCONNECT_TIMEOUT": "10", "PGDATABASE": database}
        if user:
            changes["PGUSER"] = user
        return subprocess.run(
            [self.programs / program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=self.environment(**changes),
        )

    def _checked(self, program, *arguments, database="postgres", user=None):
        done = self._call(program, *arguments, database=database, user=user)
        if done.returncode:
            if "could not connect" in done.stderr or "connection to" in done.stderr:
                raise StackError(
                    f"PostgreSQL at {self.host}:{self.port} does not let {self.user} "
                    f"in: {last_words(done.stderr)} (Check DATABASE_URL or PGHOST, "
                    "PGPORT, PGUSER and PGPASSWORD, or unset them.)"
                )
            words = cause_of(done.stderr) or last_words(done.stderr)
            raise StackError(f"PostgreSQL refused '{program}': {words}")
        return done.stdout


def _login():
    return getpass.getuser()
