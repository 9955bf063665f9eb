/// What a netlink message's header says of it; some bits mean one thing in a request for data and
/// another in one for a change.
package struct NetlinkFlags: OptionSet, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  static let request = Self(rawValue: 0x1)  // NLM_F_REQUEST
  /// One part of several, the last of which is NLMSG_DONE.
  static let multi = Self(rawValue: 0x2)  // NLM_F_MULTI
  /// Asks for an NLMSG_ERROR with code 0 when all is done.
  package static let acknowledge = Self(rawValue: 0x4)  // NLM_F_ACK
  /// The dump is not one state of things: something changed while it was made.
  static let interrupted = Self(rawValue: 0x10)  // NLM_F_DUMP_INTR
  package static let dump = Self(rawValue: 0x300)  // NLM_F_DUMP
  package static let replace = Self(rawValue: 0x100)  // NLM_F_REPLACE
  /// Refused with EEXIST where it is there already.
  package static let exclusive = Self(rawValue: 0x200)  // NLM_F_EXCL
  package static let create = Self(rawValue: 0x400)  // NLM_F_CREATE
}
