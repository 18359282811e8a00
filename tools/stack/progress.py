"""Tells what is being done, how far it is, and how long it took."""

import sys
import time


class Progress:
    """Numbered steps on the terminal, or in a log where there is no terminal."""

    #: Seconds between two lines of the same step when no terminal is there.
    QUIET_SECONDS = 10

    def __init__(self, stream=None):
        self.stream = stream or sys.stdout
        self.on_terminal = self.stream.isatty()
        self.last_line = 0.0

    def run(self, steps):
        """Do ``steps``, pairs of a title and a function that gets ``self.say``.

        The function returns a few words about the outcome, or None.
        """
        started = time.monotonic()
        for number, (title, action) in enumerate(steps, 1):
            self.prefix = f"[{number}/{len(steps)}] {title}"
            self.last_line = time.monotonic()
            self._transient("...")
            step_started = time.monotonic()
            outcome = action(self.say) or "ready"
            self._permanent(f"{outcome} ({_seconds(time.monotonic() - step_started)})")
        return time.monotonic() - started

    def say(self, text):
        """Show how far the current step is."""
        if self.on_terminal:
            self._transient(text)
        elif time.monotonic() - self.last_line >= self.QUIET_SECONDS:
            self.last_line = time.monotonic()
            self._permanent(text)

    def announce(self, text):
        """Show that a long part of the current step begins."""
        self.last_line = 0.0
        self.say(text)

    def _transient(self, text):
        if self.on_terminal:
            self.stream.write(f"\r\033[K{self.prefix}: {text}"[:120])
            self.stream.flush()

    def _permanent(self, text):
        start = "\r\033[K" if self.on_terminal else ""
        self.stream.write(f"{start}{self.prefix}: {text}\n")
        self.stream.flush()


def _seconds(seconds):
    """
    >>> _seconds(0.04), _seconds(12.34), _seconds(75)
    ('0.0 s', '12.3 s', '1 min 15 s')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"
