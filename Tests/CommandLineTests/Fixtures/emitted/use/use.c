/* Connects as the emitted code says: use GROUP PORT; CONNECT and AWAIT are its functions. */
#include EMITTED
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int beat(int fd) { return write(fd, "beat", 4) < 0 ? -errno : 0; }

int main(int count, char **arguments)
{
    struct sockaddr_in address;
    char data[16];
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((unsigned short)atoi(arguments[count - 1]));
    int fd = CONNECT((const struct sockaddr *)&address, sizeof address);
    if (fd < 0) {
        puts(fd == -ECONNREFUSED ? "ECONNREFUSED" : fd == -ETIMEDOUT ? "ETIMEDOUT" : strerror(-fd));
        return 0;
    }
    puts("connected");
    fflush(stdout);
    if (AWAIT(fd, beat) == 1)
        printf("read %zd\n", read(fd, data, sizeof data));
    return 0;
}
