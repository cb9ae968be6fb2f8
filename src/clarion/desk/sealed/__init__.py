"""The faces of sealed values: relay for the keyholders' tools, the page, the command line."""
