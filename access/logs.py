"""Log lines as JSON with a request id and without personal data: exception types and places, never their values."""

import json
import logging
import traceback

import structlog
from django.views.debug import SafeExceptionReporterFilter


class Formatter(logging.Formatter):
    def format(self, record):
        line = {
            "at": self.formatTime(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg)[:300],  # the template of the message, not its arguments
            **structlog.contextvars.get_contextvars(),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["where"] = [
                f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in frames[-6:]
            ]
        return json.dumps(line, ensure_ascii=False)


class SilentReporterFilter(SafeExceptionReporterFilter):
    """Keeps posted values and local variables out of every exception report."""

    def is_active(self, request):
        return True

    def get_post_parameters(self, request):
        return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return []
