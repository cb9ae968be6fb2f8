from clarion.access import Actor, require


def light(actor: Actor) -> str:
    require(actor, "lighthouse.view")
    return "The lamp is lit."
