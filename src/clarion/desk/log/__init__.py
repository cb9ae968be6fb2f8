"""The log's own verbs: its head, anchors, export and verification, for the command line, the page and the doctor."""
