"""What the frame around every page asks for; nothing here needs a query."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse, translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from in4green.common import context as context_processors

register = template.Library()


class LanguageLink(NamedTuple):
    code: str
    name: str
    url: str
    is_current: bool

    @property
    def path(self) -> str:
        """Without a query: the address that search engines should keep."""
        return urlsplit(self.url).path


@register.simple_tag(takes_context=True)
def language_url(context: Context, code: str) -> str:
    """This page in another language; where there is none (an error page), that language's home."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return _home(code)
    here = request.get_full_path()
    there = translate_url(here, code)
    return _home(code) if there == here and code != get_language() else there


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """Every language of the portal, in which order they are offered."""
    return [
        LanguageLink(code, name, language_url(context, code), code == get_language())
        for code, name in settings.LANGUAGES
    ]


class FixedNode(template.Node):
    """Keeps what its part of a template looks like, once per language and process."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.kept: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.kept:
            fixed = Context(autoescape=context.autoescape)
            with fixed.bind_template(context.template):  # type: ignore[arg-type]  # while drawing
                self.kept[language] = self.nodelist.render(fixed)
        return self.kept[language]


@register.tag
def fixed(parser: template.base.Parser, token: template.base.Token) -> FixedNode:
    """``{% fixed %}…{% endfixed %}``: a part that is the same on every page and for everybody.

    It is drawn without the page's context, so that nothing of one person can get into it.
    """
    nodelist = parser.parse(["endfixed"])
    parser.delete_first_token()
    return FixedNode(nodelist)


@register.simple_tag
def portal() -> dict[str, Any]:
    """For pages that are written without a request: the ones for what went wrong."""
    names: dict[str, Any] = context_processors.portal(None)["portal"]
    return names


def _home(code: str) -> str:
    with override(code):
        return reverse("home")
