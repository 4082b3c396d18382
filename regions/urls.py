"""People, places and what is written down about their work, below /beheer/."""

app_name = "regions"
urlpatterns = []
