from . import coach, desk, employee, own_data, reminder
