"""What makes a password too weak, said as one reason: the first that helps to find a better."""

from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext


class OneReason:
    """Django's validators, asked in turn: `12345` is short, numeric and common at once."""

    def __init__(self) -> None:
        self.validators = (
            UserAttributeSimilarityValidator(),
            MinimumLengthValidator(),
            NumericPasswordValidator(),
            CommonPasswordValidator(),
        )

    def validate(self, password: str, user: Any = None) -> None:
        """Raises the ValidationError of the first that refuses."""
        for validator in self.validators:
            validator.validate(password, user)

    def get_help_text(self) -> str:
        return gettext("At least 8 characters; a few unrelated words are easy to keep in mind.")
