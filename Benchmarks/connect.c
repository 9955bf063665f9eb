// What `tcpadvisor probe` is compared with: as many connects with epoll, written out in C.
//
//   connect PORT COUNT CONCURRENCY     connects to 127.1.0.0, 127.1.0.1, …; prints how many a second
//   connect --serve                    prints a port, accepts and closes
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct attempt {
  int socket;
  long start;
};

static struct attempt *attempts;
static int *unused, unused_count, under_way;
static long *times, ended, open_count, refused_count;
static int epoll;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void begin(uint32_t host, int port) {
  int on = 1, slot = unused[--unused_count];
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(host);
  int connecting = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(connecting, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  attempts[slot] = (struct attempt){connecting, now()};
  if (connect(connecting, (struct sockaddr *)&address, sizeof address) == -1 &&
      errno != EINPROGRESS) {
    perror("connect");
    exit(1);
  }
  struct epoll_event event = {.events = EPOLLOUT, .data.u32 = slot};
  epoll_ctl(epoll, EPOLL_CTL_ADD, connecting, &event);
  under_way++;
}

static void end(int slot, uint32_t events, long time) {
  struct attempt *attempt = &attempts[slot];
  int error = 0;
  socklen_t length = sizeof error;
  if (events & EPOLLHUP) getsockopt(attempt->socket, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error == 0) {
    struct tcp_info info;
    struct linger linger = {1, 0};
    length = sizeof info;
    getsockopt(attempt->socket, IPPROTO_TCP, TCP_INFO, &info, &length);
    setsockopt(attempt->socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    open_count++;
  } else {
    // Whether an ICMP message is behind it.
    char bytes[512];
    struct iovec part = {bytes, 64};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = bytes + 64, .msg_controllen = 448};
    recvmsg(attempt->socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
    refused_count++;
  }
  times[ended++] = time - attempt->start;
  close(attempt->socket);
  unused[unused_count++] = slot;
  under_way--;
}

static void drain(int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(epoll, events, 64, milliseconds);
  long time = count > 0 ? now() : 0;
  for (int i = 0; i < count; i++) end(events[i].data.u32, events[i].events, time);
}

static int compare(const void *a, const void *b) {
  long one = *(const long *)a, other = *(const long *)b;
  return (one > other) - (one < other);
}

static int serve(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET};
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  socklen_t length = sizeof address;
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4096)) return 1;
  getsockname(listener, (struct sockaddr *)&address, &length);
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  while (1) {
    int accepted = accept(listener, NULL, NULL);
    if (accepted >= 0) close(accepted);
  }
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "--serve") == 0) return serve();
  if (count != 4) return 2;
  int port = atoi(words[1]), concurrency = atoi(words[3]);
  long number = atol(words[2]);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  attempts = calloc(concurrency, sizeof *attempts);
  unused = calloc(concurrency, sizeof *unused);
  times = calloc(number, sizeof *times);
  for (int slot = 0; slot < concurrency; slot++) unused[unused_count++] = slot;
  epoll = epoll_create1(EPOLL_CLOEXEC);
  long start = now();
  for (long i = 0; i < number; i++) {
    while (under_way == concurrency) drain(-1);
    begin(0x7f010000 + (uint32_t)i, port);
    drain(0);
  }
  while (under_way > 0) drain(-1);
  double seconds = (now() - start) / 1e9;
  qsort(times, ended, sizeof *times, compare);
  printf("%ld open, %ld refused, %.0f a second, median %.3f ms\n", open_count, refused_count,
         number / seconds, times[ended / 2] / 1e6);
  return 0;
}
