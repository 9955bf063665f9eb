import Advisor
import TCPModel

/// C for Winsock: what Windows has of the options, under its own names and units.
struct WindowsSource: OtherSystemSource {
  let name = "windows"
  let summary = "C code for Winsock, and what Windows has no equivalent of."
  let provedWith: String? = "mingw-w64, compiled only"
  let system = "Windows"

  func fileName(for plan: String) -> String { "\(plan).windows.c" }

  let advice =
    "TCP_MAXRT counts whole seconds of retransmission, the nearest to TCP_USER_TIMEOUT."
    + " TCP_KEEPIDLE and TCP_KEEPINTVL need Windows 10 1709, TCP_KEEPCNT 1703; before, the count"
    + " is fixed. What no program sets is decided by KeepAliveTime and KeepAliveInterval"
    + " (milliseconds) below"
    + " HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters."

  let headers = """
    #include <winsock2.h>
    #include <ws2tcpip.h>
    #include <mstcpip.h>
    #include <string.h>
    #ifndef TCP_KEEPIDLE
    #define TCP_KEEPIDLE 3
    #endif
    #ifndef TCP_KEEPCNT
    #define TCP_KEEPCNT 16
    #endif
    #ifndef TCP_KEEPINTVL
    #define TCP_KEEPINTVL 17
    #endif
    #ifndef TCP_MAXRT
    #define TCP_MAXRT 5
    #endif
    """

  let functions = """
    static int tcpadvisor_set_one(SOCKET socket, int level, int name, int value)
    {
        return setsockopt(socket, level, name, (const char *)&value, sizeof value) == 0
                   ? 0 : WSAGetLastError();
    }

    // Returns zero or an error of Winsock; for a listener as well.
    static int tcpadvisor_set(SOCKET socket, const struct tcpadvisor_connections *group)
    {
        int error = tcpadvisor_set_one(socket, SOL_SOCKET, SO_KEEPALIVE, group->keepalive);
        if (error == 0 && group->keepalive && group->idle > 0) {
            error = tcpadvisor_set_one(socket, IPPROTO_TCP, TCP_KEEPIDLE, group->idle);
            if (error == 0 && group->interval > 0)
                error = tcpadvisor_set_one(socket, IPPROTO_TCP, TCP_KEEPINTVL, group->interval);
            if (error == 0 && group->count > 0)
                error = tcpadvisor_set_one(socket, IPPROTO_TCP, TCP_KEEPCNT, group->count);
            if (error == WSAENOPROTOOPT) {
                struct tcp_keepalive old = { 1, group->idle * 1000u,
                                             (group->interval > 0 ? group->interval : 1) * 1000u };
                DWORD size = 0;
                error = WSAIoctl(socket, SIO_KEEPALIVE_VALS, &old, sizeof old, NULL, 0, &size, NULL,
                                 NULL) == 0 ? 0 : WSAGetLastError();
            }
        }
        if (error == 0 && group->maximum > 0)
            error = tcpadvisor_set_one(socket, IPPROTO_TCP, TCP_MAXRT, group->maximum);
        return error;
    }

    // Waits until a socket can be read, or written; returns 1, 0 after the limit, or -1.
    static int tcpadvisor_wait(SOCKET socket, int is_write, int limit_ms)
    {
        fd_set ready, failed;
        struct timeval limit = { limit_ms / 1000, limit_ms % 1000 * 1000 };
        FD_ZERO(&ready);
        FD_ZERO(&failed);
        FD_SET(socket, &ready);
        FD_SET(socket, &failed);
        int count = select(0, is_write ? NULL : &ready, is_write ? &ready : NULL, &failed,
                           limit_ms < 0 ? NULL : &limit);
        return count > 0 ? 1 : count;
    }

    // Connects to one address and returns a socket that does not block, or INVALID_SOCKET with the error in
    // WSAGetLastError.
    static inline SOCKET tcpadvisor_connect(const struct tcpadvisor_connections *group,
                                            const struct sockaddr *address, int size)
    {
        u_long on = 1;
        SOCKET made = socket(address->sa_family, SOCK_STREAM, IPPROTO_TCP);
        if (made == INVALID_SOCKET)
            return made;
        int error = ioctlsocket(made, FIONBIO, &on) == 0 ? 0 : WSAGetLastError();
        if (error == 0)
            error = tcpadvisor_set(made, group);
        if (error == 0 && connect(made, address, size) != 0)
            error = WSAGetLastError();
        if (error == WSAEWOULDBLOCK) {
            int length = sizeof error;
            int ready = tcpadvisor_wait(made, 1, group->deadline_ms);
            if (ready == 0)
                error = WSAETIMEDOUT;
            else if (ready < 0 || getsockopt(made, SOL_SOCKET, SO_ERROR, (char *)&error, &length) != 0)
                error = WSAGetLastError();
        }
        if (error != 0) {
            closesocket(made);
            WSASetLastError(error);
            return INVALID_SOCKET;
        }
        return made;
    }

    // Waits until there is something to read; after each silence beat(socket) is to send something small.
    static inline int tcpadvisor_await(const struct tcpadvisor_connections *group, SOCKET socket,
                                       int (*beat)(SOCKET))
    {
        int ready;
        while ((ready = tcpadvisor_wait(socket, 0, group->heartbeat_ms)) == 0)
            if (beat(socket) < 0)
                return -1;
        return ready;
    }
    """
}
