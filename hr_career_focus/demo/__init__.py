"""An invented broadcaster and an invented care group, to look around in.

``staff`` says who works there, ``cast`` who can log in, ``texts`` what people write,
``story`` who asked for guidance and how far it came. Nothing of it runs without demo
data. Every person, firm and telephone number is made up.
"""
