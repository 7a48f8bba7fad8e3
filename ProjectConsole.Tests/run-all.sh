#!/usr/bin/env bash
# Runs every test: brings Chromium, PostgreSQL, nginx and sshd where it may, starts a private PostgreSQL, builds, checks the formatting,
# and ends with one line "N passed, N failed, N skipped". Tests on SQL Server run when PROJECTCONSOLE_TEST_SQLSERVER is set.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec </dev/null

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
# Build servers outlive the script and hold its output open: whoever reads it through a pipe would wait for them.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

work=$(mktemp -d)
chmod 711 "$work"
passed=0 failed=0 skipped=0
postgres_bin='' postgres_user=''

say() { printf '\n== %s\n' "$*"; }

as_postgres() { if [ -n "$postgres_user" ]; then runuser -u "$postgres_user" -- "$@"; else "$@"; fi; }

stop() {
  [ -f "$work/postgres/postmaster.pid" ] && (cd / && as_postgres "$postgres_bin/pg_ctl" -D "$work/postgres" -m immediate stop >/dev/null 2>&1)
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

finish() {
  # The failed tests once more, last: whoever reads only the end of a long output sees them.
  if [ -s "$work/failures" ]; then
    say "Failed"
    cat "$work/failures"
  fi
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; }

# Servers are not in everybody's path.
find_server() { PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1"; }

find_postgres() {
  if command -v initdb >/dev/null; then dirname "$(readlink -f "$(command -v initdb)")"; return; fi
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

install_packages() {
  local sudo=''
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then sudo -n true 2>/dev/null || return 1; sudo='sudo -n'; fi
  say "Installing $*"
  # Debian starts a server that it installs, unless this file forbids it; the tests start their own.
  local forbids=/usr/sbin/policy-rc.d code
  if [ -e "$forbids" ]; then forbids=''; else printf '#!/bin/sh\nexit 101\n' | $sudo tee "$forbids" >/dev/null && $sudo chmod 755 "$forbids"; fi
  $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
  code=$?
  [ -z "$forbids" ] || $sudo rm -f "$forbids"
  return "$code"
}

bring_needs() {
  local missing=()
  [ -n "${PROJECTCONSOLE_TEST_CHROMIUM:-}" ] || [ -n "$(find_chromium)" ] || missing+=(chromium)
  [ -n "${PROJECTCONSOLE_TEST_POSTGRES:-}" ] || [ -n "$(find_postgres)" ] || missing+=(postgresql)
  [ -n "$(find_server nginx)" ] || missing+=(nginx-light)
  [ -n "$(find_server sshd)" ] || missing+=(openssh-server)
  command -v ssh >/dev/null || missing+=(openssh-client)
  command -v curl >/dev/null || missing+=(curl)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}" ||
    say "Missing and not installable from here: ${missing[*]}. Journeys fail without Chromium; what needs PostgreSQL, nginx or sshd is skipped without it."
}

# PostgreSQL refuses to run as root; it gets a socket in a folder of its own and no port. Nothing in it outlives the run, so nothing is synced.
start_postgres() {
  [ -z "${PROJECTCONSOLE_TEST_POSTGRES:-}" ] || { say "PostgreSQL: the one named in PROJECTCONSOLE_TEST_POSTGRES"; return; }
  postgres_bin=$(find_postgres)
  [ -n "$postgres_bin" ] || return
  mkdir "$work/postgres"
  if [ "$(id -u)" -eq 0 ]; then
    postgres_user=nobody
    id postgres >/dev/null 2>&1 && postgres_user=postgres
    chown "$postgres_user" "$work/postgres"
  fi
  say "Starting PostgreSQL"
  if (cd / && as_postgres "$postgres_bin/initdb" -D "$work/postgres" -U postgres -A trust -E UTF8 --no-locale --no-sync >"$work/initdb.log" 2>&1 &&
    as_postgres "$postgres_bin/pg_ctl" -D "$work/postgres" -l "$work/postgres/server.log" -w -t 60 -o "-k $work/postgres \
      -c listen_addresses='' -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >"$work/start.log" 2>&1); then
    export PROJECTCONSOLE_TEST_POSTGRES="Host=$work/postgres;Username=postgres;Database=postgres"
  else
    cat "$work"/initdb.log "$work"/start.log "$work"/postgres/server.log 2>/dev/null
    failed=$((failed + 1))
    say "PostgreSQL did not start"
  fi
}

# Adds the counters of the project's result file; a project that leaves none has failed.
run_tests() {
  local results="$work/$1.trx" output="$work/$1.out" code counters
  say "$1"
  # Skipped tests (no SQL Server) are counted and named in the result file; a line for each would bury the failures.
  dotnet test "$1" --no-build --logger "trx;LogFileName=$results" --blame-hang-timeout 15m --blame-hang-dump-type none \
    --results-directory "$work/results" 2>&1 | tee "$output" | grep --line-buffered -vE '\[SKIP\]$|^  Skipped '
  code=${PIPESTATUS[0]}
  grep -A 14 '^  Failed ' "$output" | grep -vE '\[SKIP\]$|^  Skipped |^\[xUnit' >>"$work/failures"
  counters=$(grep -o '<Counters [^>]*>' "$results" 2>/dev/null)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  if [ -z "$counters" ]; then failed=$((failed + 1)); return; fi
  local project_failed=$(($(count total) - $(count passed) - ($(count total) - $(count executed))))
  passed=$((passed + $(count passed)))
  skipped=$((skipped + $(count total) - $(count executed)))
  failed=$((failed + (code != 0 && project_failed == 0 ? 1 : project_failed)))
}

bring_needs
PROJECTCONSOLE_TEST_CHROMIUM=${PROJECTCONSOLE_TEST_CHROMIUM:-$(find_chromium)}
export PROJECTCONSOLE_TEST_CHROMIUM
start_postgres

say "Building"
dotnet build ProjectConsole.sln || { failed=$((failed + 1)); finish; }

say "Checking the formatting"
dotnet format whitespace ProjectConsole.sln --verify-no-changes --no-restore || failed=$((failed + 1))

run_tests ProjectConsole.Tests
run_tests ProjectConsole.E2E
finish
