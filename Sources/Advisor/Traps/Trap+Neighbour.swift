import TCPModel

extension Trap {
  static let neighbour: [Trap] = [
    Trap(
      "devices-keep-their-own",
      "mcast_solicit app_solicit ucast_solicit retrans_time_ms",
      [.neighbour],
      "neigh.default does not reach every device: one on which a value was written by itself keeps"
        + " it, and what a device says decides.",
      source: "neigh_copy_dflt_parms"
    ) { play, _ in
      ["mcast_solicit", "app_solicit", "retrans_time_ms"].contains {
        play.isChanged(.neighbour($0, play.family))
      }
    },
    Trap(
      "ucast-solicit-is-for-the-known", "ucast_solicit", [.neighbour],
      "ucast_solicit does not count for an address nobody has answered for: the wait is"
        + " (app_solicit + mcast_solicit) times retrans_time_ms.",
      source: "neigh_max_probes, __neigh_event_send"
    ) { play, _ in
      play.neighbourEntry == .none && play.isChanged(.neighbour("ucast_solicit", play.family))
    },
    Trap(
      "known-neighbours-take-longer",
      "delay_first_probe_time ucast_solicit mcast_solicit",
      [.neighbour],
      "A neighbour that was there a moment ago takes longer to miss than one that never was: 14 s"
        + " instead of 3 s with the defaults, because nothing asks anew before the next SYN.",
      source: "neigh_timer_handler; measured on Linux 6.18"
    ) { play, _ in
      guard play.number(.neighbour("mcast_solicit", play.family)) == 3,
        play.number(.neighbour("retrans_time_ms", play.family)) == 1000,
        let end = play.end({ $0.scenario = .connect })
      else { return false }
      return end > .seconds(14)
    },
  ]
}
