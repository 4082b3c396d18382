"""Who sits at the table: asked by the coördinator, invited, and answering for themselves."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases.models import TableWish
from meetings.actions import participant as actions
from meetings.forms.participant import AnswerForm, GuestForm, PeopleForm, PromiseForm, RoleForm, SearchForm
from meetings.mails import hash_of
from meetings.models import AgendaItem, Participant
from meetings.models.agenda import invited_item_ids
from meetings.views.agenda import item_page, meeting_of, own_item, people_at, seen_version
from meetings.views.team import form_page

CHANGED = "Een collega paste dit net aan. Kijk of het nog klopt."
ANSWERED = {"ja": "Fijn dat je komt.", "nee": "Dank je. We weten dat je er niet bij bent."}


@require_http_methods(["GET", "POST"])
def people_add(request, pk):
    """Everybody in one go; whom the parents and the youth want stands beside it (R2.6)."""
    item = own_item(request, pk)
    meeting, people = meeting_of(request, item), people_at(request, item)
    given = {"item": item, "case": item.case, "team": meeting.team, "people": people, "reader": request.user}
    query = SearchForm(request.GET)
    search = query.cleaned_data["zoek"] if query.is_valid() else ""
    form = PeopleForm(request.POST if request.method == "POST" else None, **given, search=search)
    asks = False
    if form.is_valid():
        chosen = form.chosen
        new = len(chosen["members"]) + len(chosen["users"])
        asks = bool(new) and form.ask_when_many(new + sum(p.is_mailed for p in people), meeting.team.soft_maximum)
        if not asks:
            try:
                actions.add_people(item=item, **chosen, by=request.user)
            except actions.NotAtTable as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "Erbij.")
                return redirect("meetings:item", pk)
    context = {
        "item": item,
        "form": form,
        "asks": asks,
        "search": search,
        "people": people,
        "wishes": TableWish.objects.visible_to(request.user).filter(case=item.case),
    }
    return render(request, "meetings/people_add.html", context, status=422 if form.errors or asks else 200)


@require_http_methods(["GET", "POST"])
def guest_add(request, pk):
    item = own_item(request, pk)
    meeting, people = meeting_of(request, item), people_at(request, item)
    form = GuestForm(request.POST if request.method == "POST" else None)
    asks = False
    if form.is_valid():
        asks = form.ask_when_many(1 + sum(p.is_mailed for p in people), meeting.team.soft_maximum)
        if not asks:
            try:
                actions.add_guest(item=item, values=form.values, by=request.user)
            except actions.NotAtTable as error:
                form.add_error("email", str(error))
            else:
                messages.success(request, "Erbij.")
                return redirect("meetings:item", pk)
    context = {"item": item, "form": form, "asks": asks}
    return render(request, "meetings/guest_add.html", context, status=422 if form.errors or asks else 200)


def _person(request, pk, participant_pk):
    """Somebody at a table that is still to come; the eigenaar follows the jeugdige."""
    item = own_item(request, pk)
    found = Participant.objects.editable_by(request.user).filter(item=item, removed_at=None)
    found = found.exclude(role=Participant.Role.OWNER).select_related("user")
    return item, get_object_or_404(found, pk=participant_pk)


@require_http_methods(["GET", "POST"])
def participant_edit(request, pk, participant_pk):
    item, person = _person(request, pk, participant_pk)
    if not person.is_mailed:
        raise Http404
    form = RoleForm(request.POST if request.method == "POST" else None, instance=person)
    name = str(person)
    if form.is_valid():
        role, version = form.cleaned_data["role"], form.cleaned_data["version"]
        try:
            if role == Participant.Role.CHAIR:
                done = actions.take_chair(item=item, participant=person, by=request.user)
            else:
                values = {"role": role}
                done = actions.change_participant(participant=person, values=values, version=version, by=request.user)
        except actions.NotAtTable as error:
            form.add_error("role", str(error))
        else:
            if done:
                messages.success(request, "Bewaard.")
            else:
                messages.info(request, CHANGED)
            return redirect("meetings:item", pk)
    back = reverse("meetings:item", args=[pk])
    return form_page(request, form, name, lead=item.code, back_url=back)


@require_POST
def participant_remove(request, pk, participant_pk):
    _, person = _person(request, pk, participant_pk)
    if actions.remove_participant(participant=person, version=seen_version(request), by=request.user):
        told = " Die krijgt bericht." if person.invited_at else ""
        messages.success(request, f"Niet meer aan tafel.{told}")
    else:
        messages.info(request, CHANGED)
    return redirect("meetings:item", pk)


@require_http_methods(["GET", "POST"])
def invite(request, pk):
    """A question first: a mail is not to be taken back."""
    item = own_item(request, pk)
    people = [person for person in people_at(request, item) if person.is_mailed]
    if not any(person.role == Participant.Role.CHAIR for person in people):
        messages.info(request, "Kies eerst een voorzitter: iemand die los staat van de jongere.")
        return redirect("meetings:item", pk)
    if request.method == "POST":
        number = actions.invite(item=item, by=request.user) if seen_version(request) == item.version else None
        if number is None:
            messages.info(request, CHANGED)
        elif number:
            who = "1 mens" if number == 1 else f"{number} mensen"
            messages.success(request, f"De uitnodiging gaat naar {who}.")
        else:
            messages.info(request, "Iedereen is al uitgenodigd.")
        return redirect("meetings:item", pk)
    context = {
        "item": item,
        "meeting": meeting_of(request, item),
        "waiting": [person for person in people if not person.invited_at],
    }
    return render(request, "meetings/invite.html", context)


def invited_item(request, pk):
    """One to which who asks was invited and did not say no."""
    return get_object_or_404(
        AgendaItem.objects.visible_to(request.user).filter(pk__in=invited_item_ids(request.user)), pk=pk
    )


@require_POST
def promise(request, pk):
    """Once per table, by who was invited; before it nothing about the jeugdige opens (R7.5)."""
    item = invited_item(request, pk)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return item_page(request, item, promise=form, status=422)
    if not actions.promise_care(item=item, by=request.user):
        raise Http404
    return redirect("meetings:item", pk)


@require_POST
def item_answer(request, pk):
    """By who is logged in. After a no the page is closed; the link in the mail still takes a yes."""
    item = invited_item(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid() or not actions.answer_table(item=item, said=form.cleaned_data["keuze"], by=request.user):
        messages.info(request, "Antwoorden kan niet meer voor deze tafel.")
        return redirect("meetings:item", pk)
    said = form.cleaned_data["keuze"]
    messages.success(request, ANSWERED[said])
    return redirect("meetings:list") if said == "nee" else redirect("meetings:item", pk)


@login_not_required  # whoever holds the link of the mail may have no account
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """Opening changes nothing (mail scanners open links too); the one button answers."""
    hashed = hash_of(token)
    invitation = actions.open_invitation(hashed)
    if invitation is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else request.GET)
    choice = form.cleaned_data["keuze"] if form.is_valid() else "ja"
    if request.method == "POST":
        if not ratelimit.consume(request, action="table_answer"):
            return render(request, "429.html", status=429)
        if not form.is_valid() or not actions.answer_invitation(hashed=hashed, said=choice):
            return _answer_page(request, invitation, choice, status=422)
        return redirect(f"{reverse('meetings:answer', args=[token])}?keuze={choice}")
    return _answer_page(request, invitation, choice)


def _answer_page(request, invitation, choice, status=200):
    if case_id := invitation["case_id"]:
        invitation["code"] = f"WEL-{case_id:04d}"
    context = {
        "invitation": invitation,
        "choice": choice,
        "other": "nee" if choice == "ja" else "ja",
        "said": ANSWERED.get(invitation["answer"], ""),
    }
    return render(request, "meetings/answer.html", context, status=status)
