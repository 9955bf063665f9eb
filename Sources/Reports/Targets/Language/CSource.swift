import Advisor
import TCPModel

/// C code that does the whole of the program part: options, a non-blocking connect with its deadline,
/// and what must wait until the connection stands.
struct CSource: PlanEmitter {
  let name = "c"
  let summary = "C code that sets the options, connects and keeps the deadline."
  let part = PlanPart.program
  let group = "languages"
  let provedWith: String? = "cc"

  func fileNames(for plan: String) -> [String] { ["\(plan).c"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { EmittedFile($0, text(for: plan)) }
  }

  private func text(for portablePlan: PortablePlan) -> String {
    let groups = portablePlan.profiles.flatMap(\.groups)
    return Self.head(portablePlan)
      + zip(groups, Self.identifiers(of: groups)).map { group, identifier in
        let options = portablePlan.annotatedOptions(of: group)
        return group.direction == .inbound
          ? Self.listener(identifier, group, options)
          : Self.connector(
            identifier, group, options,
            portablePlan.plan.deadlines.first { $0.group == group.name })
      }.joined()
  }

  /// The groups' names as C takes them; two that it cannot tell apart are numbered.
  private static func identifiers(of groups: [ConnectionGroup]) -> [String] {
    var taken: Set<String> = []
    return groups.map { group in
      let plain = String(
        group.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
      var identifier = plain
      var number = 2
      while !taken.insert(identifier).inserted {
        identifier = "\(plain)_\(number)"
        number += 1
      }
      return identifier
    }
  }

  private static func head(_ portablePlan: PortablePlan) -> String {
    """
    /* \(portablePlan.name): made by \(Tool.name) \(Tool.version). Compile with -D_GNU_SOURCE or as gnu11.
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

    """
  }

  private static func connector(
    _ identifier: String, _ group: ConnectionGroup, _ options: [AnnotatedOption],
    _ deadline: Plan.Deadline?
  ) -> String {
    let milliseconds = deadline.map { Int($0.time.seconds * 1000) }
    let limit = milliseconds.map { "\($0) ms for one address" } ?? "as long as the kernel tries"
    return """

      /* \(group.name): \(limit). */
      int tcpadvisor_connect_\(identifier)(const struct sockaddr *address, socklen_t size);

      int tcpadvisor_connect_\(identifier)(const struct sockaddr *address, socklen_t size)
      {
      \(array("before", options.filter { $0.when == .beforeConnect }))
      \(array("after", options.filter { $0.when == .afterConnect }))
          return tcpadvisor_connect(address, size, \(milliseconds ?? -1), before, before_count, after,
                                    after_count);
      }

      """
  }

  private static func listener(
    _ identifier: String, _ group: ConnectionGroup, _ options: [AnnotatedOption]
  ) -> String {
    """

    /* \(group.name): for the listening socket; what it accepts inherits the options. */
    int tcpadvisor_listen_\(identifier)(int fd);

    int tcpadvisor_listen_\(identifier)(int fd)
    {
    \(array("options", options))
        return tcpadvisor_set(fd, options, options_count);
    }

    """
  }

  /// The options as an array and its count; C has no arrays without elements.
  private static func array(_ name: String, _ options: [AnnotatedOption]) -> String {
    guard !options.isEmpty else {
      return "    const struct tcpadvisor_option *\(name) = 0;\n    const int \(name)_count = 0;"
    }
    let rows = options.compactMap { entry in
      guard case .option(let option, let value) = entry.setting else { return nil as String? }
      let level = option.level == .socket ? "SOL_SOCKET" : "IPPROTO_TCP"
      return "        { \(level), \(option.name), \(value) },\n"
    }
    return "    static const struct tcpadvisor_option \(name)[] = {\n\(rows.joined())    };\n"
      + "    const int \(name)_count = sizeof \(name) / sizeof \(name)[0];"
  }
}
