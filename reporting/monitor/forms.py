"""The schooljaar and the place of the monitor, in the query string; and what a file is for."""

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from access.forms import WelForm
from access.school_year import school_year
from cases.forms.fields import NOT_A_CHOICE
from regions.forms import FilterForm, row
from regions.models import Gemeente, GemeenteSwv, Samenwerkingsverband, grants_of
from reporting.monitor.reading import Scope

FIRST_YEAR = 2022  # when the regeling began


def choice(label):
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": NOT_A_CHOICE})


def places_of(user):
    """(SWVs, gemeenten, own SWVs, own gemeenten): of the first two may be chosen, for the last two `user` may count."""
    grants = grants_of(user)
    swvs, gemeenten = grants.swvs("view_figures"), grants.gemeenten("view_figures")
    pairs = GemeenteSwv.objects.filter(is_doubtful=False).order_by()
    around = pairs.filter(gemeente__in=gemeenten).values("swv") if gemeenten else ()
    within = pairs.filter(swv__in=swvs).values("gemeente") if swvs else ()
    choices = []
    for model, own, more in ((Samenwerkingsverband, swvs, around), (Gemeente, gemeenten, within)):
        found = model.objects.filter(pk__in=own)
        choices.append(list(found | model.objects.filter(pk__in=more) if more != () else found))
    own_swvs, own_gemeenten = (
        [place for place in places if place.pk in own] for places, own in zip(choices, (swvs, gemeenten), strict=True)
    )
    return *choices, own_swvs, own_gemeenten


class ScopeForm(FilterForm):
    """Everything in the query string; an unknown value is an error, not a silent guess."""

    schooljaar = choice("Schooljaar")
    swv = choice("Samenwerkingsverband")
    gemeente = choice("Gemeente")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.now_year = school_year(today)
        years = [f"{year}-{year + 1}" for year in range(int(self.now_year[:4]), FIRST_YEAR - 1, -1)]
        self.fields["schooljaar"].choices = [(year, year) for year in years]
        swvs, gemeenten, self.own_swvs, self.own_gemeenten = places_of(user)
        self.by_key = {
            "swv": {swv.key: swv for swv in swvs},
            "gemeente": {gemeente.code: gemeente for gemeente in gemeenten},
        }
        for name, found in self.by_key.items():
            self.fields[name].choices = [("", "Alle"), *((key, str(place)) for key, place in found.items())]
            if len(found) < 2:
                self.fields[name].widget = forms.HiddenInput()
        shown = [name for name in self.fields if not self.fields[name].widget.is_hidden]
        # Only what can be chosen: what cannot, need not travel along.
        self.helper.layout = Layout(row(*((name, "col-md-4") for name in shown)))

    def clean_schooljaar(self):
        return self.cleaned_data["schooljaar"] or self.now_year

    @property
    def scope(self):
        """What was chosen; who counts in one place only, has chosen that."""
        chosen = {name: found.get(self.cleaned_data[name]) for name, found in self.by_key.items()}
        if not self.own_gemeenten and len(self.own_swvs) == 1:
            chosen["swv"] = self.own_swvs[0]
        if not self.own_swvs and len(self.own_gemeenten) == 1:
            chosen["gemeente"] = self.own_gemeenten[0]
        return Scope.of(self.cleaned_data["schooljaar"], self._words(chosen), **chosen)

    def _words(self, chosen):
        parts = [str(chosen["swv"])] if chosen["swv"] else []
        if chosen["gemeente"]:
            parts.append(f"gemeente {chosen['gemeente']}")
        if parts:
            return ", ".join(parts)
        own = [str(swv) for swv in self.own_swvs] + [f"gemeente {gemeente}" for gemeente in self.own_gemeenten]
        return " en ".join([", ".join(own[:-1]), own[-1]] if len(own) > 1 else own)


class ExportForm(WelForm):
    """What the file is for (R13.5): a choice, so that no text of anybody ends up in an address."""

    REASONS = (
        ("verantwoording", "Verantwoording of jaarverslag"),
        ("overleg", "Overleg met partners"),
        ("gemeente", "Vraag van gemeente of bestuur"),
        ("onderzoek", "Monitoronderzoek van de subsidie"),
        ("eigen", "Eigen werk"),
    )

    CSV, PDF = "csv", "pdf"

    waarvoor = forms.ChoiceField(
        label="Waarvoor is het bestand?",
        choices=[("", "Kies waarvoor"), *REASONS],
        error_messages={"required": "Kies waarvoor het bestand is.", "invalid_choice": NOT_A_CHOICE},
    )
    # Which button was pressed.
    soort = forms.ChoiceField(
        choices=[(CSV, CSV), (PDF, PDF)], required=False, error_messages={"invalid_choice": NOT_A_CHOICE}
    )
