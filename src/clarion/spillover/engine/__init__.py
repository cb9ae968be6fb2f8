"""The engine of the room: pure functions of question, tables, runner and seed."""
