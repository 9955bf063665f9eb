import TCPModel

extension Pitfall {
  static let neighbour: [Pitfall] = [
    Pitfall(
      "devices-keep-their-own",
      "mcast_solicit app_solicit ucast_solicit retrans_time_ms",
      [.neighbour],
      "neigh.default does not reach every device: a device whose value was written by itself"
        + " keeps it, and the value of the device decides.",
      source: "neigh_copy_dflt_parms"
    ) { experiment, _ in
      ["mcast_solicit", "app_solicit", "retrans_time_ms"].contains {
        experiment.isChanged(.neighbour($0, experiment.family))
      }
    },
    Pitfall(
      "ucast-solicit-is-for-the-known", "ucast_solicit", [.neighbour],
      "ucast_solicit does not count for an address that has never answered: the wait is"
        + " (app_solicit + mcast_solicit) times retrans_time_ms.",
      source: "neigh_max_probes, __neigh_event_send"
    ) { experiment, _ in
      experiment.neighbourEntry == .none
        && experiment.isChanged(.neighbour("ucast_solicit", experiment.family))
    },
    Pitfall(
      "known-neighbours-take-longer",
      "delay_first_probe_time ucast_solicit mcast_solicit",
      [.neighbour],
      "A neighbour that has just died takes longer to miss than one that never existed: 14 s"
        + " instead of 3 s with the defaults, because no request is sent before the next SYN.",
      source: "neigh_timer_handler; measured on Linux 6.18"
    ) { experiment, _ in
      guard experiment.number(.neighbour("mcast_solicit", experiment.family)) == 3,
        experiment.number(.neighbour("retrans_time_ms", experiment.family)) == 1000,
        let end = experiment.end({ $0.scenario = .connect })
      else { return false }
      return end > .seconds(14)
    },
    Pitfall(
      "old-owners-that-answer", "base_reachable_time_ms delay_first_probe_time ucast_solicit",
      [.movedAddress],
      "An old owner that still answers for its address is believed for ever. An announcement of the"
        + " new one (gratuitous ARP, unsolicited advertisement) is believed at once.",
      source: "arp_process, ndisc_recv_na, neigh_update"
    ) { experiment, _ in experiment.scenario == .movedAddress },
    Pitfall(
      "moved-clients-give-up-first",
      "base_reachable_time_ms delay_first_probe_time ucast_solicit",
      [.movedAddress],
      "A client that gives up before its neighbour entry does ends with ETIMEDOUT, and not with the"
        + " new owner's reset; its next connect asks for the address anew only once the entry failed.",
      source: "tcp_write_timeout, tcp_keepalive_timer, __neigh_event_send"
    ) { _, timeline in
      timeline.branches.contains { $0.events.last?.kind == .giveUp }
    },
  ]
}
