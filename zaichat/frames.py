"""Pages for frames that show what a model made: diagrams, artifacts, one picture from elsewhere.

They have no origin, so that nothing in them reaches the page around them, its cookies or its
storage; their own content policies keep them from the network. What they show is told to them by
the page, or, for a picture, is the one address their policy names.
"""

from urllib.parse import quote, urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

MAX_ADDRESS = 2000

NOTHING = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
    "sandbox": "allow-scripts",
}
IN_PLACE = "data: blob:"
PATH_SIGNS = "/%-._~!$&()*+=:@"
QUERY_SIGNS = PATH_SIGNS + "?"


@login_required
@xframe_options_sameorigin
def mermaid(request: HttpRequest) -> HttpResponse:
    """Draws diagrams: our own scripts, and the styles Mermaid writes into its drawings."""
    policy = {"script-src": "'self'", "style-src": "'self' 'unsafe-inline'"}
    return framed(request, "mermaid", policy)


@login_required
@xframe_options_sameorigin
def artifact(request: HttpRequest) -> HttpResponse:
    """Runs what a model wrote, which may do anything but leave: the policy holds for the frame
    inside too, and of our addresses it may load one script."""
    script = request.build_absolute_uri(static("frames/artifact.js"))
    policy = {
        "script-src": f"'unsafe-inline' {script}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": IN_PLACE,
        "media-src": IN_PLACE,
        "font-src": "data:",
    }
    return framed(request, "artifact", policy)


@login_required
@xframe_options_sameorigin
def picture(request: HttpRequest) -> HttpResponse:
    """Shows the one picture at `address`, and asks no other host for anything."""
    address = safe_address(request.GET.get("address", ""))
    if address is None:
        message = _("Address: a web address of a picture, at most %(limit)s characters.")
        return HttpResponseBadRequest(message % {"limit": MAX_ADDRESS})
    policy = {"script-src": "'self'", "style-src": "'self'", "img-src": address.partition("?")[0]}
    return framed(request, "picture", policy, address=address)


def framed(request: HttpRequest, name: str, policy: dict[str, str], **more: str) -> HttpResponse:
    template = "frames/picture.html" if more else "frames/_frame.html"
    context = {"name": name, "script": static(f"frames/{name}.js")} | more
    response = render(request, template, context)
    rules = (NOTHING | policy).items()
    response.headers["Content-Security-Policy"] = "; ".join(f"{rule} {to}" for rule, to in rules)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-DNS-Prefetch-Control"] = "off"
    return response


def safe_address(address: str) -> str | None:
    """The address with nothing in it that a header or a policy could take for something else."""
    if len(address) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        return None
    host = f"[{host}]" if ":" in host else host
    query = f"?{quote(parts.query, safe=QUERY_SIGNS)}" if parts.query else ""
    path = quote(parts.path, safe=PATH_SIGNS) or "/"
    return f"{parts.scheme}://{quote(host, safe='[]:')}{port}{path}{query}"
