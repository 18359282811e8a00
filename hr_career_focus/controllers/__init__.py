from . import coach, desk, employee, reminder
