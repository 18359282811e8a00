from . import documents, spending, uptake
from . import spending, uptake, whatif
