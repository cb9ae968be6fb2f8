"""The log that nobody edits unseen: a chain of hashes, each signed, with heads that are kept outside.

An act is one line of JSON whose bytes are kept as they are. Its hash is SHA-256 of the former hash and the line; the
desk's key signs every hash (so that a tail which somebody wrote anew is found to the line) and, apart from that, the
newest one with its number: the head. Without the key nobody makes either. Whoever holds the key as well can write anew
what no anchor names yet, and nothing before: an anchor is a head that somebody else keeps.
"""

from __future__ import annotations

# In the data folder, never in the database.
KEY = "keys/log"
ANCHORS = "anchors/heads.jsonl"
SEEN = "log/seen"  # how far the log was verified last; in no back-up
RESTORED = "log/restored"  # a back-up was put back, and the log does not say so yet
