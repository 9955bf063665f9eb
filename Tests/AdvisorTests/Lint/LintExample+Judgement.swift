extension LintExample {
  static let timeouts: [LintExample] = [
    LintExample(
      "TA040", "net.ipv4.tcp_syn_retries = 1\n", "net.ipv4.tcp_syn_retries = 2\n",
      clean: "net.ipv4.tcp_syn_retries = 3\n"),
    LintExample(
      "TA041", "net.ipv4.tcp_synack_retries = 2\n", clean: "net.ipv4.tcp_synack_retries = 3\n"),
    LintExample(
      "TA042", "net.ipv4.tcp_retries2 = 3\n", "net.ipv4.tcp_retries2 = 7\n",
      clean: "net.ipv4.tcp_retries2 = 8\n"),
    LintExample(
      "TA043", "net.ipv4.tcp_rto_max_ms = 1000\n",
      "net.ipv4.tcp_rto_max_ms = 1000\nnet.ipv4.tcp_retries2 = 10\n",
      clean: "net.ipv4.tcp_rto_max_ms = 1000\nnet.ipv4.tcp_retries2 = 100\n",
      "net.ipv4.tcp_rto_max_ms = 60000\n"),
    LintExample(
      "TA044", "net.ipv4.tcp_orphan_retries = 1\n", clean: "net.ipv4.tcp_orphan_retries = 0\n"),
    LintExample(
      "TA045", "net.ipv4.tcp_keepalive_time = 1200\n", clean: "net.ipv4.tcp_keepalive_time = 300\n",
      "net.ipv4.tcp_keepalive_time = 7200\n"),
    LintExample(
      "TA046", "net.ipv4.tcp_keepalive_time = 6\n", clean: "net.ipv4.tcp_keepalive_time = 60\n"),
    LintExample(
      "TA047", "net.ipv4.tcp_keepalive_time = 300\n",
      "net.ipv4.tcp_keepalive_time = 300\nnet.ipv4.tcp_keepalive_intvl = 30\n",
      clean: """
        net.ipv4.tcp_keepalive_time = 300
        net.ipv4.tcp_keepalive_intvl = 30
        net.ipv4.tcp_keepalive_probes = 5

        """, "net.ipv4.tcp_keepalive_intvl = 30\n"),
    LintExample(
      "TA048", "net.ipv4.tcp_keepalive_probes = 1\n", clean: "net.ipv4.tcp_keepalive_probes = 3\n"),
    LintExample(
      "TA049", "net.ipv4.tcp_keepalive_time = 60\nnet.ipv4.tcp_keepalive_intvl = 75\n",
      clean: "net.ipv4.tcp_keepalive_time = 60\nnet.ipv4.tcp_keepalive_intvl = 60\n",
      "net.ipv4.tcp_keepalive_intvl = 75\n"),
  ]

  static let timeWait: [LintExample] = [
    LintExample(
      "TA050", "net.ipv4.tcp_fin_timeout = 15\n", clean: "net.ipv4.tcp_fin_timeout = 60\n",
      "net.ipv4.tcp_fin_timeout = 120\n"),
    LintExample("TA051", "net.ipv4.tcp_tw_reuse = 1\n", clean: "net.ipv4.tcp_tw_reuse = 2\n"),
    LintExample(
      "TA052", "net.ipv4.tcp_tw_reuse = 1\nnet.ipv4.tcp_timestamps = 0\n",
      clean: "net.ipv4.tcp_tw_reuse = 1\n",
      "net.ipv4.tcp_tw_reuse = 0\nnet.ipv4.tcp_timestamps = 0\n"),
    LintExample(
      "TA053", "net.ipv4.tcp_max_tw_buckets = 5000\n",
      clean: "net.ipv4.tcp_max_tw_buckets = 2000000\n"),
    LintExample(
      "TA054", "net.ipv4.tcp_max_orphans = 3276800\n", "net.ipv4.tcp_max_orphans = 8192\n",
      clean: "net.ipv4.tcp_orphan_retries = 0\n"),
    LintExample(
      "TA055", "net.netfilter.nf_conntrack_tcp_timeout_established = 600\n",
      clean: "net.netfilter.nf_conntrack_tcp_timeout_established = 86400\n",
      """
      net.netfilter.nf_conntrack_tcp_timeout_established = 600
      net.ipv4.tcp_keepalive_time = 300

      """),
    LintExample(
      "TA056", "net.netfilter.nf_conntrack_max = 1048576\n",
      clean: "net.netfilter.nf_conntrack_max = 262144\n",
      "net.netfilter.nf_conntrack_max = 1048576\nnet.netfilter.nf_conntrack_buckets = 262144\n"),
  ]

  static let protocols: [LintExample] = [
    LintExample("TA057", "net.ipv4.tcp_timestamps = 0\n", clean: "net.ipv4.tcp_timestamps = 1\n"),
    LintExample(
      "TA058", "net.ipv4.tcp_sack = 0\n", "net.ipv4.tcp_dsack = 0\n",
      "net.ipv4.tcp_window_scaling = 0\n", clean: "net.ipv4.tcp_sack = 1\n"),
    LintExample(
      "TA059", "net.ipv4.tcp_syncookies = 0\n", "net.ipv4.tcp_syncookies = 2\n",
      clean: "net.ipv4.tcp_syncookies = 1\n"),
    LintExample(
      "TA060", "net.ipv4.tcp_abort_on_overflow = 1\n",
      clean: "net.ipv4.tcp_abort_on_overflow = 0\n"),
    LintExample(
      "TA061", "net.ipv4.tcp_no_metrics_save = 1\n", clean: "net.ipv4.tcp_no_metrics_save = 0\n"),
    LintExample(
      "TA062", "net.ipv4.tcp_slow_start_after_idle = 0\n",
      clean: "net.ipv4.tcp_slow_start_after_idle = 1\n"),
    LintExample("TA063", "net.ipv4.tcp_rfc1337 = 1\n", clean: "net.ipv4.tcp_rfc1337 = 0\n"),
    LintExample(
      "TA064", "net.ipv4.tcp_ecn = 1\n", clean: "net.ipv4.tcp_ecn = 2\n", "net.ipv4.tcp_ecn = 0\n"),
    LintExample(
      "TA065", "net.ipv4.tcp_fastopen = 3\n", clean: "net.ipv4.tcp_fastopen = 1\n",
      "net.ipv4.tcp_fastopen = 0\n"),
    LintExample(
      "TA066", "net.ipv4.tcp_challenge_ack_limit = 1000\n",
      clean: "net.ipv4.tcp_challenge_ack_limit = 999999999\n"),
    LintExample(
      "TA067", "net.ipv4.tcp_early_retrans = 1\n", clean: "net.ipv4.tcp_early_retrans = 3\n",
      "net.ipv4.tcp_early_retrans = 0\n"),
    LintExample("TA068", "net.ipv4.tcp_recovery = 0\n", clean: "net.ipv4.tcp_recovery = 1\n"),
    LintExample(
      "TA069", "net.ipv4.tcp_congestion_control = bbr2\n",
      "net.ipv4.tcp_congestion_control = tsunami\n",
      clean: "net.ipv4.tcp_congestion_control = bbr\n",
      "net.ipv4.tcp_congestion_control = yeah\n"),
  ]

  static let memory: [LintExample] = [
    LintExample(
      "TA070", "net.ipv4.tcp_mem = 8388608 12582912 16777216\n",
      clean: "net.ipv4.tcp_mem = 381462 508616 762924\n"),
    LintExample(
      "TA071", "net.ipv4.tcp_rmem = 4096 16777216 16777216\n",
      "net.ipv4.tcp_wmem = 4096 1048576 16777216\n",
      clean: "net.ipv4.tcp_rmem = 4096 262144 16777216\n"),
    LintExample(
      "TA072", "net.ipv4.tcp_moderate_rcvbuf = 0\n", clean: "net.ipv4.tcp_moderate_rcvbuf = 1\n"),
    LintExample(
      "TA073", "net.core.netdev_max_backlog = 250000\n", "net.core.somaxconn = 262144\n",
      "net.ipv4.tcp_max_syn_backlog = 3240000\n", clean: "net.core.netdev_max_backlog = 30000\n",
      "net.core.somaxconn = 65535\n"),
    LintExample(
      "TA074", "net.ipv4.tcp_max_syn_backlog = 8192\n",
      clean: "net.ipv4.tcp_max_syn_backlog = 4096\n",
      "net.ipv4.tcp_max_syn_backlog = 8192\nnet.core.somaxconn = 8192\n"),
    LintExample(
      "TA075", "net.ipv4.ip_local_port_range = 1024 65535\n",
      "net.ipv4.ip_local_port_range = 2000 65000\n",
      clean: "net.ipv4.ip_local_port_range = 10240 65535\n",
      """
      net.ipv4.ip_local_port_range = 1024 65535
      net.ipv4.ip_local_reserved_ports = 8080,9090

      """),
    LintExample(
      "TA076", "net.ipv4.ip_local_port_range = 10240 65534\n",
      clean: "net.ipv4.ip_local_port_range = 10240 65535\n"),
    LintExample(
      "TA077", "net.ipv4.conf.all.rp_filter = 1\n", clean: "net.ipv4.conf.all.rp_filter = 2\n",
      "net.ipv4.conf.default.rp_filter = 1\n", "-net.ipv4.conf.all.rp_filter\n"),
    LintExample(
      "TA078", "net.ipv4.conf.all.accept_redirects = 1\nnet.ipv4.ip_forward = 1\n",
      clean: "net.ipv4.ip_forward = 1\nnet.ipv4.conf.all.accept_redirects = 1\n",
      "net.ipv4.conf.all.accept_redirects = 0\nnet.ipv4.ip_forward = 1\n"),
  ]
}
