#!/bin/sh
# Run once by the postgres image, on an empty data folder: makes the role that DATABASE_URL of docker-compose.yml signs in
# with. The migration makes it a member of the group with the app's rights. The password stays out of the process list.
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv password THROUGHLINE_APP_PASSWORD
create role throughline login password :'password';
SQL
