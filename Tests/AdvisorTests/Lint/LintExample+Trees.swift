extension LintExample {
  /// Files of programs in which settings nest, and URLs.
  static let trees: [LintExample] = [
    LintExample(
      "TA086",
      "clusters:\n- upstream_connection_options: { tcp_keepalive: { keepalive_time: 40000 } }",
      #"{"listeners": [{"socket_options": [{"level": 6, "name": 18, "int_value": -1}]}]}"#,
      clean:
        "clusters: [{ upstream_connection_options: { tcp_keepalive: { keepalive_time: 60 } } }]",
      "socket_options:\n- { level: 6, name: 18, int_value: 30000 }",
      "socket_options:\n- { level: 6, name: 99, int_value: 40000 }",
      "socket_options:\n- { level: 6, name: 4, buf_value: PAAAAA== }"
    ).of("envoy"),
    LintExample(
      "TA087", "connect_timeout: 5\n", "connect_timeout: 500ms\n",
      "a: { tcp_keepalive: { keepalive_probes: 3s } }\n",
      clean: "connect_timeout: 5s\n", "connect_timeout: 0.25s\n", "connect_timeout:\n",
      "connect_timeout: \"{{ timeout }}\"\n"
    ).of("envoy"),
    LintExample(
      "TA090", "a: { tcp_keepalive: { keepalive_time: 60, keepalive_probes: 0 } }\n",
      "listeners:\n- socket_options: [{ level: 6, name: 4, int_value: 60 }]\n"
        + "- socket_options: [{ level: 1, name: 9, int_value: 1 }]\n",
      "socket_options:\n- { level: 1, name: 9, int_value: 0 }\n- { level: 6, name: 5, int_value: 1 }",
      clean: "a: { tcp_keepalive: {} }\n",
      "clusters:\n- upstream_connection_options: { tcp_keepalive: {} }\n"
        + "  upstream_bind_config: { socket_options: [{ level: 6, name: 4, int_value: 60 }] }\n",
      "socket_options:\n- { level: 6, name: 5, int_value: 1 }\n- { level: 1, name: 9, int_value: 1 }",
      "socket_options:\n- { level: 6, name: 18, int_value: 30000 }"
    ).of("envoy"),
    LintExample(
      "TA088", "socket_options: [{ level: 6, name: 18, int_value: 30 }]\n",
      clean: "socket_options: [{ level: 6, name: 18, int_value: 3000 }]\n"
    ).of("envoy"),
    LintExample(
      "TA091", "a: { tcp_keepalives: {} }\n", "connect_timeouts: 5s\n",
      clean: "idle_timeout: 5s\n", "per_connection_buffer_limit_bytes: 1\n"
    ).of("envoy"),
    LintExample(
      "TA088", "tcp: { serversTransports: { a: { dialKeepAlive: 1500ms } } }\n",
      "tcpServersTransport:\n  dialkeepalive: 20000\n",
      clean: "tcp: { serversTransports: { a: { dialKeepAlive: 15s, dialTimeout: 10 } } }\n"
    ).of("traefik"),
    LintExample(
      "TA087", "a: { dialTimeout: 5sec }\n", clean: "a: { dialTimeout: 1m30s }\n"
    ).of("traefik"),
    LintExample(
      "TA091", "a: { dialKeepAlives: 5s }\n",
      clean: "respondingTimeouts: { idleTimeout: 5s }\n", "a: { idleConnTimeout: 90s }\n"
    ).of("traefik"),
    LintExample(
      "TA086", "network:\n  tcp:\n    keep_idle: 301\n",
      clean: "network: { tcp: { keep_idle: 300 } }\n", "other: { keep_idle: 301 }\n"
    ).of("elasticsearch"),
    LintExample(
      "TA088", "url=jdbc:mysql://db/a?connectTimeout=5\n",
      "url: jdbc:postgresql://a:1,b/a?socketTimeout=30000&connectTimeout=10\n",
      "<value>jdbc:postgresql://b/a?x=y&amp;connectTimeout=5000</value>\n",
      "a: 'jdbc:mariadb:sequential://b/a?connectTimeout=30'\n",
      "a: mongodb://b/?w=1&connectTimeoutMS=30\n",
      clean: "url=jdbc:mysql://db/a?connectTimeout=5000\n",
      "url=jdbc:postgresql://db/a?connectTimeout=5&socketTimeout=36000\n",
      "# url=jdbc:mysql://db/a?connectTimeout=5\n", "url=r2dbc:mysql://db/a?connectTimeout=5\n",
      "url=jdbc:postgresql://db/a?connectTimeout=${TIMEOUT}\n"
    ).of("connection-url"),
    LintExample(
      "TA087", "a jdbc:mysql://b/c?tcpKeepAlive=true&socketTimeout=30s b\n",
      "postgresql://b/c?keepalives_idle=60s\n",
      clean: "jdbc:mysql://b/c?connectTimeout=3000;\n", "http://b/c?connectTimeout=30s\n"
    ).of("connection-url"),
    LintExample(
      "TA090", "jdbc:mariadb://b/c?tcpKeepAlive=false&tcpKeepIdle=60\n",
      clean: "jdbc:mariadb://b/c?tcpKeepIdle=60\njdbc:mariadb://b/c?tcpKeepAlive=false\n"
    ).of("connection-url"),
    LintExample(
      "TA091", "jdbc:mysql://b/c?tcpKeepalives=true\n",
      clean: "jdbc:mysql://b/c?loginTimeout=5&tcpNoDelay=true\n"
    ).of("connection-url"),
    LintExample(
      "TA092", "jdbc:mariadb://b/c?tcpKeepIdle=60\n", clean: "jdbc:mysql://b/c?tcpKeepIdle=60\n"
    ).of("connection-url", "2.7", for: "mariadb-connector-j"),
    LintExample(
      "TA086", listening("{keepalive, true}, {raw, 6, 4, <<0:32/native>>}"),
      listening("{keepalive, true},\n{raw, 6, 6, <<200:32/native>>}"),
      clean: listening("{keepalive, true}, {raw, 6, 4, <<60:32/native>>}"),
      "% {raw, 6, 4, <<0:32/native>>}\n[].", "[{rabbit, [{heartbeat, 60}]}]."
    ).of("rabbitmq-advanced"),
    LintExample(
      "TA087", listening("{keepalive, true}, {raw, 6, 4, <<60:32>>}"),
      listening("{keepalive, true}, {raw, 6, 4, <<60:32/big>>}"),
      listening("{keepalive, true}, {raw, 6, 4, <<60>>}"),
      clean: listening("{keepalive, true}, {raw, 6, 4, <<60:32/little>>}")
    ).of("rabbitmq-advanced"),
    LintExample(
      "TA088", listening("{raw, 6, 18, <<30:32/native>>}"),
      clean: listening("{raw, 6, 18, <<30000:32/native>>}")
    ).of("rabbitmq-advanced"),
    LintExample(
      "TA090", listening("{raw, 6, 4, <<60:32/native>>}"),
      "[{rabbit, [{tcp_listen_options, [{raw, 6, 4, <<60:32/native>>}]}]},\n"
        + "{rabbitmq_mqtt, [{tcp_listen_options, [{keepalive, true}]}]}].",
      clean: "[{rabbit, [{tcp_listen_options, [{backlog, 128}, {keepalive, true},\n"
        + "  {raw, 6, 4, <<60:32/native>>}]}]}]."
    ).of("rabbitmq-advanced"),
    LintExample(
      "TA086", "SET mysql-tcp_keepalive_time=7201;\n",
      "mysql_variables=\n{\n  tcp_keepalive_time=9000\n}\n",
      clean: "SET mysql-tcp_keepalive_time = 60;\n", "-- SET mysql-tcp_keepalive_time=7201;\n",
      "// tcp_keepalive_time=9000\n"
    ).of("proxysql"),
    LintExample(
      "TA090", "SET mysql-use_tcp_keepalive='false'; SET mysql-tcp_keepalive_time=60;\n",
      clean: "SET mysql-use_tcp_keepalive='true';\nSET mysql-tcp_keepalive_time=60;\n"
    ).of("proxysql"),
  ]

  /// What RabbitMQ is told of its listeners.
  private static func listening(_ options: String) -> String {
    "[{rabbit, [{tcp_listen_options, [\(options)]}]}]."
  }
}
