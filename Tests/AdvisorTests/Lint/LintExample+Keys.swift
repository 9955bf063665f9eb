import Advisor

extension LintExample {
  static let keys: [LintExample] = [
    LintExample(
      "TA023", "net.ipv4.tcp_tw_recycle = 1\n", "net/ipv4/tcp_tw_recycle = 1\n",
      "net.ipv4.netfilter.ip_conntrack_max = 1\n", "net.dccp.default.seq_window = 1\n",
      "net.ipv4.tcp_rx_skb_cache = 1\n", clean: "net.ipv4.tcp_tw_reuse = 2\n",
      "vm.tcp_tw_recycle = 1\n", "net.ipv4.*.tcp_tw_recycle = 1\n"),
    LintExample(
      "TA024", "net.ipv4.tcp_fack = 1\n", "net.ipv4.udp_wmem_min = 8192\n",
      "net.ipv4.tcp_low_latency = 1\n", "net.ipv4.route.max_size = 1\n",
      clean: "net.ipv4.udp_rmem_min = 8192\n", "net.ipv4.tcp_sack = 1\n"),
    LintExample(
      "TA024", "net.ipv4.udp_wmem_min = 1\n", clean: "net.ipv4.tcp_adv_win_scale = 1\n"
    ).on(6, 1),
    LintExample(
      "TA025", "net.ipv4.neigh.default.unres_qlen = 3\n",
      "net.ipv6.neigh.eth0.base_reachable_time = 30\n",
      clean: "net.ipv4.neigh.default.unres_qlen_bytes = 300\n",
      "net.ipv4.neigh.default.base_reachable_time_ms = 30000\n"),
    LintExample(
      "TA026", "net.ipv4.tcp_rto_max_ms = 60000\n", "net.ipv4.tcp_shrink_window = 1\n",
      clean: "net.ipv4.tcp_migrate_req = 1\n", "net.ipv4.tcp_sack = 1\n"
    ).on(5, 15),
    LintExample(
      "TA027", "net.ipv4.tcp_keepalive_interval = 30\n", "net.ipv4.tcp_syncookie = 1\n",
      "net.core.tcp_syncookies = 1\n", "net.ipv4.tcp_rfc1373 = 1\n", "net.core.somaxcon = 4096\n",
      clean: "net.ipv4.tcp_keepalive_intvl = 30\n", "net.ipv4.tcp_tw_timeout = 3\n",
      "net.ipv4.tcp_dsack = 1\n", "net.netfilter.nf_conntrack_buckets = 1\n", "vm.swapiness = 1\n",
      "net.ipv6.route.gc_thresh = 1\n", "net.ipv4.conf.all.arp_filter = 1\n"),
    LintExample(
      "TA028", "net/ipv4.tcp_sack = 1\n", "net.ipv4/tcp_sack = 1\n",
      clean: "net/ipv4/tcp_sack = 1\n", "net/ipv4/conf/eth0.5/rp_filter = 1\n",
      "net.ipv4.conf.eth0/5.rp_filter = 1\n"),
    LintExample(
      "TA029", "net.ipv4.tcp_available_congestion_control = cubic\n",
      clean: "net.ipv4.tcp_congestion_control = cubic\n"),
    LintExample(
      "TA030", "net.ipv4.route.flush = 1\n", "vm.drop_caches = 3\n",
      clean: "net.ipv4.route.gc_timeout = 1\n"),
    LintExample(
      "TA031", "net.netfilter.nf_conntrack_max = 262144\n",
      "net.bridge.bridge-nf-call-iptables = 1\n", "net.nf_conntrack_max = 262144\n",
      clean: "net.ipv4.tcp_sack = 1\n", "net.ipv4.tcp_congestion_control = bbr\n"),
    LintExample(
      "TA032", "net.core.netdev_max_backlog=5000\n", "net.ipv4.tcp_mem=1 2 3\n",
      "net.ipv4.neigh.default.gc_thresh1=128\n", "vm.swappiness=1\n", "net.core.rmem_max=9999999\n",
      clean: "net.core.somaxconn=4096\n", "kernel.shm_rmid_forced=1\n", "net.ipv4.tcp_sack=1\n",
      "net.ipv4.neigh.eth0.gc_stale_time=60\n"
    ).of(.container),
    LintExample(
      "TA033", "net.core.somaxconn=4096\n", "net.ipv4.tcp_syn_retries=3\n",
      clean: "net.ipv4.tcp_syncookies=1\n", "kernel.shmmax=1\n", "net.ipv4.tcp_keepalive_time=60\n"
    ).of(.pod),
    LintExample(
      "TA034", "net.ipv4.conf.eth0.rp_filter = 2\n", "net.ipv6.neigh.eno1.gc_stale_time = 60\n",
      clean: "net.ipv4.conf.all.rp_filter = 2\n", "net.ipv4.conf.default.rp_filter = 2\n",
      "net.ipv4.conf.*.rp_filter = 2\n", "net.ipv4.conf.lo.rp_filter = 2\n"),
  ]

  static let together: [LintExample] = [
    LintExample(
      "TA035", "vm.swappiness = 1\nvm.swappiness=1\n",
      "net.ipv4.tcp_rmem = 4096 131072 6291456\nnet/ipv4/tcp_rmem = 4096\t131072\t6291456\n",
      clean: "vm.swappiness = 1\nvm.swappiness = 2\n", "vm.swappiness = 1\n"),
    LintExample(
      "TA036", "vm.swappiness = 1\nvm.swappiness = 2\n",
      "net.ipv4.conf.*.rp_filter = 1\nnet.ipv4.conf.*.rp_filter = 2\n",
      clean: "vm.swappiness = 1\nvm.swappiness = 1\n",
      "net.ipv4.conf.*.rp_filter = 1\nnet.ipv4.conf.all.rp_filter = 2\n"),
    LintExample(
      "TA038", "net.ipv4.tcp_retries2 = 15\n", "net.ipv4.ip_local_port_range = 32768\t60999\n",
      clean: "net.ipv4.tcp_retries2 = 10\n", "net.ipv4.tcp_syncookies = 1\n",
      "net.ipv4.tcp_sack = 1\n"),
    LintExample("TA038", "net.core.somaxconn = 128\n", clean: "net.core.somaxconn = 4096\n")
      .on(4, 19),
    LintExample("TA038", "net.ipv4.tcp_retries2 = 15\n", clean: "net.ipv4.tcp_retries2 = 15\n")
      .at("60-server.conf", clean: "60-tcpadvisor-server.conf"),
    LintExample(
      "TA039", "net.core.somaxconn = 1024\n", "net.ipv4.tcp_rmem = 4096 87380 174760\n",
      "net.core.rmem_max = 262144\n", "net.ipv4.tcp_rmem = 4096 131072 6291456\n",
      clean: "net.core.somaxconn = 65535\n", "net.ipv4.tcp_rmem = 4096 131072 33554432\n"),
    LintExample(
      "TA039", "net.ipv4.tcp_rmem = 4096 131072 6000000\n",
      "net.ipv4.tcp_wmem = 4096 16384 4000000\n",
      clean: "net.ipv4.tcp_rmem = 4096 131072 6291456\n",
      "net.ipv4.tcp_wmem = 4096 16384 4194304\n"
    ).on(6, 15),
    LintExample(
      "TA039", "net.core.somaxconn=1024\n", clean: "net.core.rmem_max=262144\n",
      "net.core.netdev_max_backlog=500\n"
    ).of(.pod),
    LintExample("TA039", "net.core.somaxconn = 100\n", clean: "net.core.somaxconn = 1024\n")
      .on(4, 19),
  ]

  static let names: [LintExample] = [
    LintExample(
      "TA085", "worker_processes = 5\n", "-tcp_sack = 1\n", "vm.swappiness = 1\n/x = 1\n",
      clean: "vm.swappiness = 1\n", "net/ipv4/tcp_sack = 1\n", "-vm.swappiness\n", "* = 1\n")
  ]

  static let containers: [LintExample] = [
    LintExample(
      "TA083", "net.core.somaxconn=1024\n", "net.ipv4.tcp_syncookies=1\n",
      clean: "kernel.shmmax=1\n"
    ).of(.pod) { $0.shared = .network },
    LintExample(
      "TA083", "kernel.shmmax=1\n", "fs.mqueue.msg_max=100\n",
      clean: "net.core.somaxconn=8192\n"
    ).of(.container) { $0.shared = .ipc },
    LintExample("TA084", "net.core.somaxconn=8192\n").of(.pod) { $0.valueType = .number },
    LintExample("TA084", clean: "net.core.somaxconn=8192\n").of(.container) {
      $0.valueType = .number
    },
    LintExample("TA084", "net.ipv4.tcp_syncookies=1\n", clean: "").of(.pod) {
      $0.valueType = .boolean
    },
  ]

  static let silences: [LintExample] = [
    LintExample(
      "TA079", "# tcpadvisor: ignore=TA050\nnet.ipv4.tcp_fin_timeout = 30\n",
      clean: "# tcpadvisor: ignore=TA050 agreed with the vendor\nnet.ipv4.tcp_fin_timeout = 30\n"),
    LintExample(
      "TA080", "# tcpadvisor: ignore=TA999 why\n", "# tcpadvisor: ignore= why\n",
      clean: "# tcpadvisor: ignore=ta050,TA013 why\nnet.ipv4.tcp_fin_timeout = 30 # x\n"),
    LintExample(
      "TA081", "# tcpadvisor: ignore=TA050 why\nnet.ipv4.tcp_fin_timeout = 60\n",
      clean: "# tcpadvisor: ignore=TA050 why\n\n# more\nnet.ipv4.tcp_fin_timeout = 30\n"),
  ]
}
