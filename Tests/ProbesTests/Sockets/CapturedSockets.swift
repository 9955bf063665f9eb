import NamespaceTesting

/// What inet_diag of Linux 6.18 said of sockets; a few values are changed so that no two fields that
/// are read are alike.
enum CapturedSockets {
  /// Established; 1,000 bytes sent three times to a peer that has fallen silent.
  static let retransmitting = Datagram(
    """
    98010000 1400 0000 07000000 69080000  # nlmsghdr
    02 01 01 02  # family, state, timer, retrans
    9f8a e50d  # ports
    7f000001000000000000000000000000 7f000001000000000000000000000000  # addresses
    00000000 0110000000000000  # link, cookie
    94010000 00000000 e8030000 00000000 4dde0b00  # expires, rqueue, wqueue, uid, inode
    0500 0800 00 000000  # INET_DIAG_SHUTDOWN
    0800 0f00 00000000  # INET_DIAG_CLASS_ID
    0c00 1500 0100000000000000  # INET_DIAG_CGROUP_ID
    0600 1600 5200 0000  # INET_DIAG_SOCKOPT
    1c01 0200  # INET_DIAG_INFO
    """ + "\n" + information)

  /// `struct tcp_info` of the same socket.
  static let information = """
    01 04 02 00 02 07 aa 01  # state, ca_state, retransmits, probes, backoff, options, scales, flags
    00350c00 00000000 e57f0000 18020000  # rto, ato, snd_mss, rcv_mss
    01000000 00000000 01000000 01000000 00000000  # unacked, sacked, lost, retrans, fackets
    8c010000 00000000 b8040000 b9040000  # last_data_sent, ack_sent, data_recv, ack_recv
    ffff0000 d7ff0000 23000000 11000000 ffffff7f  # pmtu, rcv_ssthresh, rtt, rttvar, snd_ssthresh
    01000000 cbff0000 03000000  # snd_cwnd, advmss, reordering
    00000000 d7ff0000 03000000  # rcv_rtt, rcv_space, total_retrans
    c415783906000000 ffffffffffffffff  # pacing_rate, max_pacing_rate
    0100000000000000 0000000000000000  # bytes_acked, bytes_received
    06000000 01000000 00000000 22000000  # segs_out, segs_in, notsent_bytes, min_rtt
    00000000 04000000  # data_segs_in, data_segs_out
    0000000000000000 c06e120000000000  # delivery_rate, busy_time
    0000000000000000 0000000000000000  # rwnd_limited, sndbuf_limited
    01000000 00000000  # delivered, delivered_ce
    a00f000000000000 b80b000000000000  # bytes_sent, bytes_retrans
    00000000 00000000 00000000  # dsack_dups, reord_seen, rcv_ooopack
    cbff0000 00000100 02000000  # snd_wnd, rcv_wnd, rehash
    0200 0100 20030000  # total_rto, total_rto_recoveries, total_rto_time
    00000000 00000000 00000000 00000000 00000000 00000000 00000000  # AccECN counts
    0000 0000  # accecn_fail_mode, accecn_opt_seen

    """

  /// A handshake that the listener has answered, the answer being lost twice.
  static let handshake = Datagram(
    """
    60000000 1400 0000 07000000 69080000  # nlmsghdr
    02 03 01 02  # family, state, timer, retrans
    e50d 844d  # ports
    7f000001000000000000000000000000 7f000001000000000000000000000000  # addresses
    00000000 0210000000000000  # link, cookie
    10070000 00000000 00000000 00000000 00000000  # expires, rqueue, wqueue, uid, inode
    0800 0f00 00000000  # INET_DIAG_CLASS_ID
    """)

  static let timeWait = Datagram(
    """
    60000000 1400 0000 07000000 69080000  # nlmsghdr
    0a 06 03 00  # family, state, timer, retrans
    e66a b147  # ports
    00000000000000000000000000000001 fe800000000000000000000000000002  # addresses
    04000000 0410000000000000  # link, cookie
    f8e90000 00000000 00000000 00000000 00000000  # expires, rqueue, wqueue, uid, inode
    0800 0f00 00000000  # INET_DIAG_CLASS_ID
    """)

  /// Only the beginning of its tcp_info, which holds the queue in `unacked` and `sacked`.
  static let listener = Datagram(
    """
    78000000 1400 0000 07000000 69080000  # nlmsghdr
    0a 0a 00 00  # family, state, timer, retrans
    b147 0000  # ports
    00000000000000000000000000000001 00000000000000000000000000000000  # addresses
    00000000 0510000000000000  # link, cookie
    00000000 02000000 05000000 e8030000 aade0b00  # expires, rqueue, wqueue, uid, inode
    2000 0200  # INET_DIAG_INFO
    0a 00 00 00 00 00 00 00  # state
    00000000 00000000 00000000 00000000  # rto, ato, snd_mss, rcv_mss
    02000000  # unacked
    """)

  /// A path of a Multipath TCP connection, with what is asked for beside the rest; its tcp_info is
  /// left out.
  static let multipath = Datagram(
    """
    f0000000 1400 0200 07000000 b7590000  # nlmsghdr
    02 01 00 00  # family, state, timer, retrans
    af36 870d  # ports
    7f000001000000000000000000000000 7f000001000000000000000000000000  # addresses
    00000000 2a79040000000000  # link, cookie
    00000000 00000000 00000000 00000000 c5bb1d01  # expires, rqueue, wqueue, uid, inode
    2800 0700  # INET_DIAG_SKMEMINFO
    00000000 00000200 00000000 001e3c00  # rmem_alloc, rcvbuf, wmem_alloc, sndbuf
    00000000 00000000 00000000 00000000 00000000  # fwd_alloc, queued, optmem, backlog, drops
    0800 0400 62627200  # INET_DIAG_CONG
    6800 1300  # INET_DIAG_ULP_INFO
    0a00 0100 6d7074637000 0000  # INET_ULP_INFO_NAME
    5800 0300 0800010000000000 08000200a4fbcb75  # INET_ULP_INFO_MPTCP
    0800080083000000 0500090000000000 05000a0000000000 0800030001000000
    0c00040038a96c5c0cbb8b1b 0800050001000000 08000600538287f6 0600070000000000
    """)
}
