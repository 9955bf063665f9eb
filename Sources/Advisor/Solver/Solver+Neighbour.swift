import TCPModel

extension Solver {
  /// `neighbour`: the program's own limit of an attempt to connect, which holds for a silent host as
  /// well; nothing else, because the neighbour table is the network's.
  func solveNeighbour(_ solution: inout Solution) {
    for application in applications where application.program.direction == .outbound {
      let asked = solution.open(application.requirements(in: .neighbour))
      guard !satisfiesAll(asked, of: application, solution),
        let deadline = deadline(for: asked, application)
      else { continue }
      let kept = application.requirements(in: .connect).filter {
        satisfies($0, of: application, solution)
      }
      guard satisfiesAll(asked + kept, of: application, solution, deadline) else { continue }
      solution.take(deadline, for: application.index)
    }
  }
}
