import Advisor
import TCPModel

extension ProgramKnob {
  static func list(_ node: Node) throws(ProfileError) -> [ProgramKnob] {
    guard case .map(let entries) = node.content else {
      throw ProfileError(
        "“knobs” is a map from socket options and times to the settings that decide them",
        at: node.mark)
    }
    var knobs: [ProgramKnob] = []
    for entry in entries where !entry.value.isNull {
      guard let subject = Subject(entry.key) else {
        throw .unknown("option or time", entry.key, among: ProfileFormat.knobs, at: entry.mark)
      }
      knobs.append(try ProgramKnob(subject, entry.value))
    }
    return knobs
  }

  private init(_ subject: Subject, _ node: Node) throws(ProfileError) {
    let fields = try FieldReader(node, of: "a knob", known: ProfileFormat.knob)
    _ = try fields.reasons()
    let least = try fields.number("least")
    let most = try fields.number("most")
    if let least, let most, most < least {
      throw ProfileError("“most” is less than “least”", at: fields["most"]?.mark ?? node.mark)
    }
    let (isBounded, all) = (least != nil || most != nil, ProfileFormat.numbers)
    self.init(
      subject, try fields.required("name").text(),
      try fields["unit"]?.choice(of: "unit") ?? subject.unit,
      range: isBounded ? (least ?? all.lowerBound)...(most ?? all.upperBound) : nil,
      since: try fields.text("since"))
    form = try fields["form"]?.choice(of: "form")
    zeroSwitchesOff = try fields["zero_is_off"]?.boolean() ?? false
    aliases = try fields.texts("also")
    ignoredIn = try fields.texts("ignored_in")
    part = try fields.number("part", in: ProfileFormat.words)
    addressWord = try fields.number("address_word", in: ProfileFormat.words)
  }
}

extension ProgramKnob.Subject {
  fileprivate init?(_ name: String) {
    if let timer = ProgramKnob.Timer(rawValue: name) {
      self = .timer(timer)
    } else if let option = SocketOption.all.first(where: { $0.name == name }) {
      self = .option(option)
    } else {
      return nil
    }
  }

  /// The one that the kernel has.
  fileprivate var unit: ProgramKnob.Unit {
    switch self {
    case .timer: .seconds
    case .option(let option):
      switch option.unit {
      case .seconds: .seconds
      case .milliseconds: .milliseconds
      default: .count
      }
    }
  }
}

extension FieldReader {
  fileprivate func number(
    _ name: String, in range: ClosedRange<Int> = ProfileFormat.numbers
  ) throws(ProfileError) -> Int? {
    try self[name].map { (node) throws(ProfileError) in
      try node.integer(in: range, called: name)
    }
  }

  /// A list of texts; none if it is left out.
  func texts(_ name: String) throws(ProfileError) -> [String] {
    try (self[name]?.items() ?? []).map { (node) throws(ProfileError) in try node.text() }
  }
}

extension KeepaliveLink {
  init(_ node: Node) throws(ProfileError) {
    let fields = try FieldReader(
      node, of: "“follows_keepidle”", known: ProfileFormat.link, kind: "socket option")
    _ = try fields.reasons()
    var sources: [SocketOption: Source] = [:]
    for option in ProfileFormat.linked {
      sources[option] = try fields[option.name].map { (node) throws(ProfileError) in
        try Source(node, of: option)
      }
    }
    self.init(sources)
  }
}

extension KeepaliveLink.Source {
  /// A number that the kernel takes, or `1/3`.
  fileprivate init(_ node: Node, of option: SocketOption) throws(ProfileError) {
    let text = try node.text()
    if text.hasPrefix("1/"), let divisor = Int(text.dropFirst(2)), (1...1000).contains(divisor) {
      self = .share(divisor: divisor)
    } else if let value = Int(text), option.range.contains(value) {
      self = .fixed(value)
    } else {
      throw ProfileError(
        "\(quoted(text)) is no number from \(option.range.lowerBound) to"
          + " \(option.range.upperBound) and no fraction of TCP_KEEPIDLE such as 1/3", at: node.mark
      )
    }
  }
}
