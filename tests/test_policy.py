"""The rules of the root conftest.py hold: skips and complaints in the log fail."""

import shutil
import subprocess
import sys

import pytest

from stack.layout import ROOT

SAMPLE = """
import logging
import unittest
import pytest

logger = logging.getLogger("sample")

def test_passes():
    logger.info("fine")

def test_skips():
    pytest.skip("no reason")

@pytest.mark.may_skip(reason="shown here")
def test_may_skip():
    pytest.skip("a reason")

def test_warns():
    logger.warning("something is wrong")

@pytest.mark.may_log(reason="shown here")
def test_may_log():
    logger.warning("something is wrong")

def test_warns_from_python():
    logging.getLogger("py.warnings").warning("DeprecationWarning")

class TestExpected(unittest.TestCase):
    def test_expected_warning(self):
        with self.assertLogs("sample", "WARNING"):
            logger.warning("expected")
"""
SKIPPED_FILE = 'import pytest\npytest.skip("whole file", allow_module_level=True)\n'


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """What pytest says of the sample, by the rules of this repository."""
    folder = tmp_path_factory.mktemp("policy")
    shutil.copyfile(ROOT / "conftest.py", folder / "conftest.py")
    (folder / "test_sample.py").write_text(SAMPLE)
    (folder / "test_skipped.py").write_text(SKIPPED_FILE)
    (folder / "pytest.ini").write_text("[pytest]\n")
    options = ("-p", "no:odoo", "-p", "no:cacheprovider", "-rA", "-q")
    options += ("-W", "ignore", "--continue-on-collection-errors")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "verdict",
    [
        "PASSED test_sample.py::test_passes",
        "PASSED test_sample.py::test_may_log",
        "PASSED test_sample.py::test_warns_from_python",
        "PASSED test_sample.py::TestExpected::test_expected_warning",
        "FAILED test_sample.py::test_skips",
        "ERROR test_sample.py::test_warns",
        "ERROR test_skipped.py",
    ],
)
def test_verdict(outcome, verdict):
    assert verdict in outcome


def test_only_the_marked_test_is_skipped(outcome):
    last = outcome.strip().splitlines()[-1]
    assert "1 skipped" in last
    assert "1 failed" in last
