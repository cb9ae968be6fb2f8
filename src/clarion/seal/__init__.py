"""Values that this machine can seal and never open, the people who can, and the log that shows who asked.

The core needs the standard library and ``cryptography`` only, since it is installed alone on keyholders' machines. What
the desk keeps lives in ``store``.
"""
