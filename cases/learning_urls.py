"""Leren across regions, below /verhalen/."""

from django.urls import path

from cases.views import learning

app_name = "learning"
urlpatterns = [
    path("", learning.stories, name="stories"),
    path("waar-wringt-het/", learning.obstacles, name="obstacles"),
    path("waar-wringt-het/toevoegen/", learning.obstacle_add, name="obstacle_add"),
    path("waar-wringt-het/<int:pk>/", learning.obstacle, name="obstacle"),
    path("waar-wringt-het/<int:pk>/wijzig/", learning.obstacle_edit, name="obstacle_edit"),
    path("oplossingen/", learning.bank, name="bank"),
    path("oplossingen/van-ons/", learning.solutions, name="solutions"),
    path("oplossingen/toevoegen/", learning.solution_add, name="solution_add"),
    path("oplossingen/<int:pk>/wijzig/", learning.solution_edit, name="solution_edit"),
    path("oplossingen/<int:pk>/deel/", learning.solution_share, name="solution_share"),
    path("oplossingen/<int:pk>/haal-terug/", learning.solution_withdraw, name="solution_withdraw"),
]
