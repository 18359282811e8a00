from . import coach, desk, employee
