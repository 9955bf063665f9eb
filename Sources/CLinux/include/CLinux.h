// What glibc hides from Swift or lacks: wrappers out of line, each returning >= 0 or -errno.
// Never <linux/tcp.h>: it collides with glibc's <netinet/tcp.h>.
#ifndef CLINUX_H
#define CLINUX_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

enum {
  CLINUX_CLONE_NEWUSER = 0x10000000,
  CLINUX_CLONE_NEWNET = 0x40000000,
  CLINUX_O_PATH = 010000000,
};

// Socket options newer than glibc's headers.
enum {
  CLINUX_TCP_RTO_MAX_MS = 44,  // Linux 6.15
  CLINUX_TCP_RTO_MIN_US = 45,  // Linux 6.15
};

// The name of an errno value such as "EACCES"; NULL where glibc knows none.
const char *clinux_errno_name(int code);

// The program's name and its arguments, ended by NULL.
char **clinux_arguments(void);

// Namespaces and processes.
int clinux_unshare(int flags);
int clinux_enter_network_namespace(int descriptor);
int clinux_signal_when_parent_ends(int signal);
// A process, and a duplicate of a descriptor of it; glibc has neither before 2.36.
int clinux_process_descriptor(int process);  // pidfd_open(2), Linux 5.3
int clinux_duplicate_from(int process_descriptor, int number);  // pidfd_getfd(2), Linux 5.6
// Starts a program with these descriptors as standard input and output; it is killed when the
// parent ends, from its first instruction on. Its process identifier.
int clinux_spawn(
    char *const words[], char *const environment[], int input, int output);
int clinux_signal_descriptor(const sigset_t *signals);
int clinux_is_ignored(int signal);

/// Whether no dynamic loader has started this program.
int clinux_is_static(void);  // 1 where its action is SIG_IGN
// The exit status, or 128 + the signal that ended the process, as shells have it.
int clinux_exit_status(int wait_status);

int clinux_pipe(int ends[2]);  // both close-on-exec

// Giving up rights, for good: this thread, those it makes from then on, and programs it starts.
int clinux_forbid_new_privileges(void);  // PR_SET_NO_NEW_PRIVS
// Sets of capabilities: bit n stands for capability n.
int clinux_permitted_capabilities(uint64_t *permitted);
int clinux_keep_capabilities(uint64_t kept);  // in the bounding set too, where this process may
// Landlock: its version, or -ENOSYS or -EOPNOTSUPP; a set of rules, to be closed after it is entered;
// a place below which some of what it refuses (LANDLOCK_ACCESS_FS_*) is allowed all the same.
int clinux_landlock_version(void);
int clinux_landlock_create(uint64_t refused);
int clinux_landlock_allow(int rules, int place, uint64_t allowed);
int clinux_landlock_enter(int rules);
// System calls that are refused from then on (seccomp(2)), besides those that change the host itself:
// EPERM, EAFNOSUPPORT for sockets, ENOSYS for what a filter cannot look into.
enum {
  CLINUX_CALLS_FILES = 1,  // changing what files are called, whose they are and what they may
  CLINUX_CALLS_WRITING = 2,  // opening files to write into them
  CLINUX_CALLS_NETWORK = 4,  // sockets but those within the machine (AF_UNIX, AF_NETLINK)
  CLINUX_CALLS_PROCESSES = 8,  // looking into other processes
  CLINUX_CALLS_SIGNALS = 16,  // sending them to other processes
  CLINUX_CALLS_PROGRAMS = 32,  // starting them
  CLINUX_CALLS_NAMESPACES = 64,  // entering those that are there
  CLINUX_CALLS_NEW_NAMESPACES = 128,  // making some
};
int clinux_refuse_calls(unsigned refused);

// Epoll; events are EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP, EPOLLRDHUP.
struct clinux_ready {
  uint64_t token;
  uint32_t events;
};
int clinux_epoll_create(void);
int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token);
int clinux_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t token);
int clinux_epoll_remove(int epoll, int descriptor);
int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int capacity, int milliseconds);

// Sockets.
int clinux_accept(int listener);  // close-on-exec, never blocks
int clinux_drop_everything(int socket);  // SO_ATTACH_FILTER with `ret 0`
int clinux_drop_nothing(int socket);  // SO_DETACH_FILTER
// A filter by the mark of what arrives (SKF_AD_MARK): takes what has it, or all else.
int clinux_take_by_mark(int socket, unsigned mark, int takes_marked);
int clinux_mark(int socket, unsigned mark);  // SO_MARK
int clinux_netlink_socket(int protocol);  // connected to the kernel; close-on-exec, never blocks
// Connects; SIGALRM, without SA_RESTART, cuts the wait short after that time.
int clinux_connect_until_alarm(
    int socket, const void *address, unsigned length, long microseconds);

// Attempts to connect, of which there may be many: no texts are made of what they come to.
// The bytes of the address are four or sixteen; the port is in the order of this machine.
int clinux_connect(
    int socket, int family, const uint8_t *bytes, uint16_t port, uint32_t scope);
// 1 where the peer, of that port, is the socket itself.
int clinux_is_connected_to_itself(int socket, uint16_t port);
int clinux_report_errors(int socket, int family);  // IP_RECVERR, IPV6_RECVERR
struct clinux_handshake {
  uint32_t round_trip_microseconds;  // tcpi_rtt; 0 where there is no sample
  uint32_t retransmissions;  // tcpi_total_retrans
};
int clinux_read_handshake(int socket, struct clinux_handshake *handshake);
// A message of the error queue (struct sock_extended_err).
struct clinux_message {
  int error;
  uint8_t origin;  // SO_EE_ORIGIN_LOCAL 1, SO_EE_ORIGIN_ICMP 2, SO_EE_ORIGIN_ICMP6 3
  uint8_t type, code;
  uint8_t sender_length;  // 4, 16, or 0 where it is not known
  uint8_t sender[16];
};
int clinux_read_message(int socket, struct clinux_message *message);  // -EAGAIN: there is none

// A raw socket that sees every TCP segment that arrives in its network namespace, with the kernel's
// time stamp: over IPv4 from the IP header on, over IPv6 from the TCP header on.
int clinux_segment_socket(int family, int receive_buffer);
// A packet socket that sees every frame in its network namespace, with the same stamp.
int clinux_frame_socket(int receive_buffer);
// The length of the packet, of which at most `capacity` bytes are stored; the stamp is of
// CLOCK_REALTIME, 0 where the kernel gave none.
long clinux_receive_packet(
    int socket, void *buffer, size_t capacity, int64_t *stamp_nanoseconds);

#endif
