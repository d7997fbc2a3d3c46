"""The ground of all that analysts write as YAML: keys are known, and nothing changes once it is read."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ClosedModel(BaseModel):
    """A frozen model that refuses keys it does not know: one that is misspelt must not go unnoticed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
