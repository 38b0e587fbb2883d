"""Every column has a class, and no class is declared for a column that is not there."""

from django.apps import apps

from anju.privacy import FIELDS, Privacy, class_of


def _columns() -> set[tuple[str, str]]:
    return {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }


def test_every_column_is_classified() -> None:
    missing = sorted(f"{model}.{field}" for model, field in _columns() - FIELDS.keys())

    assert not missing, f"declare these in src/anju/privacy/fields.py: {', '.join(missing)}"


def test_no_class_is_declared_for_a_column_that_is_gone() -> None:
    gone = sorted(f"{model}.{field}" for model, field in FIELDS.keys() - _columns())

    assert not gone, f"remove these from src/anju/privacy/fields.py: {', '.join(gone)}"


def test_what_is_sealed_is_never_called_technical_or_public() -> None:
    sealed = [(m, f) for m, f in FIELDS if f.endswith(("_sealed", "_digest")) or "password" == f]

    assert sealed
    assert all(class_of(model, field).is_personal for model, field in sealed)


def test_every_class_has_a_chinese_name() -> None:
    assert all(each.name_zh for each in Privacy)
