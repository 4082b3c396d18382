"""Form widgets of our own; templates/bootstrap5/ draws them."""

from django.forms import RadioSelect


class PictogramRadioSelect(RadioSelect):
    """Radios as cards with a picture; `icons` maps a choice's value to a name in the sprite."""

    def __init__(self, attrs=None, choices=(), icons=None, one_per_line=False):
        super().__init__(attrs, choices)
        self.icons = icons or {}
        self.one_per_line = one_per_line

    def create_option(self, name, value, *args, **kwargs):
        return {**super().create_option(name, value, *args, **kwargs), "icon": self.icons.get(str(value), "circle")}
