#define _GNU_SOURCE
#include "CLinux.h"
#include "Checked.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char **arguments;

// glibc hands them to what is in .init_array as it does to main.
__attribute__((constructor)) static void keep_arguments(int count, char **words) {
  (void)count;
  arguments = words;
}

char **clinux_arguments(void) { return arguments; }

const char *clinux_errno_name(int code) { return strerrorname_np(code); }

int clinux_unshare(int flags) { return checked(unshare(flags)); }

int clinux_enter_network_namespace(int descriptor) {
  return checked(setns(descriptor, CLONE_NEWNET));
}

int clinux_signal_when_parent_ends(int signal) {
  return checked(prctl(PR_SET_PDEATHSIG, signal));
}

static int put(int descriptor, int place) {
  return descriptor == place ? fcntl(place, F_SETFD, 0) : dup2(descriptor, place);
}

int clinux_spawn(
    char *const words[], char *const environment[], int input, int output) {
  pid_t parent = getpid();
  volatile int failure = 0;
  // posix_spawn cannot ask for the signal, and the child itself would ask too late.
  pid_t child = vfork();
  if (child == 0) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && put(input, 0) >= 0 && put(output, 1) >= 0) {
      // Ended before it was asked for.
      if (getppid() != parent) _exit(1);
      execve(words[0], words, environment);
    }
    failure = errno;
    _exit(127);
  }
  if (child > 0 && failure != 0) {
    waitpid(child, NULL, 0);
    return -failure;
  }
  return checked(child);
}

int clinux_process_descriptor(int process) {
  return checked(syscall(434 /* pidfd_open, on every architecture */, process, 0));
}

int clinux_duplicate_from(int process_descriptor, int number) {
  return checked(syscall(438 /* pidfd_getfd */, process_descriptor, number, 0));
}

int clinux_signal_descriptor(const sigset_t *signals) {
  return checked(signalfd(-1, signals, SFD_NONBLOCK | SFD_CLOEXEC));
}

int clinux_is_static(void) { return getauxval(AT_BASE) == 0; }

int clinux_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int clinux_exit_status(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int clinux_pipe(int ends[2]) { return checked(pipe2(ends, O_CLOEXEC)); }

int clinux_epoll_create(void) { return checked(epoll_create1(EPOLL_CLOEXEC)); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return checked(epoll_ctl(epoll, operation, descriptor, &event));
}

int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token) {
  return control(epoll, EPOLL_CTL_ADD, descriptor, events, token);
}

int clinux_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t token) {
  return control(epoll, EPOLL_CTL_MOD, descriptor, events, token);
}

int clinux_epoll_remove(int epoll, int descriptor) {
  return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0);
}

int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int capacity, int milliseconds) {
  struct epoll_event events[64];
  if (capacity > 64) capacity = 64;
  int count = checked(epoll_wait(epoll, events, capacity, milliseconds));
  for (int i = 0; i < count; i++) {
    ready[i].token = events[i].data.u64;
    ready[i].events = events[i].events;
  }
  return count;
}

int clinux_accept(int listener) {
  return checked(accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

static void ignore_alarm(int signal) { (void)signal; }

int clinux_connect_until_alarm(
    int socket, const void *address, unsigned length, long microseconds) {
  // Again and again: an alarm that comes just before connect sleeps would be lost.
  struct timeval time = {microseconds / 1000000, microseconds % 1000000};
  struct itimerval timer = {.it_interval = time, .it_value = time}, previous_timer;
  struct sigaction action = {.sa_handler = ignore_alarm}, previous_action;
  sigset_t set, previous_set;
  sigemptyset(&action.sa_mask);
  sigemptyset(&set);
  sigaddset(&set, SIGALRM);
  sigaction(SIGALRM, &action, &previous_action);
  sigprocmask(SIG_UNBLOCK, &set, &previous_set);
  setitimer(ITIMER_REAL, &timer, &previous_timer);
  int result = checked(connect(socket, address, length));
  setitimer(ITIMER_REAL, &previous_timer, NULL);
  sigprocmask(SIG_SETMASK, &previous_set, NULL);
  sigaction(SIGALRM, &previous_action, NULL);
  return result;
}

int clinux_drop_everything(int socket) {
  struct sock_filter drop[] = {BPF_STMT(BPF_RET | BPF_K, 0)};
  struct sock_fprog program = {.len = 1, .filter = drop};
  return checked(setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
}

int clinux_drop_nothing(int socket) {
  int ignored = 0;
  return checked(setsockopt(socket, SOL_SOCKET, SO_DETACH_FILTER, &ignored, sizeof ignored));
}

int clinux_take_by_mark(int socket, unsigned mark, int takes_marked) {
  struct sock_filter steps[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_MARK),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, mark, !takes_marked, !!takes_marked),
      BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
      BPF_STMT(BPF_RET | BPF_K, 0),
  };
  struct sock_fprog program = {.len = sizeof steps / sizeof *steps, .filter = steps};
  return checked(setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program));
}

int clinux_mark(int socket, unsigned mark) {
  return checked(setsockopt(socket, SOL_SOCKET, SO_MARK, &mark, sizeof mark));
}

int clinux_netlink_socket(int protocol) {
  int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (netlink == -1) return -errno;
  // To port 0, the kernel: nobody else can answer then (`netlink_getsockbyportid`).
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  int result = checked(connect(netlink, (struct sockaddr *)&kernel, sizeof kernel));
  if (result >= 0) return netlink;
  close(netlink);
  return result;
}

static int prepare_tap(int tap, int receive_buffer) {
  int on = 1;
  // Forcing the size needs CAP_NET_ADMIN; without it net.core.rmem_max is the limit.
  if (setsockopt(tap, SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof receive_buffer) == -1)
    setsockopt(tap, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  return checked(setsockopt(tap, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on));
}

int clinux_segment_socket(int family, int receive_buffer) {
  int tap = socket(family, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
  if (tap == -1) return -errno;
  int result = prepare_tap(tap, receive_buffer);
  if (result >= 0) return tap;
  close(tap);
  return result;
}

int clinux_frame_socket(int receive_buffer) {
  int tap = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, htons(ETH_P_ALL));
  if (tap == -1) return -errno;
  int result = prepare_tap(tap, receive_buffer);
  if (result >= 0) return tap;
  close(tap);
  return result;
}

long clinux_receive_packet(
    int socket, void *buffer, size_t capacity, int64_t *stamp_nanoseconds) {
  char control[CMSG_SPACE(sizeof(struct timespec)) + 64] __attribute__((aligned(8)));
  struct iovec part = {.iov_base = buffer, .iov_len = capacity};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control,
      .msg_controllen = sizeof control,
  };
  ssize_t length = recvmsg(socket, &message, MSG_DONTWAIT | MSG_TRUNC);
  if (length == -1) return -errno;
  *stamp_nanoseconds = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
    struct timespec stamp;
    memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
    *stamp_nanoseconds = stamp.tv_sec * 1000000000LL + stamp.tv_nsec;
  }
  return length;
}
