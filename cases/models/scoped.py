"""The first wall: a queryset of personal rows that answers only after it was narrowed to one reader."""

from django.db import models


class UnscopedQuery(RuntimeError):
    """A query on personal data without saying for whom; a fault in the code, never an answer."""


class ScopedQuerySet(models.QuerySet):
    """Raises on every question until `visible_to(user)` or a sibling narrowed it."""

    _scoped = False

    def _clone(self):
        clone = super()._clone()
        clone._scoped = self._scoped
        return clone

    def narrowed(self, *conditions):
        """What `visible_to` and its siblings end with."""
        clone = self.filter(*conditions)
        clone._scoped = True
        return clone

    def unscoped(self):
        """Every row that PostgreSQL lets through: for maintenance and fixtures, said out loud."""
        return self.narrowed()

    def _require_scope(self):
        if not self._scoped:
            raise UnscopedQuery(f"{self.model.__name__}: say for whom, with visible_to(user).")

    def _fetch_all(self):
        self._require_scope()
        super()._fetch_all()

    def iterator(self, *args, **kwargs):
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def aggregate(self, *args, **kwargs):
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def count(self):
        self._require_scope()
        return super().count()

    def exists(self):
        self._require_scope()
        return super().exists()

    def update(self, **kwargs):
        self._require_scope()
        return super().update(**kwargs)

    update.alters_data = True

    def delete(self):
        self._require_scope()
        return super().delete()

    delete.alters_data = True
