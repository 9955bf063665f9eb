// What `tcpadvisor probe --reconnect` is compared with: the same rounds, written out in C.
//
//   reconnect PORT ROUNDS     connects to 127.1.0.0 with new sockets and with one by turns; prints the
//                             nanoseconds of calls in the median round of either
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in peer = {.sin_family = AF_INET};
static int epoll;
// Of each round: what the calls took, without waiting for the peer.
static long *renewed, *reused;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int new_socket(void) {
  int on = 1;
  int made = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(made, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  return made;
}

static void watch(int watched) {
  struct epoll_event event = {.events = EPOLLOUT | EPOLLET};
  epoll_ctl(epoll, EPOLL_CTL_ADD, watched, &event);
}

static int error_of(int asked) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(asked, SOL_SOCKET, SO_ERROR, &error, &length);
  return error;
}

// Connects, waits for the outcome and asks what there is to know of it; the time until it waits.
static long connect_once(int connecting, int is_new, long begin) {
  struct epoll_event event;
  // Whether it is time to stop.
  epoll_wait(epoll, &event, 1, 0);
  if (connect(connecting, (struct sockaddr *)&peer, sizeof peer) == -1 && errno != EINPROGRESS) {
    perror("connect");
    exit(1);
  }
  if (is_new) watch(connecting);
  long begun = now();
  epoll_wait(epoll, &event, 1, -1);
  int is_open = event.events & EPOLLHUP ? error_of(connecting) == 0 : 1;
  struct sockaddr_in local;
  socklen_t length = sizeof local;
  getsockname(connecting, (struct sockaddr *)&local, &length);
  if (is_open) {
    int unread;
    struct tcp_info info;
    length = sizeof info;
    ioctl(connecting, FIONREAD, &unread);
    getsockopt(connecting, IPPROTO_TCP, TCP_INFO, &info, &length);
  } else {
    // Whether an ICMP message is behind it.
    char bytes[512];
    struct iovec part = {bytes, 64};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = bytes + 64, .msg_controllen = 448};
    recvmsg(connecting, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
  }
  return begun - begin;
}

static void renew(long round) {
  long begin = now();
  int connecting = new_socket();
  long time = connect_once(connecting, 1, begin);
  long end = now();
  close(connecting);
  renewed[round] = time + now() - end;
}

static void reuse(int kept, long round) {
  struct sockaddr none = {.sa_family = AF_UNSPEC};
  long time = connect_once(kept, 0, now());
  long end = now();
  connect(kept, &none, sizeof none);
  reused[round] = time + now() - end;
  error_of(kept);
}

static int compare(const void *a, const void *b) {
  long one = *(const long *)a, other = *(const long *)b;
  return (one > other) - (one < other);
}

int main(int count, char **words) {
  if (count != 3) return 2;
  peer.sin_port = htons(atoi(words[1]));
  peer.sin_addr.s_addr = htonl(0x7f010000);
  long rounds = atol(words[2]);
  renewed = calloc(rounds, sizeof *renewed);
  reused = calloc(rounds, sizeof *reused);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  int kept = new_socket();
  watch(kept);
  struct epoll_event event;
  // A socket that was never connected is ready at once.
  epoll_wait(epoll, &event, 1, 0);
  for (long round = 0; round < rounds; round++) {
    if (round & 1) reuse(kept, round);
    renew(round);
    if (!(round & 1)) reuse(kept, round);
  }
  qsort(renewed, rounds, sizeof *renewed, compare);
  qsort(reused, rounds, sizeof *reused, compare);
  printf("%ld %ld\n", renewed[rounds / 2], reused[rounds / 2]);
  return 0;
}
