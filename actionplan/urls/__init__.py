from django.urls import include, path

app_name = "plan"
urlpatterns = [
    path("", include("actionplan.urls.plans")),
    path("", include("actionplan.urls.sections")),
    path("", include("actionplan.urls.actions")),
]
