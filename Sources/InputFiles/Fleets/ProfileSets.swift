import Advisor

/// Sets of profiles, each of which is read once, however many rules name it.
struct ProfileSets {
  /// What is known of hosts is kept for each of them.
  private static let most = 1000

  /// The first is for hosts that no rule fits.
  private(set) var all: [[Profile]]
  private var places: [[String]: Int] = [:]
  private var profiles: [String: Profile] = [:]

  init(_ usual: [Profile]) { all = [usual] }

  /// Returns the place of the set that a rule names.
  /// - Parameters:
  ///   - list: the names or paths of its profiles.
  ///   - load: returns one of them.
  mutating func place(
    of list: Node, of rule: Node, loading load: (String) throws(ProfileError) -> Profile
  ) throws(ProfileError) -> Int {
    let items = try list.items()
    var names: [String] = []
    for item in items { names.append(try item.text()) }
    if let place = places[names] { return place }
    guard !names.isEmpty else {
      throw ProfileError("a rule needs at least one profile", at: rule.mark)
    }
    guard all.count <= Self.most else {
      throw ProfileError("more than \(Self.most) different sets of profiles", at: list.mark)
    }
    var set: [Profile] = []
    for (name, item) in zip(names, items) { set.append(try profile(name, at: item, load)) }
    all.append(set.joined)
    places[names] = all.count - 1
    return all.count - 1
  }

  private mutating func profile(
    _ name: String, at item: Node, _ load: (String) throws(ProfileError) -> Profile
  ) throws(ProfileError) -> Profile {
    if let profile = profiles[name] { return profile }
    do throws(ProfileError) {
      let profile = try load(name)
      profiles[name] = profile
      return profile
    } catch {
      throw error.placed(at: item.mark)
    }
  }
}
