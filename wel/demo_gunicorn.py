"""The demo loads its data in the interpreter that then serves them, because each start of Django costs a second."""

from wel import prepare
from wel.gunicorn import control_socket_disable, loglevel, preload_app, threads, when_ready, worker_class, workers

__all__ = ["control_socket_disable", "loglevel", "preload_app", "threads", "when_ready", "worker_class", "workers"]


def on_starting(server):
    """After the application is loaded and before the first visitor; an error here stops the demo."""
    prepare.demo_data()
