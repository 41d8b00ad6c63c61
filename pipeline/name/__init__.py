"""Names: who and where. ``resolve_names`` reads a spaCy Doc; ``places`` is pure and needs none."""

from __future__ import annotations

from pipeline.name.places import FoundPlace, Place, find_places, place_of
from pipeline.name.resolve import resolve_names

__all__ = ["FoundPlace", "Place", "find_places", "place_of", "resolve_names"]
