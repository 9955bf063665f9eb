import Glibc
import Linux
import TemporaryFolders

@testable import Laboratory

/// A program that starts another one under a seccomp filter like that of containers.
enum Confine {
  /// What the filter refuses: `namespaces` as Docker's does, what changes them (`rights`), raw sockets
  /// of TCP (`packets`), `ipv6` sockets.
  enum What: String { case namespaces, rights, packets, ipv6 }

  /// What starts a program so; nil where there is no C compiler, or the filter is refused.
  static func wrapper(_ what: What) -> [String]? {
    program.map { [$0, what.rawValue, "--"] }
  }
  static let isPossible = program != nil

  private static let program: String? = {
    guard let folder = try? TemporaryFolder() else { return nil }
    let job = "cd \(folder.path) && cc -o confine -x c - && ./confine -- /bin/true"
    let status = try? Shell.run(job, input: source)
    // Open, it can be started without a name; nothing is left of it when the tests end.
    let file = withExtendedLifetime(folder) {
      open("\(folder.path)/confine", O_RDONLY | O_CLOEXEC)
    }
    return status == 0 && file >= 0 ? "/proc/\(getpid())/fd/\(file)" : nil
  }()

  private static let source = """
    // Runs a program under a seccomp filter like that of containers.
    //   confine WHAT... -- PROGRAM ARGUMENT...     WHAT: namespaces, rights, packets, ipv6
    #include <errno.h>
    #include <linux/filter.h>
    #include <linux/seccomp.h>
    #include <sched.h>
    #include <stddef.h>
    #include <netinet/in.h>
    #include <string.h>
    #include <sys/prctl.h>
    #include <sys/socket.h>
    #include <sys/syscall.h>
    #include <unistd.h>

    static struct sock_filter program[64];
    static unsigned short length;

    static void add(struct sock_filter step) { program[length++] = step; }

    static void load(size_t offset) {
      add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset));
    }

    // A call fails with an error; where a value is given, only with that argument.
    static void refuse(int call, int argument, int value, int error) {
      load(offsetof(struct seccomp_data, nr));
      add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, value ? 3 : 1));
      if (value) {
        load(offsetof(struct seccomp_data, args[argument]));
        add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
      }
      add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
    }

    int main(int count, char **words) {
      int word = 1;
      for (; word < count && strcmp(words[word], "--"); word++) {
        if (!strcmp(words[word], "namespaces")) {
          refuse(SYS_unshare, 0, 0, EPERM);
          refuse(SYS_setns, 0, 0, EPERM);
          refuse(SYS_clone3, 0, 0, ENOSYS);
        }
        if (!strcmp(words[word], "rights")) refuse(SYS_socket, 0, AF_NETLINK, EPERM);
        if (!strcmp(words[word], "packets")) refuse(SYS_socket, 2, IPPROTO_TCP, EPERM);
        if (!strcmp(words[word], "ipv6")) refuse(SYS_socket, 0, AF_INET6, EAFNOSUPPORT);
      }
      add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
      struct sock_fprog filter = {.len = length, .filter = program};
      if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || word + 1 >= count) return 125;
      if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)) return 125;
      execv(words[word + 1], words + word + 1);
      return 127;
    }

    """
}

/// Commands of tests.
enum Shell {
  /// - Returns: the exit status.
  static func run(_ job: String, input text: String) throws -> CInt {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", job], input: input.readEnd, output: output.writeEnd)
    try DescriptorIO.writeAll(text.utf8, to: input.writeEnd.number, "a script")
    _ = input.takeReadEnd()
    return try child.wait()
  }
}
