"""Where a request comes from, as audit and locks write it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the browser; empty when the server was not told one.

    Behind as many proxies as the setting `ANJU_PROXIES` says, the address that the outermost of
    them saw. What else stands in that header was written by the browser and is not believed.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(seen) >= proxies and _is_address(seen[-proxies].strip()):
        return seen[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
