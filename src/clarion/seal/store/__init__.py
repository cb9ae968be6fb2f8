"""What the desk keeps of sealed values, and the use cases around it; it holds public keys only and can open nothing.

A room calls ``sealing.keep`` and keeps the handle; everything else happens between requesters and keyholders.
"""
