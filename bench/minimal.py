"""The yardstick: the least Django that shows 25 rows of the same cases to somebody who is logged in."""

from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpResponse
from django.template import Engine, RequestContext
from django.urls import path

from cases.models import Case
from regions.models import Gemeente, Samenwerkingsverband

# What `django-admin startproject` writes, and the way to these URLs.
MIDDLEWARE = [
    "bench.minimal.own_urls",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ENGINE = Engine(
    context_processors=[
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]
)


class PlainCase(models.Model):
    """The copy without row-level security that bench/database.py makes."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.DO_NOTHING, related_name="+")
    swv = models.ForeignKey(Samenwerkingsverband, on_delete=models.DO_NOTHING, related_name="+")
    status = models.CharField(max_length=16, choices=Case.Status)
    situation = models.CharField(max_length=8, choices=Case.Situation)
    birth_year = models.PositiveSmallIntegerField()
    next_step = models.CharField(max_length=200)
    registered_on = models.DateField()

    class Meta:
        app_label = "demo"
        managed = False
        db_table = "bench_plain"


PAGE = ENGINE.from_string("""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Jeugdigen</title></head>
<body><header><nav><a href="/">Vandaag</a> <a href="/jeugdigen/">Jeugdigen</a> {{ user.name }}</nav></header>
<main><h1>Jeugdigen</h1>
<table><thead><tr><th>Code</th><th>Status</th><th>Situatie</th><th>Geboren</th><th>Gemeente</th><th>SWV</th><th>Aangemeld</th></tr>
</thead><tbody>{% for case in cases %}
<tr><td><a href="/jeugdigen/{{ case.pk }}/">WEL-{{ case.pk }}</a></td><td>{{ case.get_status_display }}</td>
<td>{{ case.get_situation_display }}</td><td>{{ case.birth_year }}</td><td>{{ case.gemeente.name }}</td>
<td>{{ case.swv.label }}</td><td>{{ case.registered_on|date:"j F Y" }}</td></tr>{% endfor %}
</tbody></table></main></body></html>""")


def own_urls(get_response):
    def middleware(request):
        request.urlconf = __name__
        return get_response(request)

    return middleware


@login_required
def plain_list(request):
    cases = PlainCase.objects.filter(swv__key="PO2001").select_related("gemeente", "swv").order_by("-pk")[:25]
    return HttpResponse(PAGE.render(RequestContext(request, {"cases": cases})))


urlpatterns = [path("", plain_list)]
