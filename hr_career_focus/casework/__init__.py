"""What happens in a case: the only code that opens what the vault sealed.

Plain classes that take an environment, and no models: a server action, a template and a
remote call can reach models only. Each role has one door, which checks who is asking
before it opens the scope:

* :class:`EmployeeDoor`: own rights, the own case;
* :class:`CoachDoor`: offered and accepted cases, what is shared;
* :class:`DeskDoor`: requests and matching inside a mandate, never content;
* :class:`PrivacyDoor`: what employees called odd in the log, naming nobody.
"""

from .coach import CoachDoor
from .desk import DeskDoor
from .employee import EmployeeDoor
from .key_door import KeyDoor
from .privacy import PrivacyDoor
