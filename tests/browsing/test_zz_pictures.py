import pytest
from tests.browsing.test_comments import *
from django.urls import reverse
SIZES = {"360": {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}, "768": {"viewport": {"width": 768, "height": 1024}}, "1280": {"viewport": {"width": 1280, "height": 900}}}

def test_pictures(open_page, note, anna, thread):
    for scheme in ("light", "dark"):
        for size, options in SIZES.items():
            page = visit(open_page(color_scheme=scheme, **options), note, anna)
            page.screenshot(path=f"/tmp/p9/page-{size}-{scheme}.png", full_page=True)
            if scheme == "light":
                page.locator("summary", has_text="Antworten").first.click()
                page.screenshot(path=f"/tmp/p9/open-{size}.png", full_page=True)
                visit(page, note, anna, "new_comment")
                page.screenshot(path=f"/tmp/p9/new-{size}.png", full_page=True)
