"""Pictures of texts: taken in from the editor, shown to whoever may read the text."""

import uuid

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from in4green.common.middleware import takes_up_to
from in4green.common.uploads.pictures import media_type
from in4green.common.uploads.serving import answer_with
from in4green.livetext import images
from in4green.livetext.guarding import with_text
from in4green.livetext.models import LiveText, TextImage
from in4green.livetext.owners import Access, access


@require_POST
@takes_up_to(images.LARGEST_UPLOAD + 64 * 1024)
@with_text(Access.WRITE)
def upload(request: HttpRequest, text: LiveText) -> JsonResponse:
    """``file`` in; ``src`` for the text out, or an ``error`` in words."""
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": _("Please choose a picture.")}, status=400)
    try:
        image = images.take_in(text, file, by=request.user)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=400)
    return JsonResponse({"src": image.get_absolute_url()}, status=201)


@require_safe
def show(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The right is asked each time; opened by itself, the file can do nothing."""
    image = TextImage.objects.select_related("text").filter(pk=pk).first()
    if image is None or access(request.user, image.text) < Access.READ:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    return answer_with(image.file, media_type(str(image.file.name)))
