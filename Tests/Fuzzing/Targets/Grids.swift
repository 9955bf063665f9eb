import Advisor
import InputFiles
import TCPModel

extension FuzzTarget {
  /// Grids of settings to measure, and when the first of their cases end.
  static let grids = FuzzTarget("grids", rate: 4000) { (bytes) throws(FuzzFault) in
    let grid: Grid
    do throws(ProfileError) {
      grid = try GridReader.grid(from: ProfileSource(file: "input.yaml", bytes: bytes))
    } catch {
      return try error.check(in: bytes)
    }
    let (requests, _) = grid.requests(on: SampleHosts.stock)
    guard requests.count <= Grid.mostCases else {
      throw FuzzFault("\(requests.count) cases")
    }
    if let request = requests.last {
      try Timeline(of: request.experiment).check("the last case")
      _ = request.timeToEnd(on: SampleHosts.stock)
    }
  }
}
