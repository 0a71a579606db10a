# shellcheck shell=bash
# Sourced by the scripts that start one program, scripts/PROGRAM [options], which is built before where that is needed.
#
# In: script, the file; its name is the program's in scripts/programs.

# shellcheck disable=SC2154
root=$(cd -- "$(dirname -- "$script")/.." && pwd -P)
program=$(basename -- "$script")
self=scripts/$program

refuse() {
  printf '%s\n' "$1" >&2
  exit 2
}

# shellcheck source=scripts/lib.sh
. "$root/scripts/lib.sh"

# In the caller's folder. JAVA_OPTS is meant to be split into words.
# shellcheck disable=SC2086,SC2154
exec "$java" "${java_options[@]}" -Dplastic4j.script="$self" ${JAVA_OPTS-} -cp "$classpath" "$class" "$@"
