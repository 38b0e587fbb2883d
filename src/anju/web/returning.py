"""Going back to where somebody came from, never to another server."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe(request: HttpRequest, address: str, otherwise: str = "/") -> str:
    """The address when it is one of ours, else the desk."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else otherwise
