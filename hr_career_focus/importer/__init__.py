"""Read a file of employees and their contracts. Pure Python, no ORM.

``read(data, today)`` is the one door: bytes in, people with dated terms and a list of
problems out. It never raises on bad content and never touches the database, so that a
dry run and an import see exactly the same thing.
"""

from .reading import read

__all__ = ["read"]
