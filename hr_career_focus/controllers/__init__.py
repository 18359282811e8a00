from . import coach, desk, employee, own_data, reminder
from . import coach, desk, employee, logins, reminder
from . import check
