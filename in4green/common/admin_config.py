from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "in4green.common.admin_site.PortalAdminSite"
