"""The form of the jongere stands apart: whoever opens it is nobody, and its address goes nowhere."""

from django.conf import settings

from meetings.views.voice_youth import fault

PLACE = "/stem/"


class VoiceMiddleware:
    """Before sessions: a login in this browser plays no part here, so nothing else can be reached from this form.

    `strict-origin` tells no page the path, not even one of ours. With `no-referrer` a browser would also hide from us
    where a form came from, and then the check on forged forms refuses every answer.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(PLACE):
            return self.get_response(request)
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        response = fault(request, self.get_response(request))
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
