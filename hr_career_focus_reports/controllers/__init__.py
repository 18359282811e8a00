from . import uptake
