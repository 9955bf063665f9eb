import Advisor
import TCPModel

/// A shell script: it writes and loads the drop-in, keeps what was there before, and takes itself back.
struct ShellScript: HostFile {
  let name = "shell"
  let summary = "A script for a POSIX shell, which can take itself back."
  let provedWith: String? = "sh and shellcheck"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).sh" }

  func text(for plan: PortablePlan, head: String) -> String { "#!/bin/sh\n" + head + body(plan) }

  private func body(_ plan: PortablePlan) -> String {
    let keys = plan.annotatedSysctls.map { " \($0.key.rawValue.shellQuoted)" }.joined()
    let backup = "/var/lib/tcpadvisor/\(plan.fileName).before"
    return """

      set -eu
      file=\(plan.path.shellQuoted)
      backup=\(backup.shellQuoted)

      apply() {
        mkdir -p "${file%/*}" "${backup%/*}"
        if [ ! -e "$backup" ]; then
          for key in\(keys); do
            if value=$(sysctl -n "$key" 2>/dev/null); then printf '%s = %s\\n' "$key" "$value"; fi
          done >"$backup.new"
          mv "$backup.new" "$backup"
        fi
        cat >"$file.new" <<'END OF FILE'
      \(plan.dropIn)END OF FILE
        mv "$file.new" "$file"
        sysctl -p "$file"
      }

      undo() {
        [ -e "$backup" ] || { echo "nothing to undo: $backup is not there" >&2; exit 1; }
        rm -f "$file"
        sysctl -p "$backup"
        rm -f "$backup"
      }

      case ${1-} in
      apply) apply ;;
      undo) undo ;;
      *) echo "usage: $0 apply|undo" >&2; exit 2 ;;
      esac

      """
  }
}
