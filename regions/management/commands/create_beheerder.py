"""Makes the first beheerder of an installation: nobody can give himself a role, so the owner of the tables does it."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from access.invitations import VALID_DAYS, invitation_path
from access.mail import absolute_url
from access.models import User
from regions.actions import give_membership
from regions.models import Membership, Role


class Command(BaseCommand):
    help = "Maakt de eerste beheerder en toont de link waarmee die het account in gebruik neemt."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True)
        parser.add_argument("--naam", required=True)
        parser.add_argument("--extra", action="store_true", help="ook als er al een beheerder is")

    @transaction.atomic
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, set_config('wel.maintenance', 'on', true)")
            if cursor.fetchone()[0] != "wel_owner":
                raise CommandError("Dit kan alleen als eigenaar van de tabellen: zet MIGRATE_DATABASE_URL.")
        email, today = options["email"].strip().lower(), timezone.localdate()
        beheerders = Membership.objects.in_force(today).filter(role=Role.BEHEER, user__is_active=True)
        user = User.objects.filter(email=email).first()
        if user is None or not beheerders.filter(user=user).exists():
            if beheerders.exists() and not options["extra"]:
                raise CommandError(
                    "Er is al een beheerder. Die nodigt anderen uit onder Beheer, Mensen. Toch een tweede: --extra."
                )
            user = user or self._make_account(email, options["naam"].strip())
            give_membership(user=user, role=Role.BEHEER, by=None)
        if user.has_usable_password():
            self.stdout.write(f"{user.name} is nu beheerder en logt in met het eigen wachtwoord.")
            return
        self.stdout.write(f"{user.name} neemt het account in gebruik met deze link ({VALID_DAYS} dagen geldig):")
        self.stdout.write(absolute_url(invitation_path(user)))

    @staticmethod
    def _make_account(email, name):
        user = User(email=email, name=name)
        user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.save(force_insert=True)
        return user
