from ninja import Router

from clarion.desk.page import actor
from clarion.lighthouse.service import light

router = Router()


@router.get("/lamp")
def lamp(request) -> dict[str, str]:
    return {"lamp": light(actor(request))}
