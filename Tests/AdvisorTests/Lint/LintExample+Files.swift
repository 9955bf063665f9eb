extension LintExample {
  static let files: [LintExample] = [
    LintExample(
      "TA001", "net.ipv4.tcp_sack 1\n", "[net]\n", "= 1\n", "--net.ipv4.tcp_sack = 1\n",
      "net.ipv4 tcp_sack = 1\n", clean: "# net.ipv4.tcp_sack 1\n", "; x\n", "-net.ipv4.tcp_sack\n"),
    LintExample(
      "TA002", "sysctl -w net.ipv4.tcp_sack=1\n", "sudo sysctl net.ipv4.tcp_sack=1\n",
      "echo 1 > /proc/sys/net/ipv4/tcp_sack\n", clean: "# sysctl -w net.ipv4.tcp_sack=1\n"),
    LintExample(
      "TA003", "- net.ipv4.tcp_sack = 1\n", clean: "-net.ipv4.tcp_sack = 1\n",
      " -net.ipv4.tcp_sack = 1\n"),
    LintExample(
      "TA004", "\u{feff}net.ipv4.tcp_sack = 1\n", clean: "net.ipv4.tcp_sack = 1\n",
      "net.ipv4.tcp_sack = 1\n\u{feff}\n"),
    LintExample(
      "TA005", "net.ipv4.tcp_sack = 1\0\n", "# a\rnet.ipv4.tcp_sack = 1\n",
      clean: "net.ipv4.tcp_sack = 1\r\n", "# \t\n"),
    LintExample(
      "TA006", "net.ipv4.tcp_sack = 1", "# nothing", clean: "net.ipv4.tcp_sack = 1\n", "", "\n"),
    LintExample("TA007", "# a\r\n", "net.ipv4.tcp_sack = 1\r\n# b\n", clean: "# a\n"),
    LintExample("TA008", "net.ipv4.tcp_sack = 1\n", clean: "net.ipv4.tcp_sack = 1\n")
      .at("/etc/sysctl.d/60-example", clean: "/etc/sysctl.d/60-example.conf"),
    LintExample("TA008", "net.ipv4.tcp_sack = 1\n", clean: "# nothing\n")
      .at("/etc/sysctl.d/.60-example.conf", clean: "/etc/sysctl.d/README"),
    LintExample("TA009", "net.ipv4.tcp_sack = 1\n", clean: "net.ipv4.tcp_sack = 1\n")
      .at("/etc/sysctl.d/60-example.conf.bak", clean: "/etc/60-example.conf.bak"),
    LintExample(
      "TA010", "# \(String(repeating: "x", count: 1 << 20))\n",
      clean: "# \(String(repeating: "x", count: 1 << 19))\n"),
    LintExample(
      "TA082", "worker_processes auto;\nevents {\n}\n", "import os\nx = 1\ny = 2\n",
      "maxmemory 5gb\nport 6379\nbind 127.0.0.1\n", "[a]\nb = c\nd = e\n",
      "[Unit]\n[Service]\nExecStart=/sbin/sysctl -w vm.swappiness=1\n",
      clean: "x 1\n", "a\nb\n", "a\nb\nc\nvm.swappiness = 1\n", "# a\n# b\n# c\n",
      "{% for a in b %}\n{{ a }}\n{% endfor %}\n", "a 1\nb 2\nsysctl -w vm.swappiness=1\n"),
    LintExample("TA012", "net.ipv4.tcp_sack = 1\n", clean: "net.ipv4.tcp_sack = 1\n")
      .at("/usr/lib/sysctl.d/99-vendor.conf", clean: "/etc/sysctl.d/99-local.conf"),
  ]

  static let values: [LintExample] = [
    LintExample(
      "TA013", "net.ipv4.tcp_keepalive_time = 60 # why\n",
      "net.ipv4.tcp_keepalive_time = 60 ; why\n",
      "net.ipv4.tcp_rmem = 4096 131072 6291456 // why\n", "vm.swappiness = 10 # why\n",
      clean: "# why\nnet.ipv4.tcp_keepalive_time = 60\n", "kernel.core_pattern = |/bin/x # y\n"),
    LintExample(
      "TA014", "net.ipv4.tcp_keepalive_intvl = 60s\n", "net.ipv4.tcp_keepalive_intvl = 60.5\n",
      "net.ipv4.tcp_keepalive_intvl = 60;\n", "net.ipv4.tcp_keepalive_intvl = +9\n",
      "net.ipv4.tcp_keepalive_intvl =\n", "net.ipv4.tcp_rmem = 4096,131072,6291456\n",
      "net.ipv4.ip_local_port_range = 10240-65535\n", "net.ipv4.tcp_congestion_control = bbr # x\n",
      "net.ipv4.tcp_congestion_control =\n", "net.ipv4.tcp_keepalive_intvl = 08\n",
      clean: "net.ipv4.tcp_keepalive_intvl = 60\n", "net.ipv4.tcp_congestion_control = bbr\n",
      "net.ipv4.ip_local_reserved_ports = 8080,9000-9100\n",
      "net.ipv4.ip_local_reserved_ports =\n", "net.ipv4.tcp_keepalive_intvl = {{ interval }}\n"),
    LintExample(
      "TA015", "net.ipv4.tcp_sack = \"1\"\n", "kernel.hostname = 'x'\n",
      clean: "net.ipv4.tcp_sack = 1\n", "kernel.core_pattern = |/bin/x \"y\"\n"),
    LintExample(
      "TA016", "net.ipv4.tcp_keepalive_intvl = 060\n", "net.ipv4.tcp_rmem = 4096 0131072 6291456\n",
      clean: "net.ipv4.tcp_keepalive_intvl = 60\n", "net.ipv4.tcp_sack = 01\n",
      "net.ipv4.tcp_orphan_retries = 0\n", "kernel.hostname = 007\n"),
    LintExample(
      "TA017", "net.ipv4.tcp_keepalive_intvl = 0x3c\n",
      clean: "net.ipv4.tcp_keepalive_intvl = 60\n",
      "kernel.core_pattern = 0x3c\n"),
    LintExample(
      "TA018", "net.ipv4.tcp_rmem = 4096 131072\n", "net.ipv4.tcp_rmem = 4096 131072 6291456 7\n",
      "net.ipv4.tcp_keepalive_intvl = 60 70\n", "net.ipv4.ip_local_port_range = 10240\n",
      "net.ipv4.tcp_keepalive_intvl = 60 s\n",
      clean: "net.ipv4.tcp_rmem = 4096\t131072  6291456\n", "net.ipv4.ping_group_range = 0 1\n",
      "net.ipv4.tcp_available_congestion_control = reno cubic\n", "kernel.printk = 4 4 1 7\n"),
    LintExample(
      "TA019", "net.ipv4.tcp_syn_retries = 0\n", "net.ipv4.tcp_syn_retries = 128\n",
      "net.ipv4.tcp_keepalive_time = 99999999\n", "net.ipv4.tcp_ecn = 3\n",
      "net.ipv4.ip_local_port_range = 60000 1024\n", "net.ipv4.ip_local_port_range = 1024 70000\n",
      "net.ipv4.ip_local_port_range = 1000 60999\n", "net.core.rmem_max = 2147483648\n",
      "net.ipv4.tcp_rmem = 4096 131072 4294967296\n", "net.ipv4.tcp_reordering = 0\n",
      clean: "net.ipv4.tcp_syn_retries = 127\n", "net.ipv4.tcp_notsent_lowat = 4294967295\n",
      "net.ipv4.ip_local_port_range = 10240 65535\n", "net.core.rmem_max = 2147483647\n",
      "net.ipv4.tcp_mem = 8589934592 8589934592 8589934592\n"),
    LintExample(
      "TA020", "net.ipv4.tcp_rmem = 16384 4096 6291456\n", "net.ipv4.tcp_wmem = 4096 65536 100\n",
      "net.ipv4.tcp_mem = 3 2 1\n", clean: "net.ipv4.tcp_rmem = 4096 4096 6291456\n",
      "net.ipv4.tcp_rmem = 4096 131072\n"),
    LintExample(
      "TA021", "net.ipv4.tcp_keepalive_time = 0\n", "net.ipv4.tcp_keepalive_intvl = -1\n",
      "net.ipv4.tcp_fin_timeout = 0\n", "net.ipv4.tcp_keepalive_probes = 0\n",
      "net.ipv4.tcp_retries2 = 0\n", "net.ipv4.tcp_synack_retries = 0\n",
      clean: "net.ipv4.tcp_keepalive_time = 1\n", "net.ipv4.tcp_orphan_retries = 0\n"),
    LintExample(
      "TA022", "net.ipv4.neigh.default.retrans_time_ms = 250\n", "net.ipv4.icmp_ratelimit = 1\n",
      clean: "net.ipv4.neigh.default.retrans_time_ms = 500\n", "net.ipv4.tcp_rto_max_ms = 60001\n",
      "net.ipv4.icmp_ratelimit = 0\n"),
  ]
}
