"""The room's pages: exposure, country, rows, scenarios, runs, plans. Each view calls one use case."""

from __future__ import annotations

from django.urls import path

from clarion.spillover.web import compare, country, downloads, exposure, market, plans, runs, scenarios

app_name = "spillover"
urlpatterns = [
    path("", exposure.overview, name="exposure"),
    path("ranking/", exposure.ranking, name="ranking"),
    path("ranking.<str:form>", downloads.ranking_table, name="ranking-table"),
    path("method/", exposure.method, name="method"),
    path("bans/", market.restricted, name="bans"),
    path("bans.<str:form>", market.restricted_file, name="bans-file"),
    path("prices/", market.lookback, name="prices"),
    path("prices.<str:form>", market.lookback_file, name="prices-file"),
    path("macro/", market.money, name="macro"),
    path("macro.<str:form>", market.money_file, name="macro-file"),
    path("macro/<str:iso3>/", market.money, name="macro-country"),
    path("exposure.<str:form>", downloads.exposure_table, name="exposure-table"),
    path("map.svg", downloads.exposure_map, name="exposure-map"),
    path("country/<str:iso3>/", country.profile, name="country"),
    path("country/<str:iso3>/brief.<str:form>", downloads.country_brief, name="country-brief"),
    path("country/<str:iso3>/exposure.<str:form>", downloads.country_table, name="country-table"),
    path("country/<str:iso3>/<slug:item>/", country.suppliers, name="suppliers"),
    path("country/<str:iso3>/<slug:item>.<str:form>", downloads.suppliers_table, name="suppliers-table"),
    path("rows/<slug:table>/<slug:source>/", country.rows, name="rows"),
    path("scenarios/", scenarios.index, name="scenarios"),
    path("scenarios/new/", scenarios.build, name="scenario-new"),
    path("scenarios/verdict/", scenarios.verdict, name="scenario-verdict"),
    path("scenarios/shipped/<slug:name>/", scenarios.shipped, name="scenario-shipped"),
    path("scenarios/own/<uuid:pk>/", scenarios.build, name="scenario-own"),
    path("runs/", runs.index, name="runs"),
    path("runs/<uuid:pk>/", runs.run, name="run"),
    path("runs/<uuid:pk>/country/<str:iso3>/", runs.run_country, name="run-country"),
    path("runs/<uuid:pk>/country/<str:iso3>/table.<str:form>", downloads.run_country_table, name="run-country-table"),
    path("runs/<uuid:pk>/prices.<str:form>", downloads.run_prices, name="run-prices"),
    path("runs/<uuid:pk>/compare/<uuid:other>/", compare.compare, name="compare"),
    path("runs/<uuid:pk>/compare/<uuid:other>/table.<str:form>", compare.compare_file, name="compare-file"),
    path("runs/<uuid:pk>/table.<str:form>", downloads.run_table, name="run-table"),
    path("runs/<uuid:pk>/map.svg", downloads.run_map, name="run-map"),
    path("runs/<uuid:pk>/brief.<str:form>", downloads.run_brief, name="run-brief"),
    path("runs/<uuid:pk>/plan/", plans.plan, name="plan"),
    path("runs/<uuid:pk>/plan/<slug:name>.svg", plans.picture, name="plan-picture"),
    path("runs/<uuid:pk>/plan/<slug:name>.<str:form>", plans.table, name="plan-table"),
    path("plans/<uuid:pk>/", plans.kept, name="plan-kept"),
    path("plans/<uuid:pk>/<slug:name>.svg", plans.picture, name="plan-kept-picture"),
    path("plans/<uuid:pk>/brief.<str:form>", plans.brief, name="plan-brief"),
    path("plans/<uuid:pk>/<slug:name>.<str:form>", plans.table, name="plan-kept-table"),
]
