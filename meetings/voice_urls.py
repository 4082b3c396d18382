"""The stem: on the pages of a jeugdige for the people around, and below /stem/ for whoever holds a link."""

from django.urls import path

from meetings.views import voice, voice_youth

app_name = "voice"
urlpatterns = [
    path("jeugdigen/<case:pk>/stem/", voice.voice, name="voice"),
    path("jeugdigen/<case:pk>/stem/link/", voice.invite, name="invite"),
    path("jeugdigen/<case:pk>/stem/samen/", voice.together, name="together"),
    path("jeugdigen/<case:pk>/stem/trek-in/", voice.withdraw, name="withdraw"),
    path("jeugdigen/<case:pk>/stem/tekening/", voice.drawing, name="drawing"),
    path("stem/gewist/", voice_youth.wiped, name="wiped"),
    path("stem/<str:token>/", voice_youth.start, name="start"),
    path("stem/<str:token>/vraag/<int:number>/", voice_youth.question, name="question"),
    path("stem/<str:token>/klopt-het/", voice_youth.check, name="check"),
    path("stem/<str:token>/tekening/", voice_youth.draw, name="draw"),
    path("stem/<str:token>/tekening/haal-weg/", voice_youth.draw_away, name="draw_away"),
    path("stem/<str:token>/dankjewel/", voice_youth.thanks, name="thanks"),
    path("stem/<str:token>/wis/", voice_youth.wipe, name="wipe"),
]
