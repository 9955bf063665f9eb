extension LintExample {
  /// Files of programs: each with what is wrong, and with what is right.
  static let programs: [LintExample] = [
    LintExample(
      "TA086", "listen 80 so_keepalive=40000s::;", "listen 80 so_keepalive=60:10:300;",
      "proxy_connect_timeout 90s;",
      clean: "listen 80 so_keepalive=30m::10;", "listen 80 so_keepalive=on;",
      "listen 80 so_keepalive=::;", "listen 80 so_keepalive=$idle::;", "proxy_read_timeout 1d;",
      "# listen 80 so_keepalive=40000s::;", "set $a 'listen 80 so_keepalive=40000s::';"
    ).of("nginx"),
    LintExample(
      "TA086", "[a]\nconnect_timeout=1\n", "[a]\nkeepalives_count=128\n",
      clean: "[a]\nconnect_timeout=0\n", "[a]\nconnect_timeout=2\n"
    ).of("libpq"),
    LintExample(
      "TA086", "network.tcp.keep_idle: 301\n",
      clean: "network.tcp.keep_idle: -1\n", "network.tcp.keep_idle: 300\n"
    ).of("elasticsearch"),
    LintExample(
      "TA086", "tcp_keepalives_idle = 99999999999999999999999d\n",
      "TCP_KEEPALIVE_IDLE = 1\nTCP_KEEPALIVES_IDLE = 10h\n",
      clean: "tcp_keepalives_idle = 0\n", "tcp_keepalives_idle = 9h\n",
      "tcp_keepalives_idle = 32767 # 9 h\n", "tcp_keepalives_idle '5min'\n"
    ).of("postgresql"),
    LintExample(
      "TA086", "[mysqld]\ntcp-keepalive-time = 32768\n",
      clean: "[mysqld]\ntcp_keepalive_time = 32767\n"
    ).of("mariadb"),
    LintExample(
      "TA087", "tcp_keepalives_idle = 5m\n", "tcp_keepalives_idle = 10s5\n",
      "tcp_keepalives_count = few3\n",
      clean: "tcp_keepalives_idle = '5min'\n", "tcp_keepalives_idle = {{ idle }}\n",
      "tcp_user_timeout = 0.5min\n"
    ).of("postgresql"),
    LintExample(
      "TA087", "[pgbouncer]\ntcp_keepidle = 60s\n", clean: "[pgbouncer]\ntcp_keepidle = 60\n"
    ).of("pgbouncer"),
    LintExample(
      "TA088", "tcp_user_timeout = 30\n", "tcp_keepalives_idle = 30000\n",
      "tcp_keepalives_interval = 1500ms\n",
      clean: "tcp_user_timeout = 30s\n", "tcp_user_timeout = 30000\n", "tcp_user_timeout = 0\n",
      "tcp_keepalives_idle = 18000\n", "tcp_keepalives_interval = 2000ms\n"
    ).of("postgresql"),
    LintExample(
      "TA087", "ProxyPass / http://b/ connectiontimeout=5sec\n",
      clean: "ProxyPass / http://b/ connectiontimeout=5 keepalive=On\n",
      "proxypass / http://b/ ConnectionTimeout=500ms\n", "Timeout 60sec\n"
    ).of("httpd"),
    LintExample(
      "TA088", "defaults\n timeout connect 5\n",
      clean: "defaults\n timeout connect 5s\n", "defaults\n timeout connect 5000\n"
    ).of("haproxy"),
    LintExample("TA088", clean: "proxy_connect_timeout 5;", "proxy_read_timeout 30;").of("nginx"),
    LintExample(
      "TA089", "backend a\n default-server tcp-ut 30s\n",
      "backend a\n server b localhost:80 check tcp-ut 30s\n",
      "backend a\n server b ipv4@app.internal tcp-ut 30s\n",
      clean: "backend a\n server b 10.0.0.1:80 check tcp-ut 30s\n",
      "backend a\n server b [2001:db8::1]:80 tcp-ut 30s\n",
      "backend a\n server b 2001:db8::1:80 tcp-ut 30s\n",
      "backend a\n server b ipv4@10.0.0.1 tcp-ut 30s\n",
      "backend a\n server b ${HOST}:80 tcp-ut 30s\n",
      "backend a\n server b unix@/run/b tcp-ut 30s\n",
      "backend a\n server b localhost:80 check\n", "frontend a\n bind :80 tcp-ut 30s\n"
    ).of("haproxy"),
    LintExample(
      "TA090", "backend a\n srvtcpka-idle 60s\n",
      "defaults\n option srvtcpka\nbackend a\n no option srvtcpka\n srvtcpka-idle 60s\n",
      "backend b\n option srvtcpka\nbackend a\n srvtcpka-idle 60s\n",
      "defaults\n option srvtcpka\ndefaults\n mode tcp\nbackend a\n srvtcpka-idle 60s\n",
      "defaults\n srvtcpka-idle 60s\ndefaults\nbackend a\n option srvtcpka\n",
      clean: "backend a\n option srvtcpka\n srvtcpka-idle 60s\n",
      "defaults\n srvtcpka-idle 60s\nbackend a\n option srvtcpka\n",
      "backend a\n srvtcpka-idle 60s\n option tcpka\n",
      "defaults\n option srvtcpka\nbackend a\n srvtcpka-idle 60s\n"
    ).of("haproxy"),
    LintExample(
      "TA090", "[Socket]\nKeepAliveTimeSec=60\n",
      clean: "[Socket]\nKeepAlive=yes\nKeepAliveTimeSec=60\n"
    ).of("systemd-socket"),
    LintExample(
      "TA090", "[a]\nkeepalives=0\nkeepalives_idle=60\n",
      clean: "[a]\nkeepalives_idle=60\n", "[b]\nkeepalives=0\n[a]\nkeepalives_idle=60\n"
    ).of("libpq"),
    LintExample(
      "TA091", "tcp_keepalive_idle = 60\n", "tcp_user_timeouts = 30s\n",
      clean: "tcp_keepalives_idle = 60\n", "max_connections = 100\n", "port = 5432\n"
    ).of("postgresql"),
    LintExample(
      "TA091", "listen 80 so_keepalives=on;", "proxy_socket_keep_alive on;",
      clean: "proxy_send_timeout 30s;", "listen 80 default_server reuseport;",
      "scgi_send_timeout 5s;", "keepalive_timeout 75s;", "send_timeout 60s;"
    ).of("nginx"),
    LintExample(
      "TA091", "frontend a\n option clitcpak\n", "backend a\n timeout conect 5s\n",
      clean: "frontend a\n option tcplog\n option tcp-check\n timeout check 5s\n"
        + " timeout client 5s\n timeout queue 5s\n timeout tunnel 1h\n timeout server-fin 5s\n"
    ).of("haproxy"),
    LintExample(
      "TA091", "Host a\n  ServerAliveIntervall 15\n",
      clean: "Host a\n  serveraliveinterval 15\n  ServerAliveCountMax 3\n  TCPKeepAlive no\n"
    ).of("ssh"),
    LintExample("TA092", "proxy_socket_keepalive on;", clean: "proxy_read_timeout 5s;")
      .of("nginx", "1.14.2"),
    LintExample("TA092", clean: "proxy_socket_keepalive on;").of("nginx", "1.15.6"),
    LintExample("TA092", clean: "proxy_socket_keepalive on;").of("nginx"),
  ]
}
