from . import coach, desk, employee, own_data, privacy, reminder
from . import coach, desk, employee, logins, reminder
from . import check
from . import coach, desk, employee, key, logins, own_data, reminder
from . import check, coach, confirm, desk, employee, logins, own_data, reminder
from . import check, coach, desk, employee, followup, key, logins, own_data
from . import reminder, retention
