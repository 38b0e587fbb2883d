"""Forms as a browser would send them."""

import re

from django.test import Client


def form_of(text: str) -> dict[str, str]:
    """What a browser would send of the editing form as it stands; of radios and boxes nothing is chosen."""
    form = text.split('class="card edit-form"')[1].split("</form>")[0]
    sent = {}
    for tag in re.findall(r"<input[^>]+>", form):
        name, value = re.search(r'name="([\w-]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if 'type="radio"' not in tag and 'type="checkbox"' not in tag:
            sent[name[1]] = value[1] if value else ""
    for name, inner in re.findall(r'<select[^>]+name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        first = re.search(r'value="([^"]*)"', inner)
        sent[name] = chosen[1] if chosen else first[1]
    return sent


def filled(client: Client, address: str, **typed: str) -> dict[str, str]:
    return {**form_of(client.get(address).text), **typed}
