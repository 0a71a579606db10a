# shellcheck shell=bash disable=SC2154
# Sourced by the scripts that start one command of an experiment, scripts/COMMAND EXPERIMENT [options].
#
# In: script, the file; its name is the command's, and its first comment what --help prints.

here=$(cd -- "$(dirname -- "$script")" && pwd -P)
command=$(basename -- "$script")
case ${1-} in
--help | -h)
  sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p;}' "$script"
  exit 0
  ;;
'' | -*)
  printf '%s\n' "scripts/$command: expected an experiment, as in scripts/$command $example; scripts/run --list names them." >&2
  exit 2
  ;;
esac
experiment=$1
shift

SCRIPT=scripts/$command exec "$here/run" "$experiment" "$command" "$@"
