"""The register's pages and routes: what left, what an attacker learns from it, and a trial before the next leaves."""
