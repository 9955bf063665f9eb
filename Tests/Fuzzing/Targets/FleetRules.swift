import Advisor
import InputFiles

extension FuzzTarget {
  /// Rules of fleets.
  static let fleetRules = FuzzTarget("fleet-rules", rate: 2000) { (bytes) throws(FuzzFault) in
    let source = ProfileSource(file: "input.yaml", bytes: bytes)
    do throws(ProfileError) {
      _ = try FleetRulesReader.rules(from: source, otherwise: [SampleProfiles.server], [:]) {
        (name) throws(ProfileError) in try BuiltInProfiles.profile(named: name)
      }
    } catch {
      try error.check(in: bytes)
    }
  }

  /// Inventories of hosts.
  static let inventories = FuzzTarget("inventories", rate: 7000) { (bytes) throws(FuzzFault) in
    do throws(ProfileError) {
      let groups = try FleetRulesReader.groups(
        from: ProfileSource(file: "input.yaml", bytes: bytes))
      _ = HostGroups(groups)
    } catch {
      try error.check(in: bytes)
    }
  }

  /// Earlier runs of `fleet`.
  static let histories = FuzzTarget("histories", rate: 12000) { (bytes) throws(FuzzFault) in
    do throws(ProfileError) {
      _ = try FleetHistory(decoding: bytes, file: "input.jsonl")
    } catch {
      try error.check(in: bytes)
    }
  }
}
