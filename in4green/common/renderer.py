"""Draws the innermost parts of forms in Python instead of templates.

Forms cost far more than pages: a choice of eight is some forty small templates. The markup is
Django's own (a test compares both), and what is not listed here is still drawn from templates.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
WIDGETS = "django/forms/widgets/"


class FormRenderer(TemplatesSetting):
    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return mark_safe(draw(context["widget"]))  # noqa: S308  (every part is escaped below)


def draw_input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    name, attrs = _text(widget["name"]), _attributes(widget)
    return f'<input type="{_text(widget["type"])}" name="{name}"{value}{attrs}>'


def draw_textarea(widget: Widget) -> str:
    content = _text(widget["value"]) if widget["value"] else ""
    name = _text(widget["name"])
    return f'<textarea name="{name}"{_attributes(widget)}>\n{content}</textarea>'


def draw_select(widget: Widget) -> str:
    groups = "".join(_option_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def draw_choices(widget: Widget) -> str:
    attrs = widget["attrs"]
    own = "".join(f' {name}="{_text(attrs[name])}"' for name in ("id", "class") if attrs.get(name))
    groups = "".join(_choice_group(name, options) for name, options, _ in widget["optgroups"])
    return f"<div{own}>{groups}\n</div>"


def _option_group(name: Any, options: list[Widget]) -> str:
    drawn = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_text(name)}">{drawn}\n  </optgroup>' if name else drawn


def _option(option: Widget) -> str:
    value, label = _text(option["value"]), _text(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _choice_group(name: Any, options: list[Widget]) -> str:
    drawn = "".join(f"<div>\n    {_choice(option)}</div>" for option in options)
    return f"\n  <div><label>{_text(name)}</label>{drawn}\n  </div>" if name else drawn


def _choice(option: Widget) -> str:
    target = option["attrs"].get("id")
    for_ = f' for="{_text(target)}"' if target else ""
    return f"<label{for_}>{draw_input(option)} {_text(option['label'])}</label>"


def _attributes(widget: Widget) -> str:
    """Without placeholders: packages repeat the label in them, which vanishes while one types."""
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False and name != "placeholder"
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeString) else str(value))


DRAWN: dict[str, Callable[[Widget], str]] = {
    **{
        f"{WIDGETS}{name}.html": draw_input
        for name in ("text", "email", "number", "password", "hidden", "url", "tel", "search",
                     "color", "date", "datetime", "time", "file", "checkbox")
    },
    f"{WIDGETS}textarea.html": draw_textarea,
    f"{WIDGETS}select.html": draw_select,
    f"{WIDGETS}radio.html": draw_choices,
    f"{WIDGETS}checkbox_select.html": draw_choices,
}  # fmt: skip
