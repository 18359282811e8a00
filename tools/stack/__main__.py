"""Entry point of ``python3 tools/stack VERB``.

Kept in the syntax of old Pythons, so that a wrong one gets a sentence and no
traceback. When this Python does not fit, a fitting one on the PATH takes over.
"""

import os
import shutil
import sys

OLDEST = (3, 10)
NEWEST = (3, 12)


def fitting_python():
    """Path of the first Python on the PATH that Odoo's locked packages support."""
    which = getattr(shutil, "which", lambda name: None)  # none in Python 2
    for minor in (12, 11, 10):
        found = which("python3.%d" % minor)
        if found and os.system("'%s' -c '' >/dev/null 2>&1" % found) == 0:
            return found
    return None


def main():
    """Check the Python, then hand over to the verbs."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        other = fitting_python()
        if other:
            os.execv(other, [other, os.path.abspath(__file__)] + sys.argv[1:])
        sys.stderr.write(
            "Career Focus needs Python 3.10, 3.11 or 3.12 and this is Python %d.%d: "
            "install one of them and run 'make PYTHON=/path/to/python3.12 ...'.\n"
            % sys.version_info[:2]
        )
        return 1
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from stack.cli import main as run_verb

    return run_verb(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
