"""Use cases of the room: may this actor, load, ask the engine, save, log. Faces call these and nothing below."""
