"""Encrypts what a second factor is made from, and an address that waits in the queue of mail.

Who reads the database or a backup of it cannot log in with the one, or write to the other.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

MARK = "fernet:"  # no key of an app and no seed of recovery codes holds a colon


FACTOR, ADDRESS = b"wel: second factor", b"wel: address of a mail"


@lru_cache
def _fernet(secret, purpose=FACTOR):
    """A key that serves nothing else: who learns it learns nothing of the secret that it comes from."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))


def _newest():
    return _fernet(settings.SECOND_FACTOR_SECRETS[0])


def encrypt(text):
    return MARK + _newest().encrypt(text.encode()).decode()


def decrypt(kept):
    if not kept.startswith(MARK):
        # Kept by a start before 0.1.0, which did not encrypt. May go once 0.1.0 is out and every demo was reset.
        return kept
    try:
        token = kept.removeprefix(MARK)
        return MultiFernet([_fernet(secret) for secret in settings.SECOND_FACTOR_SECRETS]).decrypt(token).decode()
    except InvalidToken as error:
        raise ImproperlyConfigured("Zet de vorige WEL_SECRET_KEY in WEL_OLD_SECRET_KEYS.") from error


def is_newest(kept):
    """Whether this is encrypted, and with the newest key."""
    try:
        _newest().decrypt(kept.removeprefix(MARK))
    except InvalidToken:
        return False
    return True


def seal_address(address):
    """For access.models.MailJob, which forgets it once the mail left (migrations/0007)."""
    return _fernet(settings.SECOND_FACTOR_SECRETS[0], ADDRESS).encrypt(address.encode()).decode()


def open_address(sealed):
    keys = MultiFernet([_fernet(secret, ADDRESS) for secret in settings.SECOND_FACTOR_SECRETS])
    return keys.decrypt(sealed.encode()).decode()
