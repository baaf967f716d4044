#!/usr/bin/env bash
# Make sure that a Chromium is here for the browser tests: from Debian's packages where there is none, else say what to install.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
if command -v apt-get >/dev/null; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  echo "Installing Chromium from the system's packages for the browser tests."
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  exit 0
fi
echo "The browser tests need Chromium or Chrome. Install one (macOS: brew install --cask chromium; Fedora: dnf install chromium)," >&2
echo "or name yours: CHROMIUM=/path/to/chromium make test" >&2
exit 1
