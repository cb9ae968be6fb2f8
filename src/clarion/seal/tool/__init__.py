"""The programs of keyholders and of those who ask them: ``clarion-keyholder`` and ``clarion-open``.

They run on their owners' own machines and are installed alone there, so that nothing of Clarion is loaded but the pure
core of ``seal``. The desk only carries files between them: each program checks all that it is given, and every answer
can be saved and carried by hand instead.
"""
