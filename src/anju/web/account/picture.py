"""The square that a telephone scans to take over a secret."""

import base64

from allauth.mfa.adapter import get_adapter

from anju.accounts.models import User


def totp_of(user: User, secret: str) -> dict[str, str]:
    """The picture (as an address of an image) and the secret in groups to type by hand."""
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    picture = base64.b64encode(drawing.encode()).decode()
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return {"picture": f"data:image/svg+xml;base64,{picture}", "secret": " ".join(groups)}
