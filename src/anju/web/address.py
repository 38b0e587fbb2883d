"""Where a request comes from, as audit and locks write it."""

from django.http import HttpRequest

from anju.audit.address import caller


def address_of(request: HttpRequest) -> str:
    """The address of the browser; empty when the server was not told one."""
    return caller(request.META)
