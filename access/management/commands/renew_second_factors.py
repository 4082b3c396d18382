"""`manage.py renew_second_factors`: after a new WEL_SECRET_KEY, so that the old one can go."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from access import encryption

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}  # a passkey keeps none here


class Command(BaseCommand):
    help = "Versleutelt apps voor codes en herstelcodes met de sleutel van nu."

    @transaction.atomic
    def handle(self, *args, **options):
        renewed = 0
        for factor in Authenticator.objects.filter(type__in=SECRETS).select_for_update():
            name = SECRETS[factor.type]
            if encryption.is_newest(factor.data[name]):
                continue
            factor.data[name] = encryption.encrypt(encryption.decrypt(factor.data[name]))
            factor.save(update_fields=["data"])
            renewed += 1
        self.stdout.write(f"Opnieuw versleuteld: {renewed} tweede stappen.")
