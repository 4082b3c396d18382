"""What happened to the mail: what waits, what did not leave, sending that again, or saying that it was seen."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from access.mail_queue import needs_a_person, send_again, was_seen
from access.models import MailJob


class Command(BaseCommand):
    help = "Toont mail die niet wegging, en verstuurt die opnieuw."

    def add_arguments(self, parser):
        todo = parser.add_mutually_exclusive_group()
        todo.add_argument("--opnieuw", nargs="+", metavar="NUMMER", help="deze nummers, of: mislukt")
        todo.add_argument("--gezien", nargs="+", metavar="NUMMER", help="deze nummers hoeven niet meer weg")

    def handle(self, *args, **options):
        stuck = MailJob.objects.filter(needs_a_person(timezone.now()))
        if options["opnieuw"]:
            self._again(stuck, options["opnieuw"])
            return
        if options["gezien"]:
            seen = sum(was_seen(job) for job in _asked(stuck, options["gezien"], "veranderd"))
            self.stdout.write(f"{seen} mail{'s' if seen != 1 else ''} als gezien gezet.")
            return
        counts = dict(MailJob.objects.order_by().values_list("status").annotate(Count("pk")))
        self.stdout.write(", ".join(f"{label.lower()}: {counts.get(key, 0)}" for key, label in MailJob.Status.choices))
        for job in stuck:
            said = "misschien verstuurd" if job.status != MailJob.Status.FAILED else "niet verstuurd"
            when = timezone.localtime(job.tried_at or job.created_at)
            self.stdout.write(
                f"{job.pk}  {when:%d-%m-%Y %H.%M}  {said}  {job.kind.rpartition('.')[2]}"
                f"  {job.attempts} keer geprobeerd  {job.error}".rstrip()
            )
        if stuck:
            self.stdout.write(
                "Opnieuw versturen: ./wel.sh manage mail --opnieuw NUMMER, of voor wat zeker niet wegging:"
            )
            self.stdout.write(
                "./wel.sh manage mail --opnieuw mislukt. Wat misschien weg is, komt dan misschien twee keer."
            )
            self.stdout.write("Hoeft een mail niet meer weg? ./wel.sh manage mail --gezien NUMMER")

    def _again(self, stuck, asked):
        if asked == ["mislukt"]:
            jobs = list(stuck.filter(status=MailJob.Status.FAILED))
        else:
            jobs = _asked(stuck, asked, "verstuurd")
        again = sum(send_again(job) for job in jobs)
        self.stdout.write(f"{again} mail{'s' if again != 1 else ''} in de wachtrij gezet.")


def _asked(stuck, asked, done):
    """Those rows, or none of them: a number that is not in the list is a mistake."""
    if not all(number.isdecimal() for number in asked):
        raise CommandError("Geef nummers uit de lijst, of alleen het woord mislukt.")
    jobs = list(stuck.filter(pk__in=asked))
    missing = sorted({int(number) for number in asked} - {job.pk for job in jobs})
    if missing:
        raise CommandError(f"Staat niet in de lijst: {', '.join(map(str, missing))}. Er is niets {done}.")
    return jobs
