"""People: who has an account, where they work as what, and the invitation that starts it."""

from dataclasses import dataclass
from functools import wraps

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from access.models import User
from regions import actions
from regions.forms import EndMembershipForm, InvitationForm, NewMembershipForm, PeopleFilter
from regions.models import Membership, Role
from regions.views.beheer import page, page_of, sort_links

PAGE_SIZE = 25
OWN_ACCOUNT = "Dit gaat over jezelf. Vraag een andere beheerder om dit te doen."

manages_people = permission_required("access.manage_people", raise_exception=True)


def is_invited(person):
    """Whether the invitation was not used yet: nobody has chosen a password."""
    return not person.has_usable_password()


def state_of(person):
    """Word and colour of the account."""
    if not person.is_active:
        return {"label": "Uitgezet", "tint": "steen", "icon": "stop-circle"}
    if is_invited(person):
        return {"label": "Uitgenodigd", "tint": "licht", "icon": "envelope"}
    return {"label": "Actief", "tint": "mos", "icon": "check-circle"}


def period_of(membership, today):
    """When a werkplek holds: now, later or no more."""
    if membership.ends_on and membership.ends_on < today:
        return "voorbij"
    return "straks" if membership.starts_on > today else "nu"


@manages_people
@require_safe
def people(request):
    form = PeopleFilter(request.GET)
    if not form.is_valid():
        return render(request, "regions/people.html", page(request, "regions:people", form=form, rows=None), status=422)
    chosen = form.cleaned_data
    today = timezone.localdate()
    works = Membership.objects.in_force(today)
    rows = User.objects.prefetch_related(
        Prefetch("memberships", works.select_related("swv", "gemeente"), to_attr="works_as")
    )
    if chosen["zoek"]:
        rows = rows.filter(Q(name__icontains=chosen["zoek"]) | Q(email__icontains=chosen["zoek"]))
    if chosen["rol"]:
        rows = rows.filter(Exists(works.filter(user=OuterRef("pk"), role=chosen["rol"])))
    if chosen["account"]:
        rows = rows.filter(is_active=chosen["account"] != "uit")
        invited = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        if chosen["account"] == "uitgenodigd":
            rows = rows.filter(invited)
        elif chosen["account"] == "actief":
            rows = rows.exclude(invited)
    sort = chosen["sort"] or "naam"
    found = page_of(request, rows.order_by(*PeopleFilter.SORTS[sort]), PAGE_SIZE)
    return render(
        request,
        "regions/people.html",
        page(
            request,
            "regions:people",
            form=form,
            rows=[{"person": person, "works_as": person.works_as, "state": state_of(person)} for person in found],
            page=found,
            chips=form.chips(request.GET),
            sort=sort_links(request, sort, "naam", "mail"),
        ),
    )


@manages_people
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request):
    role = request.GET.get("role", "")
    options = {"choose_url": reverse("regions:invite")}
    if request.method == "POST":
        form = InvitationForm(request.POST, **options)
        if form.is_valid():
            person = actions.invite_person(by=request.user, **form.cleaned_data)
            messages.success(request, f"De uitnodiging aan {person.name} is onderweg.")
            return redirect("regions:person", person.pk)
    else:
        form = InvitationForm(role=role if role in Role.values else "", **options)
    context = page(request, "regions:people", form=form)
    return render(request, "regions/person_invite.html", context, status=422 if form.is_bound else 200)


def person_page(request, person, *, refusal="", status=200):
    today = timezone.localdate()
    is_self = person == request.user
    memberships = person.memberships.select_related("swv", "gemeente", "given_by").order_by("-starts_on", "-pk")
    actions_here = [] if is_self else [action for action in ACTIONS.values() if action.fits(person)]
    return render(
        request,
        "regions/person.html",
        page(
            request,
            "regions:people",
            person=person,
            state=state_of(person),
            is_self=is_self,
            refusal=refusal,
            has_second_factor=Authenticator.objects.filter(user=person).exists(),
            memberships=[
                {"membership": membership, "when": period_of(membership, today)} for membership in memberships
            ],
            actions=[
                {"label": action.button, "url": reverse(action.url_name, args=[person.pk]), "is_red": action.is_red}
                for action in actions_here
            ],
        ),
        status=status,
    )


@manages_people
@require_safe
def person(request, pk):
    return person_page(request, get_object_or_404(User, pk=pk))


def of_others(view):
    """Finds the person; for oneself it answers with one's own page and why not."""

    @manages_people
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def checked(request, pk, **kwargs):
        somebody = get_object_or_404(User, pk=pk)
        if somebody == request.user:
            return person_page(request, somebody, refusal=OWN_ACCOUNT, status=422)
        return view(request, somebody, **kwargs)

    return checked


@of_others
def membership_add(request, person):
    role = request.GET.get("role", "")
    options = {"person": person, "choose_url": reverse("regions:membership_add", args=[person.pk])}
    if request.method == "POST":
        form = NewMembershipForm(request.POST, **options)
        if form.is_valid():
            actions.give_membership(user=person, by=request.user, **form.cleaned_data)
            messages.success(request, "Werkplek toegevoegd.")
            return redirect("regions:person", person.pk)
    else:
        form = NewMembershipForm(role=role if role in Role.values else "", **options)
    context = page(request, "regions:people", form=form, person=person)
    return render(request, "regions/membership_add.html", context, status=422 if form.is_bound else 200)


@of_others
def membership_end(request, person, membership_pk):
    running = person.memberships.exclude(ends_on__lt=timezone.localdate()).select_related("swv", "gemeente")
    membership = get_object_or_404(running, pk=membership_pk)
    if request.method == "POST":
        form = EndMembershipForm(request.POST)
        if form.is_valid():
            actions.end_membership(membership=membership, ends_on=form.cleaned_data["ends_on"], by=request.user)
            messages.success(request, "De einddatum staat vast.")
            return redirect("regions:person", person.pk)
    else:
        form = EndMembershipForm(initial={"ends_on": membership.ends_on or timezone.localdate()})
    context = page(request, "regions:people", form=form, person=person, membership=membership)
    return render(request, "regions/membership_end.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class Action:
    """Something that is done to an account after one question."""

    url_name: str
    button: str
    question: str
    consequence: str
    done: str
    do: callable
    fits: callable
    is_red: bool = False
    misfit: str = "Dat kan nu niet. Kijk hieronder hoe het account ervoor staat."


ACTIONS = {
    "close": Action(
        "regions:person_close",
        "Zet account uit",
        "Account van {name} uitzetten?",
        "{name} kan dan niet meer inloggen en wordt overal uitgelogd. Wat {name} schreef, blijft staan.",
        "Het account staat uit.",
        actions.close_account,
        lambda person: person.is_active,
        is_red=True,
    ),
    "open": Action(
        "regions:person_open",
        "Zet account aan",
        "Account van {name} weer aanzetten?",
        "{name} kan dan weer inloggen, met de werkplekken die nog lopen.",
        "Het account staat weer aan.",
        actions.open_account,
        lambda person: not person.is_active,
    ),
    "invite_again": Action(
        "regions:person_invite_again",
        "Nodig opnieuw uit",
        "{name} opnieuw uitnodigen?",
        "{name} krijgt een mail met een nieuwe link. Die werkt 7 dagen.",
        "Een nieuwe uitnodiging is onderweg.",
        actions.resend_invitation,
        lambda person: person.is_active and is_invited(person),
    ),
    "reset_second_factor": Action(
        "regions:person_reset_second_factor",
        "Haal tweede stap weg",
        "Tweede stap van {name} weghalen?",
        "Doe dit alleen als je zeker weet dat {name} dit zelf vraagt. {name} logt daarna in met het wachtwoord en stelt"
        " eerst een nieuwe tweede stap in.",
        "De tweede stap is weggehaald.",
        actions.reset_second_factor,
        lambda person: person.is_active and Authenticator.objects.filter(user=person).exists(),
        is_red=True,
    ),
}


@of_others
def person_action(request, person, action):
    action = ACTIONS[action]
    if not action.fits(person):
        return person_page(request, person, refusal=action.misfit, status=422)
    if request.method == "POST":
        action.do(person=person, by=request.user)
        messages.success(request, action.done)
        return redirect("regions:person", person.pk)
    question, consequence = (text.format(name=person.name) for text in (action.question, action.consequence))
    context = page(request, "regions:people", person=person, action=action, question=question, consequence=consequence)
    return render(request, "regions/person_action.html", context)
