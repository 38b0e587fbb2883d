"""Lights on screen: 逾期, 临近, 正常, computed by `anju.duties.lights` and never typed."""

from collections.abc import Mapping
from html import escape

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from anju.duties.lights import Light

WORDS: Mapping[Light, str | Promise] = {
    Light.RED: _("逾期"),
    Light.YELLOW: _("临近"),
    Light.GREEN: _("正常"),
    Light.NO_DATE: _("无期限"),
    Light.DONE: _("已完成"),
}


def badge(light: Light) -> SafeString:
    """A light as a word with its colour: colour alone says nothing."""
    said = escape(str(WORDS[light]))
    return SafeString(f'<span class="level light-{light.replace("_", "-")}">{said}</span>')
