"""The WSGI entry; refuses to serve under a database role that could bypass row-level security."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wel.settings")
application = get_wsgi_application()

from access.checks import require_confined_role  # noqa: E402  (needs the apps to be loaded)

require_confined_role()
