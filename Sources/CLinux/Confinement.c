#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"
#include "Checked.h"

int clinux_forbid_new_privileges(void) {
  return checked(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

// Capabilities.

int clinux_permitted_capabilities(uint64_t *permitted) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2];
  int result = checked(syscall(SYS_capget, &header, data));
  if (result >= 0) *permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
  return result;
}

int clinux_keep_capabilities(uint64_t kept) {
  // Of all there may be; those that this kernel lacks are EINVAL.
  for (unsigned capability = 0; capability < 64; capability++)
    if (!(kept >> capability & 1)) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {
      {.permitted = (uint32_t)kept, .effective = (uint32_t)kept},
      {.permitted = kept >> 32, .effective = kept >> 32},
  };
  return checked(syscall(SYS_capset, &header, data));
}

// Landlock, whose headers Debian 11 lacks; the numbers are the same on every architecture.

enum { LANDLOCK_CREATE = 444, LANDLOCK_ADD = 445, LANDLOCK_RESTRICT = 446 };

int clinux_landlock_version(void) { return checked(syscall(LANDLOCK_CREATE, NULL, 0, 1)); }

int clinux_landlock_create(uint64_t refused) {
  return checked(syscall(LANDLOCK_CREATE, &refused, sizeof refused, 0));
}

int clinux_landlock_allow(int rules, int place, uint64_t allowed) {
  struct __attribute__((packed)) {
    uint64_t allowed;
    int32_t place;
  } beneath = {allowed, place};
  return checked(syscall(LANDLOCK_ADD, rules, 1 /* LANDLOCK_RULE_PATH_BENEATH */, &beneath, 0));
}

int clinux_landlock_enter(int rules) { return checked(syscall(LANDLOCK_RESTRICT, rules, 0)); }

// A filter of system calls. Lists end with -1; numbers are those of calls newer than Debian 11.

static const int of_the_host[] = {
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon,
    SYS_swapoff, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex,
    SYS_sethostname, SYS_setdomainname, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot,
    SYS_bpf, SYS_perf_event_open, SYS_add_key, SYS_request_key, SYS_keyctl, SYS_acct, SYS_quotactl,
    SYS_process_vm_writev, SYS_open_by_handle_at, 428 /* open_tree */, 429 /* move_mount */,
    430 /* fsopen */, 431 /* fsconfig */, 432 /* fsmount */, 433 /* fspick */,
    442 /* mount_setattr */, 443 /* quotactl_fd */,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
#ifdef SYS_iopl
    SYS_iopl, SYS_ioperm,
#endif
    -1,
};

static const int of_files[] = {
    SYS_linkat, SYS_symlinkat, SYS_unlinkat, SYS_renameat2, SYS_mkdirat, SYS_mknodat, SYS_truncate,
    SYS_ftruncate, SYS_fallocate, SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat,
    SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr,
    SYS_fremovexattr, 452 /* fchmodat2 */, 463 /* setxattrat */, 466 /* removexattrat */,
    469 /* file_setattr */,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef SYS_rename
    SYS_creat, SYS_link, SYS_symlink, SYS_unlink, SYS_rename, SYS_mkdir, SYS_rmdir, SYS_mknod,
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
    -1,
};

static const int of_processes[] = {
    SYS_ptrace, SYS_process_vm_readv, SYS_kcmp, 438 /* pidfd_getfd */, 440 /* process_madvise */, -1,
};

static const int of_signals[] = {
    SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, 424 /* pidfd_send_signal */, -1,
};

static const int of_programs[] = {SYS_execve, SYS_execveat, -1};

// Their arguments lie in memory, where a filter does not see them, or their work is done unseen.
static const int out_of_sight[] = {
    435 /* clone3 */, 437 /* openat2 */, 425 /* io_uring_setup */, 426 /* io_uring_enter */,
    427 /* io_uring_register */, -1,
};

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#endif

struct program {
  struct sock_filter steps[256];
  unsigned short count;
};

static void add(struct program *program, struct sock_filter step) {
  if (program->count < sizeof program->steps / sizeof *program->steps)
    program->steps[program->count++] = step;
}

static struct sock_filter answer(int error) {
  return (struct sock_filter)BPF_STMT(
      BPF_RET | BPF_K, error ? SECCOMP_RET_ERRNO | error : SECCOMP_RET_ALLOW);
}

static struct sock_filter load(size_t offset) {
  return (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset);
}

static struct sock_filter jump(int how, unsigned value, int if_so, int if_not) {
  return (struct sock_filter)BPF_JUMP(BPF_JMP | how | BPF_K, value, if_so, if_not);
}

static void refuse(struct program *program, const int *calls, int error) {
  for (; *calls >= 0; calls++) {
    add(program, jump(BPF_JEQ, *calls, 0, 1));
    add(program, answer(error));
  }
}

// The lower half of an argument, of which the filter sees no more than it looks at.
static size_t argument(int number) {
  size_t half = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0;
  return offsetof(struct seccomp_data, args) + 8 * number + half;
}

static void refuse_flags(struct program *program, int call, int number, unsigned flags) {
  add(program, jump(BPF_JEQ, call, 0, 4));
  add(program, load(argument(number)));
  add(program, jump(BPF_JSET, flags, 0, 1));
  add(program, answer(EPERM));
  add(program, answer(0));
}

static void refuse_writing(struct program *program) {
  const unsigned flags = O_ACCMODE | O_CREAT | O_TRUNC;
#ifdef SYS_open
  refuse_flags(program, SYS_open, 1, flags);
#endif
  refuse_flags(program, SYS_openat, 2, flags);
}

// All but those within the machine.
static void refuse_network(struct program *program) {
  add(program, jump(BPF_JEQ, SYS_socket, 0, 5));
  add(program, load(argument(0)));
  add(program, jump(BPF_JEQ, AF_UNIX, 2, 0));
  add(program, jump(BPF_JEQ, AF_NETLINK, 1, 0));
  add(program, answer(EAFNOSUPPORT));
  add(program, answer(0));
}

static const int new_namespaces[] = {SYS_unshare, -1};
static const int namespaces[] = {SYS_setns, -1};

static void begin(struct program *program) {
#ifdef ARCHITECTURE
  add(program, load(offsetof(struct seccomp_data, arch)));
  add(program, jump(BPF_JEQ, ARCHITECTURE, 1, 0));
  add(program, answer(ENOSYS));
#endif
  add(program, load(offsetof(struct seccomp_data, nr)));
#ifdef __x86_64__
  // Those of x32.
  add(program, jump(BPF_JGE, 0x40000000, 0, 1));
  add(program, answer(ENOSYS));
#endif
}

int clinux_refuse_calls(unsigned refused) {
  struct program program = {.count = 0};
  begin(&program);
  refuse(&program, out_of_sight, ENOSYS);
  refuse(&program, of_the_host, EPERM);
  if (refused & CLINUX_CALLS_FILES) refuse(&program, of_files, EPERM);
  if (refused & CLINUX_CALLS_PROCESSES) refuse(&program, of_processes, EPERM);
  if (refused & CLINUX_CALLS_SIGNALS) refuse(&program, of_signals, EPERM);
  if (refused & CLINUX_CALLS_PROGRAMS) refuse(&program, of_programs, EPERM);
  if (refused & CLINUX_CALLS_NAMESPACES) refuse(&program, namespaces, EPERM);
  if (refused & CLINUX_CALLS_NEW_NAMESPACES) {
    refuse(&program, new_namespaces, EPERM);
    refuse_flags(
        &program, SYS_clone, 0,
        CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
            CLONE_NEWNET);
  }
  if (refused & CLINUX_CALLS_WRITING) refuse_writing(&program);
  if (refused & CLINUX_CALLS_NETWORK) refuse_network(&program);
  add(&program, answer(0));
  struct sock_fprog filter = {.len = program.count, .filter = program.steps};
  return checked(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter));
}
