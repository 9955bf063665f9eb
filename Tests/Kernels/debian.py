"""Kernels of Debian: found in and fetched from the mirror that apt is configured with, unpacked,
never installed."""

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import quote


KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


class Unavailable(Exception):
    """Something without which nothing can be run, and why."""


def output(*command):
    """What a command prints; its last message is why it failed."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        raise Unavailable(f"{command[0]}: not installed") from None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Unavailable(f"{command[0]}: {reason}")
    return done.stdout


def mirror():
    """The mirror of Debian that apt is configured with."""
    fields = "$(REPO_URI)|$(ORIGIN)|$(LABEL)"
    for line in output("apt-get", "indextargets", "--format", fields).splitlines():
        address, origin, label = line.split("|")
        if origin == label == "Debian":
            return address
    raise Unavailable("apt is configured with no mirror of Debian")


class Suite:
    """One suite of the mirror, with lists of its own: those of this machine stay as they are."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder / name
        for part in ["lists/partial", "cache/archives/partial"]:
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        signed = f" signed-by={KEYS}" if os.path.exists(KEYS) else ""
        sources = self.folder / "sources.list"
        sources.write_text(f"deb [arch=amd64{signed}] {mirror()} {name} main\n")
        paths = {
            "Dir::Etc::sourcelist": sources, "Dir::Etc::sourceparts": "/dev/null",
            "Dir::State": self.folder, "Dir::State::lists": self.folder / "lists",
            "Dir::State::status": "/dev/null", "Dir::Cache": self.folder / "cache",
            "APT::Architecture": "amd64", "APT::Sandbox::User": "root",
        }
        self.options = [word for name, path in paths.items() for word in ["-o", f"{name}={path}"]]
        output("apt-get", *self.options, "-qq", "-o", "APT::Update::Error-Mode=any", "update")

    def packages(self, pattern):
        lines = output("apt-cache", *self.options, "search", "--names-only", pattern).splitlines()
        return [line.split(" ")[0] for line in lines]

    def address(self, package):
        """Where the package lies, and the name of its file."""
        line = output("apt-get", *self.options, "download", "--print-uris", package).split(" ")
        return line[0].strip("'"), line[1]

    def newest(self, series):
        """The newest kernel of a series such as 6.12, for cloud machines: (release, package)."""
        pattern = rf"^linux-(binary|image)-{re.escape(series)}[.][0-9a-z.+-]*-cloud-amd64$"
        # From 6.19 on the image is what depends on the binary and the modules.
        found = sorted(
            ([int(number) for number in re.findall(r"\d+", release)], kind, release)
            for kind, release in (name.split("-", 2)[1:] for name in self.packages(pattern)))
        if not found:
            raise Unavailable(f"{self.name} has no kernel of {series} for cloud machines")
        newest = found[-1][0]
        kind, release = next((kind, name) for numbers, kind, name in found if numbers == newest)
        return release, f"linux-{kind}-{release}"

    def fetch(self, series, folder):
        """Unpacks the newest kernel of a series; returns its release and where it lies."""
        release, package = self.newest(series)
        root = folder / release
        if (root / "complete").exists():
            return release, root
        address, file = self.address(package)
        unpack(address, folder / file, root)
        if package.startswith("linux-binary-"):
            # The index has the modules of some releases only; the pool has those of all.
            modules = address.replace("/linux-signed-amd64/", "/linux/")
            for name in [package, quote(package).replace("%2B", "%2b")]:
                modules = modules.replace(name, name.replace("linux-binary-", "linux-modules-"))
            unpack(modules, folder / file.replace("linux-binary-", "linux-modules-"), root)
        if not (root / "lib").exists():
            (root / "lib").symlink_to("usr/lib")
        output("/sbin/depmod", "-b", root, release)
        (root / "complete").touch()
        return release, root


def unpack(address, file, root):
    helper = "/usr/lib/apt/apt-helper"
    output(helper, "-o", "APT::Sandbox::User=root", "download-file", address, file)
    output("dpkg-deb", "--extract", file, root)
    os.remove(file)


def image(root, release):
    """The file that boots, in its old place or among the modules."""
    for name in [f"boot/vmlinuz-{release}", f"lib/modules/{release}/vmlinuz"]:
        if (root / name).exists():
            return root / name
    raise Unavailable(f"no image in the package of {release}")


def modules(root, release, names):
    """The files of kernel modules and of those that they need, in the order of loading."""
    files = []
    for name in names:
        lines = output("/sbin/modprobe", "--show-depends", "-d", root, "-S", release, name)
        # What is built in is no file.
        loads = [line.split() for line in lines.splitlines()]
        files += [Path(words[1]) for words in loads if words[0] == "insmod"]
    return list(dict.fromkeys(files))
