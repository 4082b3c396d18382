"""Django's rule on the length of a password, in Dutch: its own translation lacks this sentence."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    def get_error_message(self):
        return f"Dit wachtwoord is te kort. Minstens {self.min_length} tekens."

    def get_help_text(self):
        return f"Minstens {self.min_length} tekens."
