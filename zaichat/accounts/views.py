"""The owner's welcome, and everybody's settings page."""

from copy import copy
from typing import cast

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zaichat import vendor
from zaichat.accounts import usage, welcome
from zaichat.accounts.forms import InstallationForm, PreferencesForm, WelcomeForm
from zaichat.accounts.languages import language_for
from zaichat.accounts.models import Installation, Theme, User


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Make the owner's account and sign in; 404 for a wrong token and once anybody has one."""
    if not welcome.admits(token):
        raise Http404
    form = WelcomeForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/welcome.html", {"form": form})
    owner = welcome.create_owner(**form.cleaned_data)
    if owner is None:
        raise Http404
    return cast(HttpResponse, perform_login(request, owner, redirect_url="/"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Me: how the screen looks, how I sign in, what I used."""
    person = cast(User, request.user)
    form = PreferencesForm(
        request.POST or None,
        instance=copy(person),
        models=[(model.name, vendor.title_of(model.name)) for model in vendor.chat_models()],
    )
    if form.is_valid():
        saved = form.save(commit=False)
        saved.save(update_fields=PreferencesForm.Meta.fields)
        # The next page may be in another language than this one.
        wishes = request.headers.get("Accept-Language", "")
        with translation.override(language_for(saved, wishes)):
            messages.success(request, _("Your settings are saved."))
        # Where the button is, so that the keyboard goes on from there.
        return redirect(f"{reverse('accounts:settings')}#save")
    return render(request, "accounts/settings.html", {"form": form, **_about(person)})


@login_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """The switch in the menu; a page without scripts comes back to the settings."""
    person = cast(User, request.user)
    theme = request.POST.get("theme", "")
    if theme not in Theme.values:
        raise Http404
    person.theme = theme
    person.save(update_fields=["theme"])
    if "text/html" in request.headers.get("Accept", ""):
        return redirect("accounts:settings")
    return HttpResponse(status=204)


@login_required
@require_POST
def set_up_server(request: HttpRequest) -> HttpResponse:
    """The owner's switch: may strangers make an account?"""
    if not request.user.is_superuser:
        raise Http404
    form = InstallationForm(request.POST, instance=Installation.current())
    form.save()
    messages.success(request, _("The server's settings are saved."))
    return redirect(f"{reverse('accounts:settings')}#save-server")


def _about(person: User) -> dict[str, object]:
    lines = usage.of(person, usage.month_began())
    return {
        "lines": lines,
        "totals": usage.totals(lines),
        "devices": person.usersession_set.count(),
        "installation": Installation.current() if person.is_superuser else None,
    }
