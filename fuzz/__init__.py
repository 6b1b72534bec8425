"""A search for inputs that break a promise: what is tried, what must hold of it, and the command that runs it.

``python -m fuzz.run --minutes 30`` is the command. What it finds is written to ``tests/regressions``, where the test
suite takes it up.
"""
