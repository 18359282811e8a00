"""The one kind of failure that is shown to the user."""

import re


class StackError(Exception):
    """Something went wrong that the user can act on: one sentence, no traceback."""


#: What the output of a failed command looks like, and what to tell the user.
CAUSES = [
    (
        r"No space left on device|not enough free space|ENOSPC|Disk quota exceeded",
        "the disk is full: free some space (see 'df -h') and run the command again",
    ),
    (
        r"Hash Sum mismatch|DO NOT MATCH THE HASHES|[Hh]ash mismatch|EINTEGRITY"
        r"|BADSIG|NO_PUBKEY|is not signed|[Ss]ignature.*(invalid|could.?n.t be ver)",
        "what was downloaded is not what was expected (damaged, or changed on the "
        "way), so it was thrown away: try again, and if it happens again look at "
        "the mirror or proxy of this machine",
    ),
    (
        r"[Tt]emporary failure (in name )?resol|Could not resolve|getaddrinfo"
        r"|Network is unreachable|Failed to fetch|Connection (refused|timed out|reset)"
        r"|dns error|error sending request|Failed to establish a new connection"
        r"|Cannot connect to proxy|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|Could not connect"
        r"|No matching distribution found|Unable to locate package",
        "nothing could be downloaded: check the network and the proxy of this "
        "machine, then run the command again",
    ),
    (
        r"Permission denied|EACCES|Operation not permitted",
        "this user may not write there: use the user that made the folder, or set "
        "STACK_HOME to a folder of your own",
    ),
]


def cause_of(output):
    """Return what to do about a command's ``output``, or None when unknown.

    >>> cause_of("E: Failed to fetch X  Temporary failure resolving 'Y'")[:29]
    'nothing could be downloaded: '
    >>> cause_of("THESE PACKAGES DO NOT MATCH THE HASHES")[:19]
    'what was downloaded'
    >>> cause_of("make: fine")
    """
    for pattern, advice in CAUSES:
        if re.search(pattern, output):
            return advice
    return None


def last_words(output):
    """Return the last line of ``output`` that says something.

    >>> last_words("one\\ntwo\\n\\n")
    'two'
    >>> last_words("")
    'it said nothing'
    """
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
