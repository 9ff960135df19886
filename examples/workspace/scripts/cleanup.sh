#!/usr/bin/env bash
# Removes what old builds left on this machine. Environments are closed by src/environment.ts.
set -euo pipefail

build_dir="${TIDEPOOL_BUILD_DIR:-/tmp/tidepool-builds}"

find "$build_dir" -maxdepth 1 -name '*.log' -mtime +14 -print -delete
