import Advisor
import TCPModel

/// C for macOS: what it has of the options, under its own names and units.
struct MacOSSource: OtherSystemSource {
  let name = "macos"
  let summary = "C code for macOS, and what it has no equivalent of."
  let system = "macOS"

  func fileName(for plan: String) -> String { "\(plan).macos.c" }

  let advice =
    "TCP_RXT_CONNDROPTIME counts whole seconds from the first retransmission, the nearest to"
    + " TCP_USER_TIMEOUT. What no program sets is decided by the sysctls net.inet.tcp.keepidle,"
    + " keepintvl (milliseconds) and keepcnt; always_keepalive switches keepalive on for all."

  let headers = """
    #include <errno.h>
    #include <fcntl.h>
    #include <netinet/in.h>
    #include <netinet/tcp.h>
    #include <poll.h>
    #include <sys/socket.h>
    #include <time.h>
    #include <unistd.h>
    #ifndef TCP_RXT_CONNDROPTIME
    #define TCP_RXT_CONNDROPTIME 0x80
    #endif
    """

  let functions = """
    static int tcpadvisor_set_one(int fd, int level, int name, int value)
    {
        return setsockopt(fd, level, name, &value, sizeof value) == 0 ? 0 : errno;
    }

    // Returns zero or an errno; for a listener as well.
    static int tcpadvisor_set(int fd, const struct tcpadvisor_connections *group)
    {
        int error = tcpadvisor_set_one(fd, SOL_SOCKET, SO_KEEPALIVE, group->keepalive);
        if (error == 0 && group->idle > 0)
            error = tcpadvisor_set_one(fd, IPPROTO_TCP, TCP_KEEPALIVE, group->idle);
        if (error == 0 && group->interval > 0)
            error = tcpadvisor_set_one(fd, IPPROTO_TCP, TCP_KEEPINTVL, group->interval);
        if (error == 0 && group->count > 0)
            error = tcpadvisor_set_one(fd, IPPROTO_TCP, TCP_KEEPCNT, group->count);
        if (error == 0 && group->maximum > 0)
            error = tcpadvisor_set_one(fd, IPPROTO_TCP, TCP_RXT_CONNDROPTIME, group->maximum);
        return error;
    }

    // Returns 1 when it is ready, 0 after the limit, or -1 with errno.
    static int tcpadvisor_wait(int fd, short events, int limit_ms)
    {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        long long end = (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000 + limit_ms;
        for (;;) {
            struct pollfd polled = { fd, events, 0 };
            clock_gettime(CLOCK_MONOTONIC, &now);
            long long left = end - ((long long)now.tv_sec * 1000 + now.tv_nsec / 1000000);
            if (limit_ms >= 0 && left <= 0)
                return 0;
            int count = poll(&polled, 1, limit_ms < 0 ? -1 : (int)left);
            if (count > 0 || (count < 0 && errno != EINTR))
                return count;
        }
    }

    // Connects to one address and returns a descriptor that does not block, or -errno.
    static inline int tcpadvisor_connect(const struct tcpadvisor_connections *group,
                                         const struct sockaddr *address, socklen_t size)
    {
        int fd = socket(address->sa_family, SOCK_STREAM, 0);
        if (fd < 0)
            return -errno;
        int error = fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) < 0 ? errno : 0;
        if (error == 0)
            error = tcpadvisor_set(fd, group);
        if (error == 0 && connect(fd, address, size) < 0)
            error = errno;
        if (error == EINPROGRESS || error == EINTR) {
            socklen_t length = sizeof error;
            int ready = tcpadvisor_wait(fd, POLLOUT, group->deadline_ms);
            if (ready == 0)
                error = ETIMEDOUT;
            else if (ready < 0 || getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0)
                error = errno;
        }
        if (error != 0) {
            close(fd);
            return -error;
        }
        return fd;
    }

    // Waits until there is something to read; after each silence beat(fd) is to send something small.
    static inline int tcpadvisor_await(const struct tcpadvisor_connections *group, int fd,
                                       int (*beat)(int))
    {
        int ready;
        while ((ready = tcpadvisor_wait(fd, POLLIN, group->heartbeat_ms)) == 0)
            if (beat(fd) < 0)
                return -1;
        return ready;
    }
    """
}
