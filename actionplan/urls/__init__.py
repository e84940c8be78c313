from django.urls import include, path

app_name = "plan"
urlpatterns = [
    # Before the plans: what stands where a plan’s name would.
    path("", include("actionplan.urls.reviews")),
    path("", include("actionplan.urls.exports")),
    path("", include("actionplan.urls.plans")),
    path("", include("actionplan.urls.editions")),
    path("", include("actionplan.urls.sections")),
    path("", include("actionplan.urls.actions")),
    path("", include("actionplan.urls.importing")),
]
