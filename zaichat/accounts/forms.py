"""What people type about themselves."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from zaichat.accounts.models import Installation, Theme, User
from zaichat.accounts.zones import zones

THEMES = [(Theme.LIGHT, _("Light")), (Theme.DARK, _("Dark")), (Theme.AUTO, _("System"))]
NEW_PASSWORD = {"autocomplete": "new-password"}


class LoginForm(AllauthLoginForm):
    """allauth's form, in our words and without its placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("User name or e-mail")
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
        }
        login.error_messages["required"] = _("Type your user name or e-mail address.")
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""
        first_empty = password if self.data.get("login") else login
        first_empty.widget.attrs["autofocus"] = True
        password.error_messages["required"] = _("Type your password.")


class WelcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The owner's account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(NEW_PASSWORD),
        help_text=_("At least 8 characters; a few unrelated words are easy to keep in mind."),
        error_messages={"required": _("Choose a password.")},
    )
    field_order = ("username", "email", "password")

    class Meta:
        model = User
        fields = ("username", "email")
        labels = {"username": _("User name"), "email": _("E-mail (optional)")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _"),
            "email": _("Only needed to reset a forgotten password."),
        }
        error_messages = {
            "username": {
                "required": _("Choose a user name."),
                "max_length": _("A user name has at most %(limit_value)d characters."),
            },
            "email": {"invalid": _("The e-mail address needs a form like name@example.org.")},
        }
        widgets = {
            "username": forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first_empty = "password" if self.data.get("username") else "username"
        self.fields[first_empty].widget.attrs["autofocus"] = True

    def _post_clean(self) -> None:
        """Judge the password once the name and address it must not resemble are known."""
        super()._post_clean()  # type: ignore[misc]  # the stubs do not know it
        if password := self.cleaned_data.get("password"):
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's own settings; empty means: as the browser or the server has it."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    default_model = forms.ChoiceField(label=_("Model for new chats"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = User
        fields = (
            "language",
            "theme",
            "time_zone",
            "send_key",
            "shortcuts_on",
            "default_model",
            "thinking_shown",
        )
        widgets = {"theme": forms.RadioSelect, "send_key": forms.RadioSelect}
        labels = {
            "theme": _("Theme"),
            "send_key": _("Send with"),
            "shortcuts_on": _("Keyboard shortcuts"),
            "thinking_shown": _("Thinking is shown"),
        }

    def __init__(self, *args: Any, models: list[tuple[str, str]], **kwargs: Any) -> None:
        """`models` are (name, title) pairs; one that is set already stays choosable."""
        super().__init__(*args, **kwargs)
        languages = User._meta.get_field("language").choices or ()
        self.fields["theme"].choices = THEMES  # type: ignore[attr-defined]
        self._offer("language", [("", _("Like the browser")), *languages])
        self._offer("time_zone", [("", _("Like the browser")), *zones()])
        self._offer("default_model", [("", _("The server's choice")), *models])

    def _offer(self, name: str, choices: list[Any]) -> None:
        chosen = getattr(self.instance, name)
        if chosen and chosen not in dict(choices):
            choices.append((chosen, chosen))
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class InstallationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Installation
        fields = ("sign_up_open",)
