"""Rights in general follow from the national roles somebody holds today."""

from django.contrib.auth.backends import BaseBackend

from regions.models import grants_of
from regions.roles import GENERAL_RIGHTS


class RoleBackend(BaseBackend):
    def get_all_permissions(self, user_obj, obj=None):
        if obj is not None:
            return set()
        return {right for role in grants_of(user_obj).roles for right in GENERAL_RIGHTS.get(role, ())}

    def has_perm(self, user_obj, perm, obj=None):
        return perm in self.get_all_permissions(user_obj, obj)
