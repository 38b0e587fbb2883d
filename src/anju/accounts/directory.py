"""Signing in against the office's directory (LDAP), for users that exist here without a password.

Needs the extra `anju[ldap]`. The directory only says whether name and password belong together: it
is asked by signing in there as the user. Users, units and posts stay ours.
"""

import ssl
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest  # noqa: TID251 - the signature of a sign-in backend

from anju.accounts.models import User
from anju.accounts.queries import user_by_name

_SECONDS = 5


class DirectoryBackend(BaseBackend):
    """A sign-in backend of Django."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_others: Any,
    ) -> User | None:
        """The user of this name, if the directory takes the password."""
        if not username or not password:
            return None  # a directory takes an empty password for a visitor's and says yes
        user = user_by_name(username)
        if user is None or not user.is_active or user.has_usable_password():
            return None
        return user if directory_takes(username, password) else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def directory_takes(username: str, password: str) -> bool:
    """Whether one can sign in there; False also when the directory does not answer."""
    import ldap3
    from ldap3.core.exceptions import LDAPException
    from ldap3.utils.dn import escape_rdn

    connection = ldap3.Connection(
        server(),
        user=settings.LDAP_USER.format(username=escape_rdn(username)),
        password=password,
        client_strategy=strategy(),
        receive_timeout=_SECONDS,
    )
    try:
        return bool(connection.bind())
    except LDAPException:
        return False
    finally:
        if connection.socket is not None:  # ldap3 leaves it open when nobody answers
            connection.socket.close()


def server() -> Any:
    """The directory of the settings; over TLS its certificate must hold."""
    import ldap3

    checked = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=settings.LDAP_CA_FILE or None)
    return ldap3.Server(settings.LDAP_SERVER, tls=checked, connect_timeout=_SECONDS)


def strategy() -> str:
    """One request at a time; tests put a directory in memory here."""
    import ldap3

    return str(ldap3.SYNC)
