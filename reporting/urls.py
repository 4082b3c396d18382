"""Vandaag and the accounts."""

app_name = "reporting"
urlpatterns = []
