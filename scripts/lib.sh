# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by the scripts: finds Java, and builds a module where that is needed.
#
# In: self, how the script is called in messages; root, the project's folder; program, what is started by its name in
# scripts/programs; module, the folder of a module, where it is not that program's; scope, which of its dependencies are
# wanted, where those are not the ones that it runs with; refuse, which prints a sentence and exits with 2.
# Out: java, java_options, class and classpath.

if [ -n "${JAVA_HOME-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || refuse "$self: JAVA_HOME is $JAVA_HOME, where no bin/java is: expected a JDK 17 or later."
  javac=$JAVA_HOME/bin/javac
else
  java=$(command -v java) || refuse "$self: java was not found: install a JDK 17 or later, or set JAVA_HOME."
  javac=$(command -v javac || true)
fi
version=$("$java" -version 2>&1 | sed -n 's/^.* version "\([^"]*\)".*$/\1/p' | head -n 1)
major=${version#1.}
major=${major%%[!0-9]*}
[ "${major:-0}" -ge 17 ] || refuse "$self: $java is Java ${version:-of an unknown version}: expected 17 or later."

# Java reads and writes names of files in the locale's encoding. That of the locale C is ASCII.
case $(locale charmap 2>/dev/null) in
ANSI_X3.4-1968 | US-ASCII)
  for utf8 in $(locale -a 2>/dev/null); do
    case $utf8 in
    C.utf8 | C.UTF-8 | en_US.utf8 | en_US.UTF-8)
      if [ -n "${LC_ALL-}" ]; then export LC_ALL=$utf8; else export LC_CTYPE=$utf8; fi
      break
      ;;
    esac
  done
  ;;
esac

# --threads decides: what the environment says for all programs would reach the native libraries past it.
for name in ${!OMP_@} ${!OPENBLAS_@} ${!MKL_@} ${!GOTO_@}; do
  [ "$name" = OMP_WAIT_POLICY ] || unset -v "$name"
done

# Newer JVMs warn of what ND4J's libraries do, unless they are told that it is meant.
java_options=()
[ "$major" -lt 23 ] || java_options=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# Java rejects two collectors.
if ! [[ " ${JAVA_OPTS-} ${JDK_JAVA_OPTIONS-} ${JAVA_TOOL_OPTIONS-} " =~ [[:space:]]-XX:\+Use[A-Za-z0-9]+GC[[:space:]] ]]; then
  java_options+=(-XX:+UseSerialGC)
fi

# A step reads more pages of memory than a processor's TLB has entries: larger pages, where the system leaves them to the
# program, save the look-ups.
if grep -qs '\[madvise\]' /sys/kernel/mm/transparent_hugepage/enabled; then
  java_options+=(-XX:+UseTransparentHugePages)
fi

read -r named_module class options <<<"$(awk -v name="$program" '$1 == name { $1 = ""; print }' "$root/scripts/programs")"
module=${module-$named_module}
read -r -a options <<<"$options"
for option in "${options[@]}"; do
  case $option in
  vector) java_options+=("@$root/scripts/vector.options") ;;
  *PROJECT*) java_options+=("${option%%PROJECT*}$root${option#*PROJECT}") ;;
  *) java_options+=("$option") ;;
  esac
done

# --- The build, where a source, a pom or a configuration is not what it was in the last one, or a part of that is gone.
target=$root/modules/$module/target
stamp=$target/scripts

# What a build is made of, by names and contents: clocks and copies make no difference.
fingerprint() {
  (cd -- "$root" && find pom.xml .mvn configs modules/*/pom.xml modules/*/src/main -type f -exec cksum {} + |
    LC_ALL=C sort | cksum)
}

# The stamp's lines: how it was built, the project's folder, what it is made of, and the class path, which is that folder's.
is_current() {
  local built='' folder='' made='' path='' entry entries
  [ -f "$stamp" ] || return 1
  { IFS= read -r built && IFS= read -r folder && IFS= read -r made && IFS= read -r path; } <"$stamp" || return 1
  [ "$built" = "${MAVEN_ARGS-}" ] || return 1
  [ "$folder" = "$root" ] || return 1
  IFS=: read -r -a entries <<<"$path"
  for entry in "${entries[@]}"; do
    [ -e "$entry" ] || return 1
  done
  [ "$made" = "$(fingerprint)" ]
}

build() {
  local log=$target/scripts.log made
  [ -x "$javac" ] || refuse "$self: $java comes without a compiler: install a JDK 17 or later, or set JAVA_HOME."
  if [ -d "${HOME-}/.m2/repository/org/nd4j" ]; then
    echo "Building $module ..." >&2
  else
    echo "Building $module; the first build downloads about 350 MB, which takes minutes. What it does: $log" >&2
  fi
  # What changes from here on is not in this build.
  made=$(fingerprint)
  if ! (cd "$root" && ./mvnw -q -B -pl "modules/$module" -am compile dependency:build-classpath \
    -DincludeScope="${scope-runtime}" -DexcludeTypes=pom -Dmdep.outputFile=target/scripts.classpath) >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    exit 1
  fi
  printf '%s\n' "${MAVEN_ARGS-}" "$root" "$made" "$target/classes:$(cat "$target/scripts.classpath")" >"$stamp.$$"
  mv -f "$stamp.$$" "$stamp"
}

if ! is_current; then
  mkdir -p "$target"
  (
    # Two runs that are started together build once.
    if command -v flock >/dev/null; then
      flock 9
      is_current || build
    else
      build
    fi
  ) 9>"$target/scripts.lock"
fi
classpath=$(sed -n 4p "$stamp")
