"""What the pages with long writing share: keeping a klad by button, finishing it, and the page of a conflict."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from cases import conflict, drafts
from cases.actions.draft import finish_drafts, keep_draft
from cases.page import case_page


def as_draft(request, case, desk, form):
    """The answer to `Bewaar als klad`; None when there is something in the text that WEL keeps nowhere."""
    try:
        answers = drafts.answers_of(request.POST, form.base_fields)
    except ValidationError:
        return None
    kept = keep_draft(
        case=case, place=desk.place, token=desk.token, source=desk.source, answers=answers, by=request.user
    )
    if kept is None:  # saved or thrown away in another window: this text is a klad of its own
        desk.token = uuid.uuid4()
        kept = keep_draft(case=case, place=desk.place, token=desk.token, answers=answers, by=request.user)
    messages.success(request, f"Bewaard als klad om {drafts.clock(kept.saved_at)}. Alleen jij ziet dit.")
    return redirect(f"{desk.page_url}?klad={desk.token}")


def finish(case, desk, by):
    """After saving for good."""
    if desk.posted:
        finish_drafts(case=case, place=desk.place, tokens=desk.posted, by=by)


def conflict_page(request, case, section, *, desk, form, merged, mine, by, at, title, back):
    """Somebody saved first: choose per field which text stays; nothing was written and nothing is gone."""
    shown = conflict.page(form, merged, mine, user=request.user, by=by, at=at)
    context = case_page(
        request, case, section, reads=f"{section}_read", conflict=shown, draft=desk, title=title, back_url=back,
        form_has_errors=True, log_url="",
    )  # fmt: skip
    return render(request, "cases/conflict.html", context, status=conflict.STATUS)
