from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from clarion.desk.page import actor, page
from clarion.lighthouse.service import light


@page("lighthouse.view")
def lamp(request) -> HttpResponse:
    return render(request, "lighthouse/lamp.html", {"lamp": light(actor(request))})


app_name = "lighthouse"
urlpatterns = [path("", lamp, name="lamp")]
