"""The shell: settings, accounts, layout, jobs, API root. It finds the rooms; it knows none by name."""
