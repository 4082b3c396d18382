"""Writes after a table: the terugblik on its advice, once for each moment."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from meetings.actions.live import scope_of_item
from meetings.models import AdviceReview
from meetings.refusals import rule_of


def review_of(item, moment, user):
    """The one of this moment; one that is not stored yet when nobody looked back."""
    found = AdviceReview.objects.visible_to(user).filter(item=item, moment=moment).select_related("item", "updated_by")
    return found.first() or AdviceReview(**scope_of_item(item), item=item, moment=moment, version=0)


def save_review(*, review, values, version, by):
    """False, and nothing changed, when a colleague saved it since `version`."""
    if version:
        mine = AdviceReview.objects.editable_by(by).filter(pk=review.pk, version=version)
        return bool(mine.update(**values, updated_by=by, updated_at=timezone.now(), version=F("version") + 1))
    row = AdviceReview(**scope_of_item(review.item), item=review.item, moment=review.moment, updated_by=by, **values)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if rule_of(error) != "advicereview_once":
            raise
        return False
    return True
