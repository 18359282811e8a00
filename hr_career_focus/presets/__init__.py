"""Agreements in a file, to be shared. Pure Python, no ORM.

``read(data)`` takes bytes and gives agreements with their versions and rights, and a
list of problems; it never raises on bad content. ``write(agreements)`` gives the bytes
of a file that reads back as the same agreements. ``shipped()`` lists the templates that
come with the addon. The format is described in ``docs/presets.md``.
"""

from .reading import read
from .templates import shipped, template
from .writing import write

__all__ = ["read", "shipped", "template", "write"]
