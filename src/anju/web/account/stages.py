"""What may stand between a right password and the desk. Until all is done nobody is signed in."""

from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginStage
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from anju.accounts import queries
from anju.accounts.models import User


class RenewPassword(LoginStage):
    """An initial or an old password is changed first, unless the office's sign-on was used."""

    key = "renew_password"
    urlname = "renew_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Send to the page where the password is changed, if it must be."""
        user = self.login.user
        records = get_authentication_records(self.request, user)
        elsewhere = any(record["method"] == "socialaccount" for record in records)
        if not isinstance(user, User) or elsewhere:
            return None, True
        if not queries.password_is_due(user, on=timezone.localdate()):
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True


class SetUpSecondFactor(LoginStage):
    """Whoever may reveal, export or administer has a second factor before going on."""

    key = "set_up_second_factor"
    urlname = "set_up_second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Send to the page where one is set up, if it is needed and not there."""
        user = self.login.user
        if not isinstance(user, User) or queries.has_second_factor(user):
            return None, True
        if not queries.needs_second_factor(user, on=timezone.localdate()):
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True
