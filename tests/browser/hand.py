"""How somebody works on a page, and what it costs: with a mouse, with a thumb, with the keyboard alone, or enlarged."""

import time

# 200 % zoom is half the room in both directions; a browser at zoom behaves as such a window (WCAG 1.4.4, 1.4.10).
LAPTOP = {"width": 1280, "height": 900}
ENLARGED = {"width": 640, "height": 450}
PHONE = {"width": 390, "height": 844}
PHONE_ENLARGED = {"width": 195, "height": 422}


class Hand:
    """Counts what is no writing: a press is a click, a tap, or Enter on a button or link; a choice is one of a list."""

    def __init__(self, page, *, keyboard=False, touch=False):
        self.page, self.keyboard, self.touch = page, keyboard, touch
        self.presses = self.choices = self.fields = 0
        self.began = time.monotonic()

    @property
    def seconds(self):
        return time.monotonic() - self.began

    def reach(self, locator):
        """With Tab only, never further than the page goes round; forwards, as one reads."""
        element = locator.element_handle()
        for _ in range(150):
            if element.evaluate("(one) => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {locator}")

    def press(self, locator):
        self.presses += 1
        if self.keyboard:
            self.reach(locator)
            self.page.keyboard.press("Enter")
        elif self.touch:
            locator.tap()
        else:
            locator.click()

    def write(self, locator, text):
        """Getting into a field is part of writing in it."""
        self.fields += 1
        if self.keyboard:
            self.reach(locator)
        elif self.touch:
            locator.tap()
        else:
            locator.click()
        self.page.keyboard.type(text, delay=2)

    def choose(self, radio):
        """`radio` is the input itself; a finger goes to its words."""
        self.choices += 1
        if not self.keyboard:
            label = radio.locator("xpath=ancestor::label | following-sibling::label").last
            label.tap() if self.touch else label.click()
            return
        # Tab goes to the one of the group that is chosen, or else the first; arrows go on from there.
        name = radio.get_attribute("name")
        group = self.page.locator(f'input[name="{name}"]')
        self.reach(group.locator(":scope:checked") if group.locator(":scope:checked").count() else group.first)
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reach {radio}")

    def told(self, scenario):
        print(
            f"scenario {scenario}: {self.seconds:.1f} s, {self.presses} presses, {self.choices} choices,"
            f" {self.fields} fields"
        )
