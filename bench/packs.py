"""Content of another size as files, as officers would have written them, to measure everything that reads files."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from bot.content.loading import load_texts
from bot.content.tree import LANGUAGE, Texts
from bot.core.catalogue import Intent

from .scaling import scaled
from .speed import Size

_ALWAYS = ("title", "group", "examples")


def scaled_texts(texts: Texts, size: Size, seed: int) -> dict[str, bytes]:
    """The texts of a pack of so many subjects; a copied subject has the answer of the one it is a copy of.

    At least as many subjects as the pack has, since these are each other's related ones.
    """
    catalogue = load_texts(texts).catalogue
    made = scaled(catalogue, size.subjects, size.phrases, seed).intents
    found = dict(texts)
    for name, intent in made.items():
        original = name if name in catalogue.intents else name.rpartition("_")[0]
        found[f"intents/{name}.yaml"] = _as_file(intent)
        found[f"responses/{LANGUAGE}/{name}.md"] = texts[f"responses/{LANGUAGE}/{original}.md"]
    return found


def _as_file(intent: Intent) -> bytes:
    values: Mapping[str, object] = {
        "title": intent.title, "group": intent.group, "small_talk": intent.small_talk,
        "local_help": intent.local_help, "examples": list(intent.examples), "checks": list(intent.checks),
        "related": list(intent.related), "signs": list(intent.signs), "needs": list(intent.needs),
    }  # fmt: skip
    written = {key: value for key, value in values.items() if value or key in _ALWAYS}
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=1000).encode()
