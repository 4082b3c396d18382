"""What the place at a table shows once it was held: did the advice work, and which table came before and after."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from meetings.models import AdviceReview
from meetings.rules.review import Moment, review_on


@dataclass(frozen=True)
class Look:
    """One moment to look back, and what was written then; `review` is None as long as nobody did."""

    moment: str
    label: str
    due_on: date
    is_due: bool
    review: AdviceReview | None


def looks_at(item, user):
    """Both moments, in one query."""
    found = AdviceReview.objects.visible_to(user).filter(item=item).select_related("updated_by")
    written, today = {review.moment: review for review in found}, timezone.localdate()
    return [
        Look(moment, moment.label, due_on, due_on <= today, written.get(moment))
        for moment in Moment
        for due_on in [review_on(moment, item.ends_at)]
    ]
