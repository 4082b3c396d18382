"""Everything about one jeugdige, below /jeugdigen/."""

app_name = "cases"
urlpatterns = []
