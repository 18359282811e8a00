"""A case of invented people, tried as every role in every way, and taken back."""


def play(env):
    return [], []
