"""Writes of people and rights: a membership given or ended, and the object grants that follow from it."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from access import audit, second_factor
from access.invitations import send_invitation
from access.models import User
from regions.models import (
    GemeenteGrant,
    Membership,
    Samenwerkingsverband,
    SamenwerkingsverbandGrant,
    forget_grants,
    grants_of,
)
from regions.roles import OBJECT_RIGHTS


class NotOnOneself(Exception):
    """Nobody changes his own role, memberships, account or second factor here; the database refuses it too."""


class Stale(Exception):
    """Somebody else saved the row after this form was opened."""


@transaction.atomic
def invite_person(*, name, email, by, **membership):
    """Make an account without a password, with its first membership, and mail the invitation."""
    person = User.objects.create_user(email, name=name)
    audit.record("account_made", detail={"user": person.pk})
    give_membership(user=person, by=by, **membership)
    send_invitation(person, by=by)
    return person


@transaction.atomic
def resend_invitation(*, person, by):
    send_invitation(person, by=by)


@transaction.atomic
def close_account(*, person, by):
    """The person can no longer log in, and is logged out everywhere; what he wrote stays."""
    _set_active(person, False, by)
    second_factor.end_sessions(person)
    audit.record("account_closed", detail={"user": person.pk})


@transaction.atomic
def open_account(*, person, by):
    _set_active(person, True, by)
    audit.record("account_opened", detail={"user": person.pk})


@transaction.atomic
def reset_second_factor(*, person, by):
    """Take away what somebody lost: he logs in with his password and must set up a new second factor first."""
    _require_other(person, by)
    second_factor.reset(person)


def _require_other(person, by):
    if by is not None and person.pk == by.pk:
        raise NotOnOneself


def _set_active(person, is_active, by):
    _require_other(person, by)
    person.is_active = is_active
    person.save(update_fields=["is_active"])


@transaction.atomic
def correct_swv(*, swv, values, version):
    """Save what staff corrected, and remember the fields: a later import leaves those alone."""
    row = Samenwerkingsverband.objects.select_for_update().get(pk=swv.pk)
    if row.version != version:
        raise Stale
    fields = sorted(field for field, value in values.items() if getattr(row, field) != value)
    if not fields:
        return fields
    for field in fields:
        setattr(row, field, values[field])
    row.corrected = sorted({*row.corrected, *fields})
    row.version += 1
    row.save(update_fields=[*fields, "corrected", "version"])
    audit.record("swv_corrected", detail={"swv": row.pk, "fields": fields})
    return fields


@transaction.atomic
def release_correction(*, swv, field):
    """Let the next import put the value of the source back."""
    row = Samenwerkingsverband.objects.select_for_update().get(pk=swv.pk)
    row.corrected = [name for name in row.corrected if name != field]
    row.version = F("version") + 1
    row.save(update_fields=["corrected", "version"])
    audit.record("swv_correction_released", detail={"swv": row.pk, "fields": [field]})


@transaction.atomic
def give_membership(*, user, role, by, swv=None, gemeente=None, starts_on=None, ends_on=None):
    """Let `user` work as `role` from `starts_on` (default today) up to and including `ends_on`.

    Raises ValidationError when role and scope do not fit; the database refuses a change of one's own rights.
    """
    _require_other(user, by)
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
    """End a membership after `ends_on`; a date before today takes effect at once."""
    _require_other(membership.user, by)
    if ends_on < membership.starts_on:  # it never begins: the period moves to before today
        membership.starts_on = ends_on = min(ends_on, timezone.localdate() - timedelta(days=1))
    membership.ends_on = ends_on
    membership.save(update_fields=["starts_on", "ends_on"])
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


@transaction.atomic
def renew_grants(user):
    """Make the object grants of `user` equal to what the memberships say, periods included.

    One at a time per person: else two beheerders at once each read memberships without what the other changed, and a
    grant outlives its werkplek. The lock lets new memberships refer to the person meanwhile.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
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
