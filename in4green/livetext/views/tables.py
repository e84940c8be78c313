"""The live tables of a text, each by itself: what the editor shows in their place."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from in4green.livetext.guarding import with_text
from in4green.livetext.models import LiveText
from in4green.livetext.owners import Access, tables


@require_safe
@with_text(Access.READ)
def show(request: HttpRequest, text: LiveText, table: str) -> HttpResponse:
    """As it is now: a part of a page, no page."""
    offered = tables(text)
    if table not in offered.slugs:
        raise Http404
    return HttpResponse(offered.html([table])[table])
