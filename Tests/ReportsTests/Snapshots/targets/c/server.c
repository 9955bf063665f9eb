/* server: made by tcpadvisor 0.1.0. Compile with -D_GNU_SOURCE or as gnu11.
 * tcpadvisor_connect_* return a connected, non-blocking descriptor, or -errno. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef TCP_USER_TIMEOUT
#define TCP_USER_TIMEOUT 18
#endif
#ifndef TCP_RTO_MAX_MS
#define TCP_RTO_MAX_MS 44
#endif
#ifndef TCP_RTO_MIN_US
#define TCP_RTO_MIN_US 45
#endif

struct tcpadvisor_option { int level, name, value; };

static int tcpadvisor_set(int fd, const struct tcpadvisor_option *options, int count)
{
    for (int i = 0; i < count; i++)
        if (setsockopt(fd, options[i].level, options[i].name, &options[i].value,
                       sizeof options[i].value) < 0)
            return -errno;
    return 0;
}

static long long tcpadvisor_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits until the connect is decided: writable alone means decided, SO_ERROR says how. */
static int tcpadvisor_wait(int fd, int deadline_ms)
{
    long long end = tcpadvisor_now_ms() + deadline_ms;
    for (;;) {
        struct pollfd decided = { .fd = fd, .events = POLLOUT, .revents = 0 };
        long long left = deadline_ms < 0 ? -1 : end - tcpadvisor_now_ms();
        if (deadline_ms >= 0 && left <= 0)
            return -ETIMEDOUT;
        int ready = poll(&decided, 1, (int)left);
        if (ready < 0 && errno != EINTR)
            return -errno;
        if (ready > 0) {
            int error = 0;
            socklen_t size = sizeof error;
            if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
                return -errno;
            return -error;
        }
    }
}

static inline int tcpadvisor_connect(const struct sockaddr *address, socklen_t size,
                                     int deadline_ms, const struct tcpadvisor_option *before,
                                     int before_count, const struct tcpadvisor_option *after,
                                     int after_count)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    int result = tcpadvisor_set(fd, before, before_count);
    /* A signal does not end a connect: it goes on in the background. */
    if (result == 0 && connect(fd, address, size) < 0)
        result = errno == EINPROGRESS || errno == EINTR ? tcpadvisor_wait(fd, deadline_ms) : -errno;
    if (result == 0)
        result = tcpadvisor_set(fd, after, after_count);
    if (result < 0) {
        close(fd);
        return result;
    }
    return fd;
}

/* server: as long as the kernel tries. */
int tcpadvisor_connect_server(const struct sockaddr *address, socklen_t size);

int tcpadvisor_connect_server(const struct sockaddr *address, socklen_t size)
{
    static const struct tcpadvisor_option before[] = {
        { SOL_SOCKET, SO_KEEPALIVE, 1 },
    };
    const int before_count = sizeof before / sizeof before[0];
    const struct tcpadvisor_option *after = 0;
    const int after_count = 0;
    return tcpadvisor_connect(address, size, -1, before, before_count, after,
                              after_count);
}
