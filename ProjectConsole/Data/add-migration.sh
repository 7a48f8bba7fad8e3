#!/usr/bin/env bash
# Adds one migration for every provider and stops at the first that fails:
#   bash ProjectConsole/Data/add-migration.sh NameOfTheMigration
# With --again the named migration is removed first, which is for a migration that was never released.
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?the name of the migration}
dotnet tool restore >/dev/null
dotnet build -v q -p:RunAnalyzers=false
if [ "${2:-}" = "--again" ]; then
  for provider in Sqlite PostgreSql SqlServer; do
    # Without a database to ask it removes the last migration and says so; the snapshot goes back with it.
    dotnet ef migrations remove --force --no-build --context "${provider}ConsoleDbContext"
  done
  # The snapshots are compiled in.
  dotnet build -v q -p:RunAnalyzers=false
fi
for provider in Sqlite PostgreSql SqlServer; do
  dotnet ef migrations add "$name" --no-build --context "${provider}ConsoleDbContext" --output-dir "Data/Migrations/$provider"
done
