"""How every row is made: as the owner of the tables, and a part of a case in the place of its case."""

import factory

from tests.database import as_owner


class OwnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with as_owner():
            return super()._create(model_class, *args, **kwargs)
