/* Uses what emit c printed: connects to an open, a closed and a silent port of the loopback. */
#include "emitted.c"
#include <stdio.h>
#include <string.h>

static struct sockaddr_in address;

static int listener(int backlog)
{
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(fd, (struct sockaddr *)&address, sizeof address);
    getsockname(fd, (struct sockaddr *)&address, &size);
    listen(fd, backlog);
    return fd;
}

static int option(int fd, int level, int name)
{
    int value = -1;
    socklen_t size = sizeof value;
    getsockopt(fd, level, name, &value, &size);
    return value;
}

int main(void)
{
    const struct sockaddr *to = (const struct sockaddr *)&address;

    int open = listener(8);
    int fd = USE(to, sizeof address);
    printf("SO_KEEPALIVE %d\n", option(fd, SOL_SOCKET, SO_KEEPALIVE));
    printf("TCP_KEEPIDLE %d\n", option(fd, IPPROTO_TCP, TCP_KEEPIDLE));
    printf("TCP_KEEPINTVL %d\n", option(fd, IPPROTO_TCP, TCP_KEEPINTVL));
    printf("TCP_KEEPCNT %d\n", option(fd, IPPROTO_TCP, TCP_KEEPCNT));
    printf("TCP_USER_TIMEOUT %d\n", option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT));
    int peer = accept(open, 0, 0);
    char byte = 'x';
    printf("written %zd\n", write(fd, &byte, 1));
    printf("read %zd\n", read(peer, &byte, 1));
    close(fd);
    close(peer);
    close(open);

    printf("closed %d\n", USE(to, sizeof address) == -ECONNREFUSED);

    int silent = listener(0);
    int first = socket(AF_INET, SOCK_STREAM, 0);
    connect(first, to, sizeof address);
    long long start = tcpadvisor_now_ms();
    printf("silent %d\n", USE(to, sizeof address) == -ETIMEDOUT);
    printf("milliseconds %lld\n", tcpadvisor_now_ms() - start);
    /* Nothing was left open: the next descriptor is the one after these two. */
    printf("leaked %d\n", dup(silent) - first - 1);
    return 0;
}
