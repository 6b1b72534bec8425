#!/bin/sh
# Any other CI, and a person's own machine: run it in the feed's repository, with all of its history.
#
#   any-ci.sh               the whole feed, less what is in the baseline
#   any-ci.sh origin/main   what is new since that revision: a branch that is to be merged into it
#
# It wants Python 3.10 or later, git, and to be told where to get feedlint from, as pip takes it:
#
#   FEEDLINT=git+https://HOST/OWNER/feedlint@v0.1.0 any-ci.sh origin/main
#
# Leaves feedlint.xml (JUnit), which most CI systems can show. Its status is feedlint's: 0 nothing left to report,
# 1 findings are left, 2 the job could not be done.
set -eu

if [ -z "${FEEDLINT-}" ]; then
  echo 'any-ci.sh: FEEDLINT does not say where to get feedlint from' >&2
  exit 2
fi

# An environment of its own, outside of the checkout: nothing else sees it, and it is there for the next run.
environment=${FEEDLINT_ENVIRONMENT:-${XDG_CACHE_HOME:-$HOME/.cache}/feedlint-ci}
if [ "$(cat "$environment/installed" 2> /dev/null)" != "$FEEDLINT" ] ||
  ! "$environment/bin/feedlint" --version > /dev/null 2>&1; then # the Python it was made with may be gone
  python3 -I -m venv --clear "$environment" || exit 2
  "$environment/bin/python" -I -m pip install --quiet -- "$FEEDLINT" || exit 2
  printf '%s\n' "$FEEDLINT" > "$environment/installed"
fi

if [ $# -gt 0 ]; then
  set -- --since "$1" --new-only
fi
exec "$environment/bin/feedlint" --output-format full --output-format junit=feedlint.xml "$@"
