{ config, ... }: {
  boot.kernel.sysctl = {
    "net.ipv4.tcp_retries2" = 8; # x
    "net.ipv4.tcp_rmem" = "4096 1 2";
    "net.ipv4.tcp_fin_timeout" = lib.mkDefault 30;
  };
  boot.kernel.sysctl."net.ipv4.ip_forward" = true;
}
