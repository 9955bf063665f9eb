"""A machine without disk and network, emulated, that boots a kernel and runs one program."""

import lzma
import re
import shutil
import subprocess
import time
from pathlib import Path

from debian import Unavailable, image, modules

# Sockets are looked up by netlink, neighbours answer or do not across a pair of devices.
MODULES = ["inet_diag", "tcp_diag", "veth"]
# Time is what was executed, a nanosecond for each instruction, and an idle processor passes on to
# its next timer: no load of the host makes anything late, and waits take no time.
MACHINE = (
    "qemu-system-x86_64 -M pc -cpu max -accel tcg -icount shift=0,sleep=off -rtc clock=vm -smp 1"
    " -m 512 -nodefaults -nographic -nic none -no-reboot").split()
ARGUMENTS = "console=ttyS0 quiet panic=-1 mitigations=off"
PATIENCE = 600  # seconds of the host, a boot included


class Guest:
    def __init__(self, kernel, release, folder):
        self.kernel, self.release, self.folder = kernel, release, folder
        self.root = folder / "root"
        shutil.rmtree(folder, ignore_errors=True)
        for part in ["bin", "dev", "etc", "lib", "proc", "run", "sys", "tmp"]:
            (self.root / part).mkdir(parents=True)
        self.program(shutil.which("busybox") or "busybox")
        self.copy_modules()

    def program(self, path, name=None):
        """Puts a program into the guest, with the libraries that it needs."""
        path = Path(path)
        if not path.exists():
            raise Unavailable(f"{path}: not there")
        self.file(path, "bin/" + (name or path.name))
        listed = subprocess.run(["ldd", path], capture_output=True, text=True).stdout
        for library in re.findall(r"(/\S+) \(0x", listed):
            self.file(library, library.lstrip("/"))

    def file(self, source, name):
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o755)

    def write(self, name, text):
        target = self.root / name
        target.write_text(text)
        target.chmod(0o755)

    def copy_modules(self):
        """Unpacked, named by their place in the order of loading."""
        (self.root / "modules").mkdir()
        for index, path in enumerate(modules(self.kernel, self.release, MODULES)):
            data = path.read_bytes()
            data = lzma.decompress(data) if path.suffix == ".xz" else data
            name = f"{index:02}-{path.name.removesuffix('.xz')}"
            (self.root / "modules" / name).write_bytes(data)

    def archive(self):
        """The initial file system, as the kernel unpacks it."""
        names = "\n".join(str(path.relative_to(self.root)) for path in self.root.rglob("*"))
        path = self.folder / "initramfs"
        with path.open("wb") as file:
            subprocess.run(
                ["cpio", "--quiet", "-o", "-H", "newc", "-R", "0:0"], input=names.encode(),
                cwd=self.root, stdout=file, check=True)
        return path

    def run(self):
        """Boots; returns what the program wrote, its exit code, and the seconds that all took."""
        console, answer = self.folder / "console", self.folder / "answer"
        start = time.monotonic()
        try:
            subprocess.run(
                MACHINE + [
                    "-kernel", image(self.kernel, self.release),
                    "-initrd", self.archive(), "-append", ARGUMENTS,
                    "-serial", f"file:{console}", "-serial", f"file:{answer}"],
                stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=True)
        except FileNotFoundError as error:
            raise Unavailable(f"{error.filename}: not installed") from None
        except subprocess.TimeoutExpired:
            raise Unavailable(f"no answer within {PATIENCE} s; see {console}") from None
        except subprocess.CalledProcessError as error:
            raise Unavailable(error.stderr.decode().strip()) from None
        text, mark, code = answer.read_text().rpartition("exit ")
        if not mark:
            raise Unavailable(f"the guest stopped without an answer; {console} has its messages")
        return text, int(code), time.monotonic() - start
