"""A ninth room, for the tests: one folder that brings its command, route, page and migration."""
