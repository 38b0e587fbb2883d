"""Where a request comes from, as audit and locks write it; one rule for pages and for the interface."""

import ipaddress
from collections.abc import Mapping
from typing import Any

from django.conf import settings

_LONGEST = 45


def caller(meta: Mapping[str, Any]) -> str:
    """The address of the browser or system; empty when the server was not told one.

    `meta`: what the server knows of the request. Behind as many proxies as the setting
    `ANJU_PROXIES` says, the address that the outermost of them saw. What else stands in that header
    was written by the caller and is not believed.
    """
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = str(meta.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if proxies and len(seen) >= proxies and _is_address(seen[-proxies].strip()):
        return seen[-proxies].strip()
    return str(meta.get("REMOTE_ADDR", ""))[:_LONGEST]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
