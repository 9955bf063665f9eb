/// Sysctls that decide no time, and so have no place in the catalogue: which there are, and what the
/// kernel accepts for each.
///
/// Source: written to Linux 6.18.44, one by one; first releases from the documentation of 2.6.11 to
/// 6.19. What the kernel keeps in jiffies is listed without a range.
package struct OtherSysctl: Sendable {
  package let key: SysctlKey
  /// What is accepted for the one number that it holds; nil: anything, or no number.
  package let range: ClosedRange<Int>?
  /// The first release that has it, where that is later than 3.10.
  package let since: KernelVersion?
  /// Whether it holds one number.
  package let isNumber: Bool

  package static subscript(key: SysctlKey) -> OtherSysctl? { byKey[key] }

  package static let byKey = Dictionary(
    (numbers + names).map { ($0.key, $0) }
  ) { first, _ in first }

  private static let numbers = table.split(separator: "\n").compactMap { line -> OtherSysctl? in
    let words = line.split(separator: " ")
    guard words.count >= 2 else { return nil }
    let ends = words[1].split(separator: ".").compactMap { Int($0) }
    return OtherSysctl(
      key: SysctlKey(String(words[0])), range: ends.count == 2 ? ends[0]...ends[1] : nil,
      since: words.count > 2 ? KernelVersion(String(words[2])) : nil, isNumber: true)
  }

  private static let names = others.flatMap { directory, names in
    names.split(separator: " ").map { name in
      OtherSysctl(
        key: SysctlKey("\(directory).\(name)"), range: nil, since: nil, isNumber: false)
    }
  }

  /// Keys of one number: what is accepted, and the first release.
  private static let table = """
    net.ipv4.fib_multipath_hash_fields 1..4095
    net.ipv4.fib_multipath_hash_policy 0..3
    net.ipv4.fib_multipath_hash_seed 0..2147483647
    net.ipv4.fib_multipath_use_neigh 0..1
    net.ipv4.fib_notify_on_flag_change 0..2
    net.ipv4.fwmark_reflect 0..255
    net.ipv4.icmp_echo_enable_probe 0..1
    net.ipv4.icmp_echo_ignore_all 0..1
    net.ipv4.icmp_echo_ignore_broadcasts 0..1
    net.ipv4.icmp_errors_use_inbound_ifaddr 0..1
    net.ipv4.icmp_ignore_bogus_error_responses 0..1
    net.ipv4.icmp_ratelimit any
    net.ipv4.icmp_ratemask any
    net.ipv4.igmp_link_local_mcast_reports 0..255
    net.ipv4.igmp_max_memberships any
    net.ipv4.igmp_max_msf any
    net.ipv4.igmp_qrv 1..2147483647
    net.ipv4.ip_autobind_reuse 0..1
    net.ipv4.ip_default_ttl 1..255
    net.ipv4.ip_dynaddr 0..255
    net.ipv4.ip_early_demux 0..255
    net.ipv4.ip_forward any
    net.ipv4.ip_forward_update_priority 0..1
    net.ipv4.ip_forward_use_pmtu 0..255
    net.ipv4.ip_no_pmtu_disc 0..255
    net.ipv4.ip_nonlocal_bind 0..255
    net.ipv4.ip_unprivileged_port_start 0..65535
    net.ipv4.ipfrag_high_thresh any
    net.ipv4.ipfrag_low_thresh any
    net.ipv4.ipfrag_max_dist 0..2147483647
    net.ipv4.ipfrag_time any
    net.ipv4.nexthop_compat_mode 0..1
    net.ipv4.raw_l3mdev_accept 0..1
    net.ipv4.tcp_adv_win_scale -31..31
    net.ipv4.tcp_app_win 0..31
    net.ipv4.tcp_autocorking 0..1 3.14
    net.ipv4.tcp_backlog_ack_defer 0..1 6.7
    net.ipv4.tcp_base_mss any
    net.ipv4.tcp_child_ehash_entries 0..16777216 6.1
    net.ipv4.tcp_comp_sack_delay_ns 0..2147483647 4.18
    net.ipv4.tcp_comp_sack_nr 0..255 4.18
    net.ipv4.tcp_dsack 0..255
    net.ipv4.tcp_early_demux 0..255
    net.ipv4.tcp_ecn 0..2
    net.ipv4.tcp_ecn_fallback 0..1
    net.ipv4.tcp_ecn_option 0..2 6.18
    net.ipv4.tcp_ecn_option_beacon 0..3 6.18
    net.ipv4.tcp_fack 0..255
    net.ipv4.tcp_fwmark_accept 0..255
    net.ipv4.tcp_invalid_ratelimit any 4.0
    net.ipv4.tcp_l3mdev_accept 0..1
    net.ipv4.tcp_limit_output_bytes any
    net.ipv4.tcp_max_reordering 1..2147483647 3.19
    net.ipv4.tcp_min_rtt_wlen 0..86400
    net.ipv4.tcp_min_snd_mss 48..65535 5.2
    net.ipv4.tcp_min_tso_segs 1..255
    net.ipv4.tcp_moderate_rcvbuf 0..255
    net.ipv4.tcp_mtu_probe_floor 48..65535 5.4
    net.ipv4.tcp_no_metrics_save 0..255
    net.ipv4.tcp_no_ssthresh_metrics_save 0..1 5.6
    net.ipv4.tcp_pacing_ca_ratio 0..1000
    net.ipv4.tcp_pacing_ss_ratio 0..1000
    net.ipv4.tcp_pingpong_thresh 1..255 6.7
    net.ipv4.tcp_plb_cong_thresh 0..256 6.2
    net.ipv4.tcp_plb_enabled 0..1 6.2
    net.ipv4.tcp_plb_idle_rehash_rounds 0..31 6.2
    net.ipv4.tcp_plb_rehash_rounds 0..31 6.2
    net.ipv4.tcp_plb_suspend_rto_sec 0..255 6.2
    net.ipv4.tcp_probe_interval any
    net.ipv4.tcp_probe_threshold any
    net.ipv4.tcp_reflect_tos 0..1 5.10
    net.ipv4.tcp_reordering 1..300
    net.ipv4.tcp_retrans_collapse 0..255
    net.ipv4.tcp_rfc1337 0..255
    net.ipv4.tcp_shrink_window 0..1 6.5
    net.ipv4.tcp_stdurg 0..255
    net.ipv4.tcp_tso_rtt_log 0..255 5.18
    net.ipv4.tcp_tso_win_divisor 0..255
    net.ipv4.tcp_workaround_signed_windows 0..255
    net.ipv4.udp_child_hash_entries 0..65536
    net.ipv4.udp_early_demux 0..255
    net.ipv4.udp_l3mdev_accept 0..1
    net.ipv4.udp_rmem_min 1..2147483647
    net.ipv4.udp_wmem_min 1..2147483647
    net.ipv4.xfrm4_gc_thresh any
    """

  /// Keys of several numbers, of text, or of numbers that nobody tried.
  private static let others = [
    (
      "net.ipv4",
      "cipso_cache_bucket_size cipso_cache_enable cipso_rbm_optfmt cipso_rbm_strictvalid fib_sync_mem"
        + " inet_peer_maxttl inet_peer_minttl inet_peer_threshold ipfrag_secret_interval"
        + " ping_group_range tcp_allowed_congestion_control tcp_available_congestion_control"
        + " tcp_available_ulp tcp_ehash_entries tcp_fastopen_key udp_hash_entries udp_mem"
        + " ip_local_unbindable_ports"
    ),
    (
      "net.core",
      "bpf_jit_enable bpf_jit_harden bpf_jit_kallsyms bpf_jit_limit busy_poll busy_read dev_weight"
        + " dev_weight_rx_bias dev_weight_tx_bias devconf_inherit_init_net"
        + " fb_tunnels_only_for_init_net flow_limit_cpu_bitmap flow_limit_table_len gro_normal_batch"
        + " high_order_alloc_disable max_skb_frags mem_pcpu_rsv message_burst message_cost"
        + " netdev_budget netdev_budget_usecs netdev_rss_key netdev_tstamp_prequeue"
        + " netdev_unregister_timeout_secs optmem_max rmem_default rps_default_mask"
        + " rps_sock_flow_entries skb_defer_max tstamp_allow_data txrehash warnings wmem_default"
        + " xfrm_acq_expires xfrm_aevent_etime xfrm_aevent_rseqth xfrm_larval_drop"
    ),
    (
      "net.ipv4.route",
      "error_burst error_cost flush gc_elasticity gc_interval gc_min_interval gc_min_interval_ms"
        + " gc_thresh gc_timeout max_size min_adv_mss min_pmtu mtu_expires redirect_load"
        + " redirect_number redirect_silence"
    ),
    (
      "net.netfilter",
      "nf_conntrack_acct nf_conntrack_buckets nf_conntrack_checksum nf_conntrack_count"
        + " nf_conntrack_events nf_conntrack_expect_max nf_conntrack_frag6_high_thresh"
        + " nf_conntrack_frag6_low_thresh nf_conntrack_frag6_timeout nf_conntrack_generic_timeout"
        + " nf_conntrack_gre_timeout nf_conntrack_gre_timeout_stream nf_conntrack_icmp_timeout"
        + " nf_conntrack_icmpv6_timeout nf_conntrack_log_invalid nf_conntrack_tcp_be_liberal"
        + " nf_conntrack_tcp_ignore_invalid_rst nf_conntrack_timestamp nf_conntrack_udp_timeout"
        + " nf_conntrack_udp_timeout_stream nf_hooks_lwtunnel nf_log_all_netns"
        + " nf_flowtable_tcp_timeout nf_flowtable_udp_timeout nf_conntrack_sctp_timeout_established"
    ),
  ]
}
