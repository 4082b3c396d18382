"""Paging through the log of one jeugdige: lines before one that was shown."""

from django import forms

from access.forms import WelForm


class BeforeForm(WelForm):
    voor = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
