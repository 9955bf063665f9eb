package import TCPModel

extension Timeline {
  /// Returns a lane for each branch, and one more if it may never end; none if the end is unknown.
  /// - Parameter name: what tells this timeline from others beside it, such as its kernel.
  package func lanes(named name: String? = nil) -> [Lane] {
    if case .unknown = ends { return [] }
    var lanes = zip(distinctions, branches).map { Lane(label: $0, events: $1.events) }
    if ends != .always { lanes.append(Lane(label: "", events: [])) }
    guard let first = lanes.first.map({ lanes.count > 1 ? $0.label : "" }) else { return [] }
    let words = [name ?? (first.isEmpty ? scenario.rawValue : ""), first]
    lanes[0].label = words.filter { !$0.isEmpty }.joined(separator: ", ")
    return lanes
  }
}
