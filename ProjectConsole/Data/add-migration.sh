#!/usr/bin/env bash
# Adds one migration for every provider and stops at the first that fails:
#   bash ProjectConsole/Data/add-migration.sh NameOfTheMigration
# With --again the named migration is removed first, which is for a migration that was never released.
set -euo pipefail
cd "$(dirname "$0")/.."
name=${1:?the name of the migration}
dotnet tool restore >/dev/null
dotnet build -v q
for provider in Sqlite PostgreSql SqlServer; do
  folder="Data/Migrations/$provider"
  if [ "${2:-}" = "--again" ]; then
    rm -f "$folder"/*_"$name".cs "$folder"/*_"$name".Designer.cs
    if ! ls "$folder"/*_*.cs >/dev/null 2>&1; then
      rm -f "$folder"/*Snapshot.cs
    fi
  fi
  dotnet ef migrations add "$name" --context "${provider}ConsoleDbContext" --output-dir "$folder"
done
