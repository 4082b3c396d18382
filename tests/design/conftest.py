"""The style guide as a page: rendered without a server or a database, shown to Chromium by catching its requests."""

import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests import chromium
from wel import style_guide

ORIGIN = "https://wel.example"


@pytest.fixture
def style_guide_html():
    return render_to_string("wel/style_guide.html", style_guide.context(RequestFactory().get("/")))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return chromium.launch_args()


def policy():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


@pytest.fixture
def show(page):
    """Open this HTML under the real content security policy; what the browser complains about is in `complaints`."""
    page.complaints = chromium.collect_complaints(page)

    def open_page(html, width=1280, scheme="light"):
        def answer(route):
            path = unquote(urlsplit(route.request.url).path)
            if not path.startswith(settings.STATIC_URL):
                route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": policy()})
            else:
                file = finders.find(path.removeprefix(settings.STATIC_URL))
                route.fulfill(body=Path(file).read_bytes(), content_type=mimetypes.guess_type(path)[0])

        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.route(re.compile(".*"), answer)
        page.goto(ORIGIN)
        return page

    return open_page
