"""The form of the jongere: one question a page, behind one private link, for nobody that we know."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from access.throttle import Limit, network_of
from meetings.actions import voice as actions
from meetings.forms.voice import AnswerForm, CheckForm, DrawingForm
from meetings.rules.voice import LAST, QUESTIONS, next_number, question_at
from meetings.voice import read_voice, secret_of

# Where Sluit snel goes: a page about the weather looks like anything.
WEATHER = "https://www.knmi.nl/nederland-nu/weer/verwachtingen"

MISSES = Limit("stem-mis", 30, 15 * 60)  # per network: links that do not work
OPENED = Limit("stem-open", 300, 5 * 60)  # per link: pages, and what is kept while typing
UPLOADS = Limit("stem-bestand", 20, 60 * 60)  # per link: looking into a file is work

IN_THE_BACKGROUND = "X-Background"


def page(request, template, voice=None, *, status=200, **context):
    context |= {"voice": voice, "away_url": WEATHER, "last": LAST}
    response = render(request, f"meetings/{template}.html", context, status=status)
    response.is_of_voice = True
    return response


def gone(request):
    """The same for a link that is over, withdrawn, wiped or never was. Rendered, not raised: what was counted stays."""
    return page(request, "voice_gone", status=404)


def too_often(request):
    return page(request, "voice_too_often", status=429)


def fault(request, response):
    """In place of a page of the rest of WEL that says what went wrong: those have a menu, and lead to logging in."""
    if getattr(response, "is_of_voice", False):
        return response
    templates = {403: "voice_again", 404: "voice_gone", 500: "voice_fault"}
    template = templates.get(response.status_code)
    return page(request, template, status=response.status_code) if template else response


def by_link(view):
    """Hands the view what its link opens, if it opens and not too often."""

    @login_not_required  # the link is all that a youth has
    @sensitive_post_parameters()
    @wraps(view)
    def opened(request, token, **arguments):
        network, secret = network_of(request), secret_of(token)
        if MISSES.is_spent(network):
            return too_often(request)
        voice = read_voice(token)
        if voice is None:
            MISSES.spend(network)
            return gone(request)
        if not OPENED.spend(secret):
            return too_often(request)
        return view(request, voice, **arguments)

    return opened


def step(voice, name, *rest):
    return reverse(f"voice:{name}", args=[voice.token, *rest])


def after(voice, number):
    """The page behind question `number`."""
    return step(voice, "question", number + 1) if number < LAST else step(voice, "check")


@by_link
@require_safe
def start(request, voice):
    number = next_number(voice.answers)
    go_on = step(voice, "question", number) if number else step(voice, "check")
    answered = [
        {
            "question": question,
            "url": step(voice, "question", question.number),
            "is_done": question.key in voice.answers,
        }
        for question in QUESTIONS
    ]
    return page(request, "voice_start", voice, go_on_url=go_on, go_on_number=number, answered=answered)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, voice, number):
    asked = question_at(number)
    if asked is None:
        return gone(request)
    in_background = IN_THE_BACKGROUND in request.headers
    form = AnswerForm(request.POST if request.method == "POST" else None, question=asked, answer=voice.answer(asked))
    if request.method != "POST":
        return question_page(request, voice, asked, form)
    if not form.is_valid():
        if in_background:
            return JsonResponse({"waarom": next(iter(form.errors.values()))[0]}, status=422)
        return question_page(request, voice, asked, form, status=422)
    choice, words, seen = form.answer if "leeg" not in request.POST else ("", "", form.answer[2])
    kept = actions.save_answer(voice=voice, question=asked, choice=choice, text=words, seen=seen)
    if kept is None:
        return gone(request)
    if in_background:
        return JsonResponse({"versie": kept}, status=409 if kept == actions.STALE else 200)
    if kept == actions.STALE:
        return asked_again(request, voice, asked)
    if "leeg" in request.POST:
        return redirect(step(voice, "question", number))
    return redirect(step(voice, "check") if "klaar" in request.POST else after(voice, number))


def asked_again(request, voice, asked):
    """Another window kept something else: both are shown, and what is typed here is saved when it is sent again."""
    now = read_voice(voice.token)
    if now is None:
        return gone(request)
    answer = now.answer(asked)
    form = AnswerForm({**request.POST.dict(), "version": answer.version}, question=asked, answer=answer)
    return question_page(request, now, asked, form, status=409, other=answer)


def question_page(request, voice, asked, form, *, status=200, other=None):
    number = asked.number
    return page(
        request,
        "voice_question",
        voice,
        status=status,
        form=form,
        question=asked,
        other=other and {"choice": asked.choice_word(other.choice), "text": other.text},
        answered=asked.key in voice.answers,
        back_url=step(voice, "question", number - 1) if number > 1 else step(voice, "start"),
        next_url=after(voice, number),
        next_label=f"Naar vraag {number + 1}" if number < LAST else "Kijk of het klopt",
        to_check="check" in request.GET or voice.sent_at is not None,
        road=road(number),
    )


def road(number):
    """Where on the way this question is: the points of the line, and how far it is drawn through."""
    places = [(16 + 34 * place, 24 + (8, 0, -6, 0)[place % 4]) for place in range(LAST)]
    return {
        "done": " ".join(f"{x},{y}" for x, y in places[:number]),
        "ahead": " ".join(f"{x},{y}" for x, y in [*places[number - 1 :], (296, 24)]),
        "here": places[number - 1],
    }


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, voice):
    """Klopt het zo? Every answer, who may read it, and then it goes."""
    given = [one for one in QUESTIONS if one.key in voice.answers]
    form = CheckForm(request.POST if request.method == "POST" else None, questions=given, voice=voice)
    problem = ""
    if form.is_valid():
        choices = {"voice": voice, "keys": form.for_table, "drawing": form.drawing_too}
        if IN_THE_BACKGROUND in request.headers:
            kept = actions.share(**choices)
            return JsonResponse({}, status=200) if kept else gone(request)
        sent = actions.send(**choices)
        if sent is None:
            return gone(request)
        if sent:
            return redirect(step(voice, "thanks"))
        problem = "Er is nog niets om te versturen. Beantwoord één vraag, of doe er een tekening bij."
    lines = [
        {
            "question": one,
            "choice": one.choice_word(voice.answer(one).choice),
            "text": voice.answer(one).text,
            "field": form[f"{form.PREFIX}{one.key}"] if one in given else None,
            "url": f"{step(voice, 'question', one.number)}?check",
        }
        for one in QUESTIONS
    ]
    drawing = form["tekening"] if voice.drawing is not None else None
    back_url = step(voice, "question", LAST)
    return page(request, "voice_check", voice, form=form, lines=lines, drawing=drawing, back_url=back_url,
                problem=problem, status=422 if problem else 200)  # fmt: skip


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request, voice):
    if request.method == "POST" and not UPLOADS.spend(voice.secret):
        return too_often(request)
    form = DrawingForm(request.POST, request.FILES) if request.method == "POST" else DrawingForm()
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("file_type", "content")}
        if not actions.add_drawing(voice=voice, **given):
            return gone(request)
        return redirect(step(voice, "check"))
    back_url = step(voice, "check")
    return page(request, "voice_draw", voice, form=form, back_url=back_url, status=422 if form.errors else 200)


@by_link
@require_POST
def draw_away(request, voice):
    if not actions.remove_drawing(voice=voice):
        return gone(request)
    return redirect(step(voice, "check"))


@by_link
@require_safe
def thanks(request, voice):
    if not voice.sent_at:
        return redirect(step(voice, "check"))
    return page(request, "voice_thanks", voice)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def wipe(request, voice):
    """Asked once more, because nobody can bring it back."""
    if request.method != "POST":
        return page(request, "voice_wipe", voice, back_url=step(voice, "start"))
    if not actions.wipe(voice=voice):
        return gone(request)
    return redirect("voice:wiped")


@login_not_required  # the link is over by now, so this page is of nobody
@require_safe
def wiped(request):
    return page(request, "voice_wiped")
