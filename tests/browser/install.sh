#!/usr/bin/env bash
# Make sure that a Chromium is here for the browser tests (whole, and the quick one without windows), and what reads printed codes back (zbarimg, pdftoppm): from Debian's packages where
# there is none, else say what to install. Without the code readers only the tests of printed sheets are skipped, and say so.
set -euo pipefail
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
if ! { command -v zbarimg && command -v pdftoppm && command -v pdfinfo; } >/dev/null; then
  if command -v apt-get >/dev/null; then
    echo "Installing zbar-tools and poppler-utils from the system's packages: they read the printed codes back."
    { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends zbar-tools poppler-utils >/dev/null; } ||
      echo "That did not work: the tests that scan printed sheets will be skipped." >&2
  else
    echo "The tests that scan printed sheets need zbarimg and pdftoppm (macOS: brew install zbar poppler; Fedora: dnf install zbar poppler-utils)." >&2
  fi
fi
[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null && command -v apt-get >/dev/null; then
  echo "Installing Chromium from the system's packages for the browser tests."
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
# The same engine without windows does the tests of pages at a quarter of the cost (conftest.headless_path). Both come from one source
# package, so both are named: Debian keeps them at one version. Not to be had (Ubuntu, no network): the whole browser does all.
if [ "$(id -u)" = 0 ] && ! command -v chromium-headless-shell >/dev/null && dpkg -s chromium >/dev/null 2>&1; then
  echo "Installing chromium-headless-shell from the system's packages: the browser tests take much less time with it."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-headless-shell >/dev/null; } ||
    echo "That did not work: all browser tests run in the whole browser, which takes longer." >&2
fi
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null && exit 0
done
echo "The browser tests need Chromium or Chrome. Install one (macOS: brew install --cask chromium; Fedora: dnf install chromium)," >&2
echo "or name yours: CHROMIUM=/path/to/chromium make test" >&2
exit 1
