package import Advisor
import SysctlFiles
import TCPModel

extension StandingRemedy {
  /// What kind of step it is, as outputs for programs spell it.
  package enum Action: String, CaseIterable {
    case apply, change, persist, move, reconcile, owner, remove, unmask
    case setWhereMade = "set-where-made"
    case loadModule = "load-module"
  }

  package var action: Action {
    switch self {
    case .apply: .apply
    case .change: .change
    case .add: .persist
    case .move: .move
    case .reconcile: .reconcile
    case .tell, .removeReapplied: .owner
    case .remove: .remove
    case .setWhereMade: .setWhereMade
    case .loadModule: .loadModule
    case .unmask: .unmask
    }
  }

  /// What is typed into a shell; nil where it is not one command.
  package func command(prefix: String?) -> String? {
    switch self {
    case .apply(let key, let value): "\(prefix ?? "")sysctl -w \(key.assignment(value))"
    case .add(let key, let value, let file): "echo \("\(key) = \(value)".shellQuoted) >>\(file)"
    case .loadModule(let module): "echo \(module) >/etc/modules-load.d/\(module).conf"
    case .unmask(let path):
      path.hasSuffix("/cmdline") ? nil : "systemctl unmask systemd-sysctl.service"
    case .change, .move, .reconcile, .tell, .removeReapplied, .remove, .setWhereMade: nil
    }
  }

  /// What to do.
  package func text(prefix: String?) -> RichText {
    let command = (command(prefix: prefix) ?? "").cut(to: 400)
    switch self {
    case .apply: return "apply: \(command: command)"
    case .add: return "persist: \(command: command)"
    case .change(let write, let key, let value):
      return "to keep the live value: \(command: "\(key) = \(value.cut())") in \(write.place)"
    case .move(let entry, let file): return "persist: move \(entry.place) to \(file)"
    case .reconcile(let first, let second): return Self.reconciliation(first, second)
    case .tell(let act, let setting):
      return "\(act.owner): \(act.remedy ?? "change or remove \(setting.place)")"
    case .removeReapplied(let write, let owner):
      return "take \(write.place) out, which \(owner) applies after what it sets itself"
    case .remove(let entry): return "take it out: \(entry.place)"
    case .setWhereMade:
      return
        "for good: in what makes the namespace, such as `sysctls` of a container or `securityContext` of a pod"
    case .unmask(let path) where command.isEmpty:
      return "take `systemd.mask=` out of the kernel's command line (\(path))"
    case .unmask: return "have the loader started: \(command: command)"
    case .loadModule: return "load its module before sysctls are applied: \(command: command)"
    }
  }

  private static func reconciliation(_ first: SysctlEntry?, _ second: SysctlEntry?) -> RichText {
    switch (first, second) {
    case (let first?, let second?) where first.place == second.place:
      "write \(first.place) anew: the loaders read it differently"
    case (let first?, let second?): "have \(first.place) and \(second.place) say the same"
    case (nil, let only?), (let only?, nil):
      "move \(only.place) to a file in /etc/sysctl.d, which both read, or take it out"
    case (nil, nil): "say it in a file in /etc/sysctl.d, which both read"
    }
  }
}

extension SysctlKey {
  /// As sysctl(8) takes it, for a shell.
  fileprivate func assignment(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy {
      $0.isLetterOrDigit || "-_,.:".utf8.contains($0)
    }
    let isKeyPlain = rawValue.utf8.allSatisfy {
      $0.isLetterOrDigit || "-_./:@".utf8.contains($0)
    }
    let key = isKeyPlain ? rawValue : rawValue.shellQuoted
    return isPlain && !value.isEmpty ? "\(key)=\(value)" : "\(key)=\(value.shellQuoted)"
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    ("a"..."z").contains(Unicode.Scalar(self)) || ("A"..."Z").contains(Unicode.Scalar(self))
      || ("0"..."9").contains(Unicode.Scalar(self))
  }
}
