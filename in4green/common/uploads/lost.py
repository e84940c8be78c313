"""Files in storage that no row knows: a transaction that was rolled back has left them."""

from datetime import datetime

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models


def old_files(folder: str, before: datetime) -> list[str]:
    """None where there is no such folder."""
    if not default_storage.exists(folder):
        return []
    paths = (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])
    return [path for path in paths if default_storage.get_modified_time(path) < before]


def lost_files(folder: str, before: datetime) -> list[str]:
    """The old ones that stand in no file field of any model: rooms may share a folder."""
    old = old_files(folder, before)
    known = _known(folder) if old else set()
    return [path for path in old if path not in known]


def _known(folder: str) -> set[str]:
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
        for name in model._default_manager.filter(
            **{f"{field.name}__startswith": f"{folder}/"}
        ).values_list(field.name, flat=True)
    }
