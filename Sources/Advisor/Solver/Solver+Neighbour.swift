import TCPModel

extension Solver {
  /// `neighbour`: the program's own limit of an attempt to connect, which holds for a silent host as
  /// well; nothing else, because the neighbour table is the network's.
  func solveNeighbour(_ solution: inout Solution) throws {
    for application in applications where application.program.direction == .outbound {
      let asked = solution.open(application.requirements(in: .neighbour))
      guard try !satisfiesAll(asked, of: application, solution),
        let deadline = deadline(for: asked, application)
      else { continue }
      let kept = try application.requirements(in: .connect).filter {
        try satisfies($0, of: application, solution)
      }
      guard try satisfiesAll(asked + kept, of: application, solution, deadline) else { continue }
      solution.take(deadline, for: application.index)
    }
  }
}
