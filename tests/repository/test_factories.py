"""The factories: one for each model, and each makes a row that the database takes."""

import importlib
import pkgutil

import pytest
import tests.factories
from django.apps import apps
from factory.django import DjangoModelFactory
from tests.factories.county import Cast, County


def _factories() -> list[type[DjangoModelFactory]]:
    found = {}
    for module in pkgutil.iter_modules(tests.factories.__path__, "tests.factories."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, DjangoModelFactory):
                if not value._meta.abstract:  # DjangoModelFactory, and what several have in common
                    found[value.__name__] = value
    return list(found.values())


@pytest.mark.parametrize("factory", _factories(), ids=lambda factory: factory.__name__)
def test_a_factory_makes_a_row(factory: type[DjangoModelFactory], db: None) -> None:
    made = factory()

    assert made.pk is not None


def test_every_model_has_a_factory() -> None:
    ours = {model for model in apps.get_models() if model.__module__.startswith("anju.")}

    made = {factory._meta.model for factory in _factories()}

    assert ours == made


def test_the_county_is_what_it_says(county: County, cast: Cast) -> None:
    assert len(county.households) == 8
    assert len(county.households_in("529901101")) == 4
    assert cast.viewer("bureau").scope.covers("529901000000")
    assert cast.viewer("grid").scope.grid_codes == ("WG0001",)
