"""Where browsers give passkeys: to names, over https or on the machine itself."""

from django.http import HttpRequest


def allows_passkeys(request: HttpRequest) -> bool:
    """Whether a passkey can be used at the address the page was opened by."""
    name = request.get_host().rpartition(":")[0] or request.get_host()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    is_number = name.startswith("[") or name.replace(".", "").isdigit()
    return request.is_secure() and not is_number
