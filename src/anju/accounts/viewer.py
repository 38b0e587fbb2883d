"""Who is looking: what they may do, and where, on a day. Gates of all packages take a viewer."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from anju.accounts.permissions import Permission
from anju.accounts.scope import Scope
from anju.audit.actor import Actor

_OF_PEOPLE = {
    Permission.VIEW_HOUSEHOLDS,
    Permission.VIEW_FINDINGS,
    Permission.IMPORT_FILES,
    Permission.VIEW_CASES,
}


@dataclass(frozen=True, slots=True)
class Grant:
    """What one post gives: permissions in a place."""

    permissions: frozenset[Permission]
    scope: Scope


@dataclass(frozen=True, slots=True)
class Viewer:
    """A user on a day. `scope` is the part of the county whose households they may see.

    Somebody with two posts may do different things in different places: where that matters, ask
    `scope_for(permission)`.
    """

    user_id: int
    username: str
    name: str
    scope: Scope
    permissions: frozenset[Permission]
    on: date
    grants: tuple[Grant, ...] = ()

    @classmethod
    def with_grants(
        cls, *, user_id: int, username: str, name: str, on: date, grants: tuple[Grant, ...]
    ) -> "Viewer":
        """A viewer whose permissions and scope follow from what the posts give."""
        return cls(
            user_id=user_id,
            username=username,
            name=name,
            scope=_scope_of(grants, Permission.VIEW_HOUSEHOLDS),
            permissions=frozenset().union(*(grant.permissions for grant in grants)),
            on=on,
            grants=grants,
        )

    def may(self, permission: Permission) -> bool:
        """Whether some post allows this, somewhere."""
        return permission in self.permissions

    def scope_for(self, permission: Permission) -> Scope:
        """Where this may be done."""
        if self.grants:
            return _scope_of(self.grants, permission)
        return self.scope if self.may(permission) else Scope()

    @property
    def reach(self) -> Scope:
        """Where some post of theirs has to do with people's data, for whichever work."""
        scopes = (grant.scope for grant in self.grants if grant.permissions & _OF_PEOPLE)
        return reduce(or_, scopes, self.scope)

    def actor(self, address: str = "") -> Actor:
        """This person for the audit trail."""
        return Actor(self.username, self.name, address)


def _scope_of(grants: tuple[Grant, ...], permission: Permission) -> Scope:
    """The union of the places where a permission is given."""
    scopes = (grant.scope for grant in grants if permission in grant.permissions)
    return reduce(or_, scopes, Scope())
