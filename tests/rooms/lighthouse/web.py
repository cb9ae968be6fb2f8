from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from clarion.desk.page import actor, page
from clarion.lighthouse.service import light


@page("lighthouse.view")
def lamp(request) -> HttpResponse:
    return render(request, "lighthouse/lamp.html", {"lamp": light(actor(request))})


@page("lighthouse.view", step_up="open")
def lens(request) -> HttpResponse:
    return HttpResponse("The lens is open.")


app_name = "lighthouse"
urlpatterns = [path("", lamp, name="lamp"), path("lens/", lens, name="lens")]
