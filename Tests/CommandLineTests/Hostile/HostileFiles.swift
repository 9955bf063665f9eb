/// Files with places for hostile texts.
enum HostileFiles {
  /// Files of each reader of `lint`; EVIL is replaced.
  static let linted = [
    "sysctl.conf": """
    # EVIL
    net.ipv4.EVIL = 1
    net.ipv4.tcp_retries2 = EVIL
    net.ipv4.tcp_syn_retries = 3 # EVIL
    -EVIL=EVIL
    EVIL
    net.ipv4.tcp_fin_timeout = 5 # tcpadvisor: ignore TA029 EVIL
    net.ipv4.tcp_fin_timeout = 5 # tcpadvisor: ignore EVIL
    """,
    "pod.yaml": """
    apiVersion: v1
    kind: Pod
    metadata: {name: "EVIL"}
    spec:
      securityContext:
        sysctls:
        - {name: "net.ipv4.EVIL", value: "EVIL"}
        - {name: net.ipv4.tcp_retries2, value: "EVIL"}
    """,
    "compose.yaml":
      "services: {\"EVIL\": {sysctls: {\"net.ipv4.EVIL\": \"EVIL\", net.ipv4.tcp_retries2: \"EVIL\"}}}\n",
    "playbook.yaml": """
    - hosts: all
      tasks:
      - name: "EVIL"
        ansible.posix.sysctl: {name: "net.ipv4.EVIL", value: "EVIL"}
    """,
    "template.yaml.j2": "a: {{ EVIL }}\nsysctls: {\"net.ipv4.EVIL\": \"EVIL\"}\n",
    "module.nix":
      "{ boot.kernel.sysctl = { \"net.ipv4.EVIL\" = \"EVIL\"; \"net.ipv4.tcp_retries2\" = \"EVIL\"; }; }\n",
    "script.sh":
      "#!/bin/sh\nsysctl -w net.ipv4.EVIL=EVIL\nsysctl -w \"net.ipv4.tcp_retries2=EVIL\"\n",
    "tuned.conf":
      "[main]\nsummary=EVIL\n[sysctl]\nnet.ipv4.EVIL=EVIL\nnet.ipv4.tcp_retries2=EVIL\n",
    "nginx.conf":
      "http {\n  EVIL EVIL;\n  keepalive_timeout EVIL;\n  listen 80 so_keepalive=EVIL;\n}\n",
    "haproxy.cfg": "defaults\n  timeout connect EVIL\n  EVIL EVIL\n  timeout EVIL 1s\n",
    "postgresql.conf": "tcp_keepalives_idle = EVIL\nEVIL = EVIL\ntcp_keepalives_EVIL = 1\n",
    "sshd_config": "ClientAliveInterval EVIL\nEVIL EVIL\nTCPKeepAliv EVIL\n",
    "redis.conf": "tcp-keepalive EVIL\nEVIL EVIL\ntcp-keepalives EVIL\n",
    "envoy.yaml":
      "static_resources: {clusters: [{name: \"EVIL\", connect_timeout: \"EVIL\", \"EVIL\": 1}]}\n",
    "advanced.config":
      "[{rabbit, [{tcp_listen_options, [{keepalive, 'EVIL'}, {\"EVIL\", 1}]}]}].\n",
    "my.cnf": "[mysqld]\nwait_timeout=EVIL\nEVIL=EVIL\n",
  ]
}
