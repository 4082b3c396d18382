"""Forms say what is wrong, where, and what may stay empty."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from crispy_forms.utils import render_crispy_form
from django import forms

from wel.style_guide import ExampleForm
from wel.templatetags import ui


def crispy(form, **attributes):
    form.helper = FormHelper()
    form.helper.add_input(Submit("save", "Bewaar"))
    for name, value in attributes.items():
        setattr(form.helper, name, value)
    return render_crispy_form(form)


def test_error_summary_counts_and_leads_to_each_field():
    html = crispy(ExampleForm({}))
    targets = re.findall(r'<li><a href="#([^"]+)">', html)

    assert "Er zijn 5 dingen die nog niet kloppen." in html
    assert 'role="alert" tabindex="-1"' in html
    assert targets == ["id_name", "id_born_on", "id_gemeente", "id_situation_0", "id_kind_0"]
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_one_error_is_one_thing():
    class OneField(forms.Form):
        name = forms.CharField(error_messages={"required": "Vul de roepnaam in."})

    html = crispy(OneField({}))

    assert "Er is 1 ding dat nog niet klopt." in html
    assert html.count("Vul de roepnaam in.") == 2


def test_errors_of_the_form_as_a_whole_are_told_without_a_link():
    class Clash(forms.Form):
        def clean(self):
            raise forms.ValidationError("Deze combinatie kennen we niet.")

    assert ui.form_errors(Clash({})) == [{"text": "Deze combinatie kennen we niet.", "target": ""}]


def test_a_good_form_has_no_summary():
    assert "Nog even dit" not in crispy(ExampleForm())
    assert ui.form_errors(ExampleForm(), None) == []


def test_field_names_its_hint_and_error():
    html = crispy(ExampleForm({}))
    field = re.search(r'<input[^>]*name="born_on"[^>]*>', html)[0]

    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_born_on_helptext id_born_on_error"' in field
    assert html.count('id="id_born_on_helptext"') == html.count('id="id_born_on_error"') == 1


def test_choices_stand_in_a_fieldset_that_names_its_error():
    html = crispy(ExampleForm({}))

    assert '<fieldset aria-describedby="id_situation_error">' in html
    assert re.search(r"<legend>\s*Situatie\s*</legend>", html)


def test_only_what_may_stay_empty_says_so():
    html = crispy(ExampleForm())

    assert re.search(r'for="id_name"[^>]*>\s*Roepnaam\s*</label>', html)
    assert re.search(r'for="id_remark"[^>]*>\s*Wat is er al\? <span class="optional">\(niet verplicht\)</span>', html)
    assert "*" not in html


def test_filters_do_not_repeat_that_they_are_optional():
    assert "niet verplicht" not in crispy(ExampleForm(), all_optional=True)


def test_form_leaves_the_checking_to_the_server():
    assert re.search(r"<form[^>]* novalidate>", crispy(ExampleForm()))


def test_pictogram_radios_keep_their_word_as_label():
    html = crispy(ExampleForm({"kind": "lichtje"}))
    card = re.search(r'<label class="radio-card">(?:(?!</label>).)*value="lichtje".*?</label>', html, re.DOTALL)[0]

    assert 'type="radio"' in card
    assert "checked" in card
    assert "#lichtje" in card
    assert "<span>Lichtje</span>" in card
