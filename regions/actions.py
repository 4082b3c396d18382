"""Writes of people and rights: a membership given or ended, and the object grants that follow from it."""

from dataclasses import replace

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.utils import timezone

from access import audit
from regions.models import GemeenteGrant, Membership, SamenwerkingsverbandGrant, forget_grants, grants_of
from regions.roles import OBJECT_RIGHTS


@transaction.atomic
def give_membership(*, user, role, by, swv=None, gemeente=None, starts_on=None, ends_on=None):
    """Let `user` work as `role` from `starts_on` (default today) up to and including `ends_on`.

    Raises ValidationError when role and scope do not fit; the database refuses a change of one's own rights.
    """
    membership = Membership(
        user=user,
        role=role,
        swv=swv,
        gemeente=gemeente,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        given_by=by,
    )
    membership.full_clean()
    membership.save(force_insert=True)
    renew_grants(user)
    audit.record("membership_given", detail={"user": user.pk, "role": role, "membership": membership.pk})
    return membership


@transaction.atomic
def end_membership(*, membership, ends_on, by):
    """End a membership; a date before today takes effect at once."""
    membership.ends_on = max(ends_on, membership.starts_on)
    membership.save(update_fields=["ends_on"])
    renew_grants(membership.user)
    audit.record("membership_ended", detail={"user": membership.user_id, "membership": membership.pk})


def open_accounts(*, user, swv, ground):
    """Let a projectmedewerker read the pseudonymous Reizen of one SWV until the end of this transaction.

    The database writes the line in the log first, and refuses anybody else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.open_accounts(%s, %s)", [swv.pk, ground])
    grants = grants_of(user)
    opened = {**grants.swv, "view_journeys": grants.swvs("view_journeys") | {swv.pk}}
    user._grants = replace(grants, swv=opened)


def renew_grants(user):
    """Make the object grants of `user` equal to what the memberships say, periods included."""
    today = timezone.localdate()
    memberships = Membership.objects.filter(user=user).exclude(ends_on__lt=today)
    for model, scope in ((SamenwerkingsverbandGrant, "swv"), (GemeenteGrant, "gemeente")):
        periods = {}
        for membership in memberships.exclude(**{scope: None}):
            for right in OBJECT_RIGHTS.get(membership.role, ()):
                key = (right, getattr(membership, f"{scope}_id"))
                periods.setdefault(key, []).append((membership.starts_on, membership.ends_on))
        permissions = {
            permission.codename: permission
            for permission in Permission.objects.filter(
                content_type__app_label="regions",
                content_type__model=model.content_object.field.related_model._meta.model_name,
            )
        }
        model.objects.filter(user=user).delete()
        model.objects.bulk_create(
            model(
                user=user,
                permission=permissions[right],
                content_object_id=object_id,
                **dict(zip(("starts_on", "ends_on"), first_stretch(stretches), strict=True)),
            )
            for (right, object_id), stretches in sorted(periods.items())
        )
    forget_grants(user)


def first_stretch(periods):
    """The earliest unbroken period out of (start, end or None) pairs; a later one follows when it begins."""
    (start, end), *later = sorted(periods, key=lambda period: period[0])
    for next_start, next_end in later:
        if end is None or (next_start - end).days > 1:
            break
        end = None if next_end is None else max(end, next_end)
    return start, end
