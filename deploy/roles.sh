#!/bin/bash
# Runs once, when the database's volume is empty: two roles, and a database that the first one owns.
#   icp_owner  migrates and restores.
#   icp_app    the running portal: reads and writes rows, owns nothing, so it can neither alter a table
#              nor switch off the triggers that keep a closed period closed.
set -euo pipefail
: "${OWNER_PASSWORD:?}" "${APP_PASSWORD:?}"

psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname template1 \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE icp_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE icp_app LOGIN PASSWORD :'app_password';
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO icp_app;
ALTER DEFAULT PRIVILEGES FOR ROLE icp_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO icp_app;
ALTER DEFAULT PRIVILEGES FOR ROLE icp_owner GRANT USAGE, SELECT ON SEQUENCES TO icp_app;
CREATE DATABASE icp OWNER icp_owner;
REVOKE ALL ON DATABASE icp FROM PUBLIC;
GRANT CONNECT ON DATABASE icp TO icp_app;
SQL
