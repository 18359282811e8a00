"""The wheel holds the addons whole, and Odoo installs them from it."""

import os
import shutil
import sys
import uuid
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from processes import make_database, run

from stack.layout import ADDONS, EVERY, GLUE, ROOT
from stack.odoo_job import complaints


def repository_files(*folders):
    """Files of the repository, the new ones included, those git ignores not."""
    options = ("--cached", "--others", "--exclude-standard")
    listed = run("git", "ls-files", *options, "--", *folders, cwd=ROOT).splitlines()
    return sorted({name for name in listed if (ROOT / name).is_file()})


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that the work tree stays as it is."""
    source = tmp_path_factory.mktemp("source")
    for name in repository_files():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    out = tmp_path_factory.mktemp("wheel")
    build = ("-m", "build", "--wheel", "--no-isolation", "--outdir", out, source)
    run(sys.executable, *build)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel, tmp_path_factory):
    """A folder for packages with the wheel installed in it, and nothing else."""
    folder = tmp_path_factory.mktemp("site")
    options = ("--no-deps", "--no-index", "--no-compile", "--quiet")
    run(sys.executable, "-m", "pip", "install", *options, "--target", folder, wheel)
    return folder


def test_wheel_holds_every_file_of_the_addons_and_no_other(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [n for n in archive.namelist() if ".dist-info/" not in n]
    expected = [f"odoo/addons/{name}" for name in repository_files(*EVERY)]
    assert sorted(names) == expected


def test_wheel_says_what_it_needs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        facts = HeaderParser().parsestr(archive.read(name).decode())
    needed = {line.split(";")[0].strip() for line in facts.get_all("Requires-Dist")}
    assert needed == {"odoo<19.1,>=19.0", "cryptography", "psycopg2", "qrcode"}


def test_odoo_installs_both_addons_from_the_wheel(site, tmp_path):
    """In a fresh database, without an addons path, with a new key."""
    database = f"cf_wheel_{uuid.uuid4().hex[:8]}"
    data_dir = tmp_path / "data"
    env = {n: v for n, v in os.environ.items() if n != "ODOO_ADDONS_PATH"}
    env.update(PYTHONPATH=str(site), ODOO_DATA_DIR=str(data_dir), PGDATABASE=database)
    try:
        make_database(database, env)
        log = run(
            *(sys.executable, "-m", "odoo", "server", "-d", database),
            *("-i", ",".join(ADDONS), "--stop-after-init", "--no-http"),
            env=env,
            cwd=tmp_path,
        )
        assert complaints(log) == []
        question = (
            "SELECT name || ' ' || state FROM ir_module_module "
            "WHERE name LIKE 'hr_career_focus%' ORDER BY name"
        )
        answer = run("psql", "-XAtc", question, database, env=env)
        assert answer.splitlines() == sorted(
            [f"{name} installed" for name in ADDONS]
            + [f"{name} uninstalled" for name in GLUE]
        )
        key = data_dir / "hr_career_focus" / "vault.key"
        assert key.stat().st_mode & 0o777 == 0o600
        where = "import odoo.addons.hr_career_focus as addon; print(addon.__file__)"
        found = run(sys.executable, "-c", where, env=env, cwd=tmp_path)
        assert Path(found.strip()).is_relative_to(site)
    finally:
        run("dropdb", "--if-exists", "--force", database, env=env)
