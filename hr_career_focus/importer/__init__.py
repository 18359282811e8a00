"""Read a file of employees and their contracts. Pure Python, no ORM.

``read(data, today)`` takes bytes and gives people with dated terms and a list of
problems; it never raises on bad content. ``plan(sheet, known)`` compares those people
with a snapshot of the database and says, row by row, what an import would do. Neither
touches the database, so that a dry run and an import see exactly the same thing.
"""

from .planning import plan
from .reading import read

__all__ = ["plan", "read"]
