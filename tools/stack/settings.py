"""Odoo's configuration: a file for the user, an environment for the tests."""

from .layout import ADDONS, ROOT
from .process import clean_environment
from .programs import Programs

#: The first one is the default of every new login.
LANGUAGES = ("en_US", "nl_NL", "nl_BE")
INTERFACE = "127.0.0.1"


class Settings:
    """How Odoo runs on one server.

    :param layout: the folders
    :param tree: the Odoo to run
    :param cluster: the PostgreSQL to use
    """

    def __init__(self, layout, tree, cluster):
        self.layout = layout
        self.tree = tree
        self.cluster = cluster
        self.data_dir = cluster.folder / "odoo"

    @property
    def addons_path(self):
        """Odoo's addons and ours."""
        return [*self.tree.addons, ROOT]

    @property
    def file(self):
        """The configuration file; the one of the tests stands apart."""
        name = "test.conf" if self.cluster.name == "test" else "odoo.conf"
        return self.layout / name

    def write_file(self, path):
        """Write a configuration file with which Odoo needs nothing else exported."""
        server = self.cluster.server
        self.data_dir.mkdir(parents=True, exist_ok=True)
        options = {
            "addons_path": ",".join(map(str, self.addons_path)),
            "data_dir": self.data_dir,
            "bin_path": self.layout.bin,
            "db_host": server.host,
            "db_port": server.port,
            "db_user": server.user,
            "http_interface": INTERFACE,
            "list_db": False,
            "proxy_mode": False,
            "workers": 0,
        }
        if server.password:
            options["db_password"] = server.password
        lines = (f"{name} = {value}" for name, value in options.items())
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text("[options]\n" + "\n".join(lines) + "\n")
        return path

    def command(self, verb, *arguments):
        """An Odoo command line that uses the configuration file."""
        file = self.write_file(self.file)
        command = [self.layout.python, "-m", "odoo", verb, *arguments, "-c", file]
        return list(map(str, command))

    def environment(self, **changes):
        """What Odoo is started with: our programs first, nothing foreign."""
        env = clean_environment()
        path = f"{self.layout.bin}:{self.layout.venv / 'bin'}:{env.get('PATH', '')}"
        for name in ("DATABASE_URL", "PGDATABASE", "PGPASSWORD", "PGSERVICE"):
            env.pop(name, None)
        return {
            **env,
            **self.cluster.server.variables,
            "PATH": path,
            **{name: str(value) for name, value in changes.items()},
        }

    def test_environment(self, database, temporary):
        """What pytest is started with: Odoo configured by the environment alone."""
        file = self.layout / "test.rc"
        file.write_text(f"[options]\nbin_path = {self.layout.bin}\n")
        env = self.environment()
        programs = self.cluster.server.programs
        driver = Programs(self.layout).driver
        if driver.exists():
            env["PLAYWRIGHT_NODEJS_PATH"] = str(driver)
        return {
            **env,
            "PATH": f"{self.layout.bin}:{programs}:{env['PATH']}",
            "PGDATABASE": database,
            "TMPDIR": str(temporary),
            "ODOO_RC": str(file),
            "ODOO_DATA_DIR": str(self.data_dir),
            "ODOO_ADDONS_PATH": ",".join(map(str, self.addons_path)),
            "ODOO_HTTP_INTERFACE": INTERFACE,
            "ODOO_LIST_DB": "False",
            # Chromium inherits the limit and dies of it.
            "ODOO_LIMIT_MEMORY_HARD": "0",
        }


def addon_list():
    """Our addons, as Odoo's command line takes them."""
    return ",".join(ADDONS)
