"""Examples for the style guide: every component, with long words and many items. All people and places are invented."""

from datetime import date, datetime

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils import timezone

from access.widgets import PictogramRadioSelect

LONG_NAME = "Wilhelmina-Alexandrina van der Oudekerk-Schoonhovenbrug"
WEATHER = {
    "1": "weer-onweer",
    "2": "weer-regen",
    "3": "weer-bewolkt",
    "4": "weer-halfzon",
    "5": "weer-zon",
}
MESSAGES = [
    (constants.SUCCESS, "Opgeschreven."),
    (constants.INFO, "We maken je pdf. Je kunt gewoon verder werken."),
    (constants.WARNING, "Zes mensen aan tafel is veel voor een jongere."),
    (constants.ERROR, "Het maken van de pdf lukte niet."),
]
KINDS = {"gesprek": "chat", "huisbezoek": "house-door", "lichtje": "lichtje", "hobbel": "signpost-split"}


class ExampleForm(forms.Form):
    name = forms.CharField(label="Roepnaam", error_messages={"required": "Vul de roepnaam in."})
    born_on = forms.CharField(
        label="Geboortedatum",
        help_text="Bijvoorbeeld 14-3-2012.",
        error_messages={"required": "Schrijf de datum als dag, maand, jaar."},
    )
    gemeente = forms.ChoiceField(label="Gemeente", choices=[("", "Kies een gemeente"), ("1", "Voorbeeldstad")])
    situation = forms.ChoiceField(
        label="Situatie",
        widget=forms.RadioSelect,
        choices=[("5a", "Vrijstelling 5 onder a"), ("absoluut", "Absoluut verzuim"), ("anders", "Anders")],
        error_messages={"required": "Kies een situatie."},
    )
    kind = forms.ChoiceField(
        label="Soort",
        widget=PictogramRadioSelect(icons=KINDS),
        choices=[(key, key.capitalize()) for key in KINDS],
    )
    mood = forms.ChoiceField(
        label="Hoe gaat het nu met je?",
        help_text="Er is geen fout antwoord.",
        required=False,
        widget=PictogramRadioSelect(icons=WEATHER, one_per_line=True),
        choices=[("1", "Heel slecht"), ("2", "Niet zo goed"), ("3", "Gaat wel"), ("4", "Goed"), ("5", "Heel goed")],
    )
    company = forms.MultipleChoiceField(
        label="Wie is erbij?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("ouder", "Ouder"), ("oom", "Oom of tante"), ("buur", "Buurvrouw")],
    )
    attachment = forms.FileField(label="Document", required=False)
    remark = forms.CharField(
        label="Wat is er al?",
        help_text="Welke ontwikkeling zie je nu al? Klein telt ook.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_light = forms.BooleanField(label="Dit is een lichtje", required=False)


def menu():
    words = ["Vandaag", "Jeugdigen", "WEL-tafels", "Acties", "Verhalen", "Monitor"]
    return [
        {"label": word, "url": "#", "active": word == "Jeugdigen", "badge": 4 * (word == "Vandaag")} for word in words
    ]


def subnav():
    words = ["Overzicht", "Reis", "Logboek", "Acties", "Stem", "Documenten", "Toestemming"]
    return [{"label": word, "url": "#", "active": word == "Reis", "count": 3 * (word == "Acties")} for word in words]


def subnav_more():
    return [{"label": word, "url": "#", "active": False} for word in ("Inzet", "Volgen", "Leren")]


def timeline():
    at = timezone.make_aware(datetime(2026, 3, 18, 15, 20))
    return [
        {
            "title": "Gesprek aan de keukentafel",
            "url": "#",
            "at": at,
            "author": "Merel",
            "text": "Hij bleef een uur langer dan afgesproken. " * 8,
            "icon_name": "chat",
            "edited": {"at": at, "url": "#"},
            "more_url": "#",
        },
        {
            "title": "Lichtje: brood geroken",
            "at": date(2024, 10, 2),
            "author": LONG_NAME,
            "icon_name": "lichtje",
            "tint": "licht",
        },
        {
            "title": "Hobbel: lange busreis",
            "at": date(2026, 1, 9),
            "author": "Olga",
            "icon_name": "signpost-split",
            "tint": "steen",
        },
    ]


def context(request):
    return {
        "menu": menu(),
        "new_menu": [{"label": "Jeugdige aanmelden", "url": "#", "icon": "person-plus"}],
        "search_url": "#",
        "help_url": "#",
        "account": {
            "initials": "AB",
            "name": LONG_NAME,
            "profile_url": "#",
            "theme_url": "/thema/",
            "logout_url": "#",
            "keep_alive_url": "#",
        },
        "long_name": LONG_NAME,
        "subnav": subnav(),
        "subnav_more": subnav_more(),
        "consent_until": date(2026, 7, 31),
        "due": timezone.make_aware(datetime(2026, 3, 22, 15, 20)),
        "statuses": [
            ("in_beeld", "In beeld"),
            ("in_gesprek", "In gesprek"),
            ("naar_de_tafel", "Naar de tafel"),
            ("op_reis", "Op reis"),
            ("rustpunt", "Rustpunt"),
            ("aangekomen", "Aangekomen"),
            ("gestopt", "Gestopt"),
            ("verbinding_zoeken", "Verbinding zoeken"),
        ],
        "consents": ["given", "ending", "asked", "not_asked", "withdrawn"],
        "terms": ["4u", "4d", "4w", "4m"],
        "timeline": timeline(),
        "facts": [("Eigenaar", LONG_NAME), ("Gemeente", "Voorbeeldstad"), ("School", "")],
        "parts": [True, True, True, False, False],
        "query": request.GET,
        "page_of_many": Paginator(range(240), 25).get_page(request.GET.get("page", 4)),
        "chips": [{"label": "Status: rustpunt", "url": "#"}, {"label": "Gemeente: Voorbeeldstad", "url": "#"}],
        "actions": [
            {"label": "Print", "url": "#", "icon": "printer"},
            {"label": "Halte toevoegen", "url": "#", "icon": "plus-lg"},
            {"label": "Jeugdige aanmelden", "url": "#", "icon": "person-plus", "primary": True},
        ],
        "plain_form": ExampleForm(auto_id="plain_%s"),
        "wrong_form": ExampleForm({"remark": "Weet alles van treinen."}, auto_id="wrong_%s"),
        "messages": [Message(level, text) for level, text in MESSAGES],
    }
