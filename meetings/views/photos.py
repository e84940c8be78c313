"""Photos: described, published, taken down; given out in their sizes to whoever may see them."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.accounts import signed_in
from in4green.common.permissions import require_perm
from in4green.common.uploads.serving import answer_with
from meetings.forms.files import PeopleFormSet, PhotoForm, PhotoSheet
from meetings.models import Document, Photo, Rendition
from meetings.services import files
from meetings.views.files import address_of, delete_or_ask, find, leave

TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


@require_safe
def picture(request: HttpRequest, uid: uuid.UUID, width: int, form: str) -> HttpResponseBase:
    """The right is asked each time, so that a picture is gone at once when somebody withdraws."""
    sizes = Rendition.objects.visible_to(request.user)
    size = sizes.filter(photo__uid=uid, width=width, form=form).first()
    if size is None:
        return leave(request)
    etag = f'"{size.file.name}"'  # the name changes with the content
    response: Any = get_conditional_response(request, etag=etag)
    if response is None:
        response = answer_with(size.file, TYPES[size.form])
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = etag
    return response


@login_required
@transaction.atomic
def edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    photo = find(request, Photo.objects, uid)
    require_perm(request.user, "meetings.change_photo", photo)
    photo = Photo.objects.select_for_update(of=("self",)).with_owner().with_sizes().get(pk=photo.pk)
    may_publish = request.user.has_perm("meetings.publish_files", photo)
    publishing = may_publish and "publish" in request.POST
    sent = request.POST if request.method == "POST" else None
    form = PhotoForm(sent, instance=photo, publishing=publishing)
    sheet = PhotoSheet(form, _people(photo, sent, may_publish))
    if sent is not None and _is_saved(request, sheet, publishing):
        return _leave_saved(request, photo)
    context = {
        "photo": photo,
        "sheet": sheet,
        "form": sheet,
        "consents": photo.people.all(),
        "may_publish": may_publish,
        "files_url": address_of(photo.place),
    }
    return render(request, "meetings/files/photo.html", context)


def _people(photo: Photo, sent: Any, may_publish: bool) -> Any:
    """Signed consents are coordination's alone; others say on paper or in words where they are."""
    of_place = Document.objects.of_place(photo.place).filter(kind=Document.Kind.CONSENT)
    consents = of_place if may_publish else None
    return PeopleFormSet(sent, instance=photo, prefix="people", consents=consents)


def _is_saved(request: HttpRequest, sheet: PhotoSheet, publishing: bool) -> bool:
    """False with errors in the forms."""
    if not sheet.is_valid():
        return False
    by = signed_in(request)
    try:
        with transaction.atomic():
            files.save_photo(sheet, by=by)
            if publishing:
                files.publish_photo(sheet.form.instance, by=by)
    except ValidationError as error:
        sheet.form.add_error(None, error)
        return False
    said = _("The picture is published.") if publishing else _("The picture is saved.")
    messages.success(request, said)
    return True


def _leave_saved(request: HttpRequest, photo: Photo) -> HttpResponse:
    """Whoever lists somebody who hasn't agreed may be one who doesn't see the picture any more."""
    if not Photo.objects.visible_to(request.user).contains(photo):
        messages.info(request, _("From now on only coordination sees this picture."))
    elif "more" in request.POST:
        return redirect(f"{photo.get_absolute_url()}#people")
    return redirect(address_of(photo.place))


@require_POST
@login_required
def take_down(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    photo = find(request, Photo.objects, uid)
    require_perm(request.user, "meetings.publish_files", photo)
    files.take_down_photo(photo, by=signed_in(request))
    messages.success(request, _("The picture is no longer public."))
    return redirect(photo)


@require_POST
@login_required
def withdraw(request: HttpRequest, uid: uuid.UUID, person: int) -> HttpResponse:
    photo = find(request, Photo.objects, uid)
    require_perm(request.user, "meetings.publish_files", photo)
    files.withdraw_consent(get_object_or_404(photo.people, pk=person), by=signed_in(request))
    messages.success(request, _("From now on only coordination sees this picture."))
    return redirect(photo)


@login_required
def delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    photo = find(request, Photo.objects, uid)
    require_perm(request.user, "meetings.change_photo", photo)
    return delete_or_ask(request, photo)
