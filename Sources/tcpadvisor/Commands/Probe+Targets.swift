import Linux
import NetAddress
import Probes
import TCPModel

extension Probe {
  /// - Parameter family: of the address to connect from; nil where there is none.
  func targetList(under kernel: KernelVersion?, from family: AddressFamily?) throws
    -> TargetList
  {
    guard !targets.isEmpty || !files.isEmpty else {
      throw UsageError("a target is missing: HOST:PORT, or -f FILE")
    }
    let texts = try files.map(Self.file)
    let ports = try ports()
    let list: TargetList
    do throws(TargetList.Mistake) {
      list = try TargetList(targets, files: texts, ports: ports, from: family) {
        (text) throws(ProbeTarget.Objection) in
        do throws(UsageError) {
          return try CaseOptions.assignment(text, under: kernel)
        } catch {
          throw ProbeTarget.Objection(reason: error.message)
        }
      }
    } catch {
      throw UsageError(error.message)
    }
    guard list.count > 0 else {
      throw UsageError("there is no target in \(files.joined(separator: ", "))")
    }
    guard list.count <= 65_536 || yes else { throw UsageError(Self.objection(toLengthOf: list)) }
    return list
  }

  private static func objection(toLengthOf list: TargetList) -> String {
    let largest = list.largest.flatMap { $0.attempts > 65_536 ? $0 : nil }
    let most = largest.map { ", of which \($0.target) has \($0.attempts)" } ?? ""
    return "these are \(list.count) attempts\(most); --yes if that is meant"
  }

  private func ports() throws -> [UInt16] {
    var ports: [UInt16] = []
    var seen: Set<UInt16> = []
    for text in port {
      do throws(ProbeTarget.Objection) {
        ports += try ProbeTarget.ports(text).filter { seen.insert($0).inserted }
      } catch {
        throw UsageError("--port \(text): \(error.reason)")
      }
    }
    return ports
  }

  private static func file(at path: String) throws -> TargetList.File {
    let file = InputFile(path: path)
    do throws(SystemCallError) {
      return TargetList.File(name: file.name, bytes: try file.bytes(limit: 64_000_000))
    } catch {
      throw UsageError(
        error.code == .fileTooLarge
          ? "\(path) is larger than 64 MB, the limit for targets"
          : "cannot read the targets in \(path): \(error.code)")
    }
  }
}
