"""A jeugdige that leaves somebody's reach between the look and the write: handed over, or a yes that was taken back."""

from django.db import IntegrityError
from django.shortcuts import render

from cases.models import Case, CostLine

FOREIGN_KEY = "23503"


def has_left(error):
    """Whether this says that the case is no longer in the place where the page found it."""
    if isinstance(error, Case.DoesNotExist | CostLine.DoesNotExist):
        return True
    about = getattr(error.__cause__, "diag", None) if isinstance(error, IntegrityError) else None
    return about is not None and about.sqlstate == FOREIGN_KEY and about.constraint_name.endswith("_scope")


class GoneMeanwhileMiddleware:
    """The database kept it from being written; here it gets words instead of the page of a fault."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return render(request, "cases/gone.html", status=404) if has_left(exception) else None
