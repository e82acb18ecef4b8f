# What the scripts share. Sourced after `set -euo pipefail`; leaves the shell at the top of the source tree.

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The build folder of the preset `dev`; the others add the preset's name.
preset=${CORO_PRESET:-dev}
build=build
[ "$preset" = dev ] || build=build-$preset

say() { printf '== %s\n' "$*"; }

# Brings the build folder up to date with the CMake files. Quiet unless it fails.
configure() {
  local log
  if ! log=$(cmake --preset "$preset" 2>&1); then
    printf '%s\n' "$log" >&2
    return 1
  fi
}

# Builds the named targets, or everything.
compile() {
  local target=()
  [ $# -eq 0 ] || target=(--target "$@")
  cmake --build "$build" "${target[@]}"
}
