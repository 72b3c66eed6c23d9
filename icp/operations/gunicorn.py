"""Gunicorn's settings in production: its own lines look like the portal's."""

from icp.operations.logs import configuration

logconfig_dict = configuration(as_json=True)
