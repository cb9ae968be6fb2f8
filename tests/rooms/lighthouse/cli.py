import typer


def light() -> None:
    from clarion.access import Actor
    from clarion.lighthouse.service import light as light_lamp

    typer.echo(light_lamp(Actor.console()))
