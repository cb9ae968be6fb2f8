"""What the loaders share: archives, workbooks, strict rows and the area codes of official sources."""
