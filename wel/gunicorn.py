"""How gunicorn runs WEL, in the demo and in production: `gunicorn --config wel/gunicorn.py wel.wsgi`."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # one interpreter loads the application, and the workers share its memory
control_socket_disable = True
loglevel = "warning"


def when_ready(server):
    """Loading looked into the database; workers that inherit that connection would read each other's answers."""
    from django.db import connections  # only once the settings are loaded

    connections.close_all()
