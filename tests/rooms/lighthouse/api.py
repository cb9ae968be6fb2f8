from ninja import Router

from clarion.desk.page import actor, step_up
from clarion.lighthouse.service import light

router = Router()


@router.get("/lamp")
def lamp(request) -> dict[str, str]:
    return {"lamp": light(actor(request))}


@router.get("/lens")
@step_up("open")
def lens(request) -> dict[str, str]:
    return {"lens": "open"}
