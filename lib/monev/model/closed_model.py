"""The ground of all that analysts write as YAML: keys are known, and nothing changes once it is read."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError


class ClosedModel(BaseModel):
    """A frozen model that refuses keys it does not know: one that is misspelt must not go unnoticed.

    Nothing in it is true or false, so what YAML reads as that (yes, no, on, off) is a fault, and no number 1 or 0.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _is_no_truth(cls, value: Any, info: ValidationInfo) -> Any:
        kind = cls.model_fields[info.field_name or ""].annotation
        if isinstance(value, bool) and not {str, bool} & {kind, *get_args(kind)}:
            raise PydanticCustomError("truth", "yes or no")
        return value
