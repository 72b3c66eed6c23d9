from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "icp.audit"
    label = "audit"
