"""Files that were uploaded, given out so that opened by themselves they can do nothing."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

SANDBOX = "default-src 'none'; frame-ancestors 'none'; sandbox"


def answer_with(
    file: FieldFile, media_type: str, *, name: str = "", to_keep: bool = False
) -> FileResponse:
    """``to_keep``: saved under ``name``, never opened in the browser. 404 when the file is gone.

    Whoever calls has asked for the right of this request.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=media_type, as_attachment=to_keep, filename=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response
