#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
// The kernel's own header, for what glibc's <netinet/in.h> lacks; it wants a timespec first.
#include <time.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "CLinux.h"

int clinux_connect(
    int socket, int family, const uint8_t *bytes, uint16_t port, uint32_t scope) {
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address = {0};
  socklen_t length;
  if (family == AF_INET) {
    address.v4.sin_family = AF_INET;
    address.v4.sin_port = htons(port);
    memcpy(&address.v4.sin_addr, bytes, 4);
    length = sizeof address.v4;
  } else {
    address.v6.sin6_family = AF_INET6;
    address.v6.sin6_port = htons(port);
    address.v6.sin6_scope_id = scope;
    memcpy(&address.v6.sin6_addr, bytes, 16);
    length = sizeof address.v6;
  }
  return connect(socket, &address.any, length) == -1 ? -errno : 0;
}

int clinux_is_connected_to_itself(int socket, uint16_t port) {
  // The port of both families lies at the same place.
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } own = {0}, peer = {0};
  socklen_t length = sizeof own;
  if (getsockname(socket, &own.any, &length) == -1) return -errno;
  if (own.v4.sin_port != htons(port)) return 0;
  length = sizeof peer;
  if (getpeername(socket, &peer.any, &length) == -1) return -errno;
  return memcmp(&own, &peer, sizeof own) == 0;
}

int clinux_report_errors(int socket, int family) {
  int on = 1;
  int result = family == AF_INET
                   ? setsockopt(socket, IPPROTO_IP, IP_RECVERR, &on, sizeof on)
                   : setsockopt(socket, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  return result == -1 ? -errno : 0;
}

int clinux_read_handshake(int socket, struct clinux_handshake *handshake) {
  struct tcp_info info;
  socklen_t length = sizeof info;
  memset(&info, 0, sizeof info);
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) == -1) return -errno;
  handshake->round_trip_microseconds = info.tcpi_rtt;
  handshake->retransmissions = info.tcpi_total_retrans;
  return 0;
}

static void read_message(
    const struct sock_extended_err *error, size_t length, struct clinux_message *message) {
  message->error = (int)error->ee_errno;
  message->origin = error->ee_origin;
  message->type = error->ee_type;
  message->code = error->ee_code;
  const struct sockaddr *offender = SO_EE_OFFENDER(error);
  size_t rest = length - sizeof *error;
  if (rest >= sizeof(struct sockaddr_in) && offender->sa_family == AF_INET) {
    message->sender_length = 4;
    memcpy(message->sender, &((const struct sockaddr_in *)offender)->sin_addr, 4);
  } else if (rest >= sizeof(struct sockaddr_in6) && offender->sa_family == AF_INET6) {
    message->sender_length = 16;
    memcpy(message->sender, &((const struct sockaddr_in6 *)offender)->sin6_addr, 16);
  }
}

int clinux_read_message(int socket, struct clinux_message *message) {
  char control[512] __attribute__((aligned(8)));
  char quoted[64];
  struct iovec part = {.iov_base = quoted, .iov_len = sizeof quoted};
  struct msghdr header = {
      .msg_iov = &part, .msg_iovlen = 1,
      .msg_control = control, .msg_controllen = sizeof control,
  };
  memset(message, 0, sizeof *message);
  if (recvmsg(socket, &header, MSG_ERRQUEUE | MSG_DONTWAIT) == -1) return -errno;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
    int isV4 = c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR;
    int isV6 = c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR;
    size_t length = c->cmsg_len - CMSG_LEN(0);
    if (!(isV4 || isV6) || length < sizeof(struct sock_extended_err)) continue;
    read_message((const struct sock_extended_err *)CMSG_DATA(c), length, message);
  }
  return 0;
}
