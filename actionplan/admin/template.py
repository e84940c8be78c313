"""What a new plan begins with: titles, order and guidance are changed here."""

from django.contrib import admin

from actionplan.models import TemplateSection


@admin.register(TemplateSection)
class TemplateSectionAdmin(admin.ModelAdmin):
    """It is one for all groups of the portal, so only its administration changes it."""

    list_display = ["__str__", "parent", "position", "word_limit"]
    list_editable = ["position"]
    list_select_related = ["parent"]
    search_fields = ["title_de", "title_en"]
    ordering = ["parent__position", "position"]
    fieldsets = [
        (None, {"fields": ["key", "parent", "position", "word_limit", "tables"]}),
        ("Deutsch", {"fields": ["title_de", "guidance_de"]}),
        ("English", {"fields": ["title_en", "guidance_en"]}),
    ]
