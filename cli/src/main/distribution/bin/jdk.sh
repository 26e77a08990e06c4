# Sourced by the launchers and by ./test: finds a JDK 25.
# It reads each candidate's `release` file and starts no Java, so that a launcher costs milliseconds.

# is_jdk25 HOME: is this the home of a Java 25?
is_jdk25() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

# real_path FILE: the file behind symbolic links. (readlink -f is not everywhere.)
real_path() {
  file=$1
  hops=0
  while [ -L "$file" ] && [ "$hops" -lt 40 ]; do
    target=$(readlink "$file") || break
    case $target in
      /*) file=$target ;;
      *) file=$(dirname "$file")/$target ;;
    esac
    hops=$((hops + 1))
  done
  folder=$(CDPATH='' cd -P "$(dirname "$file")" 2>/dev/null && pwd) || return 1
  printf '%s/%s\n' "$folder" "$(basename "$file")"
}

# find_jdk25: sets JDK to the home of a JDK 25, or fails.
find_jdk25() {
  for JDK in "${JAVA_HOME:-}" "${JDK25_HOME:-}"; do
    [ -n "$JDK" ] && is_jdk25 "$JDK" && return 0
  done
  on_path=$(command -v java 2>/dev/null) && on_path=$(real_path "$on_path") && {
    JDK=${on_path%/bin/java}
    is_jdk25 "$JDK" && return 0
  }
  for JDK in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    is_jdk25 "$JDK" && return 0
  done
  JDK=
  return 1
}

# need_jdk25: like find_jdk25, but says what to do and ends the program with exit code 3 when there is none.
need_jdk25() {
  find_jdk25 && return 0
  cat >&2 <<MESSAGE
Could not start Gatehouse: no JDK 25 was found.
Looked at JAVA_HOME (${JAVA_HOME:-not set}), JDK25_HOME (${JDK25_HOME:-not set}), the java on the PATH, and the usual folders.
Install a JDK 25, or set JDK25_HOME to the folder of one, and start again.
MESSAGE
  exit 3
}
