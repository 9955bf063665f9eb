"""Types lines into an interactive shell on a terminal, presses Tab, and tells what is not completed.

usage: press_tab.py SHELL SCRIPT FOLDER     the folder of the program; lines from standard input, each
the beginning and, behind a tab, what it is completed to
"""

import os
import pty
import select
import signal
import struct
import sys
import termios
import fcntl
import time

PROMPT = "READY:"


def setup(shell, script, folder):
    # In pieces: what is echoed is no prompt.
    prompt = PROMPT[:3] + "''" + PROMPT[3:]
    path = f"export PATH={folder}:$PATH"
    return {
        "bash": f"{path}; source {script}; PS1={prompt}",
        "zsh": f"{path}; autoload -Uz compinit && compinit -D -u; source {script}; compdef _tcpadvisor tcpadvisor; PS1={prompt}",
        "fish": f"set -x PATH {folder} $PATH; source {script}; function fish_prompt; printf %s {prompt}; end; function fish_right_prompt; end; function fish_greeting; end",
    }[shell]


ARGUMENTS = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}


# What shows it where Tab alone does not: several words begin so, and a second Tab lists them; or the shell
# has drawn no more than what has changed, and draws it all anew.
KEYS = {"bash": ["\t"], "zsh": ["\t", "\x0c"], "fish": ["\x0c", "\t", "\x0c"]}


class Shell:
    def __init__(self, name, script, folder):
        self.name = name
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm", LC_ALL="C.UTF-8", HOME=folder, HISTFILE="")
            os.execvp(name, [name] + ARGUMENTS[name])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.read(until="", patience=1)
        self.write(setup(name, script, folder) + "\n")
        self.read(until=PROMPT, patience=30)

    def write(self, text):
        os.write(self.terminal, text.encode())

    def read(self, until, patience):
        """Reads until something is there, or for so many seconds; answers what terminals are asked."""
        text, end = "", time.monotonic() + patience
        while time.monotonic() < end and not (until and until in text):
            if not select.select([self.terminal], [], [], 0.1)[0]:
                continue
            try:
                part = os.read(self.terminal, 65536).decode(errors="replace")
            except OSError:
                break
            if "\x1b[c" in part or "\x1b[0c" in part:
                self.write("\x1b[?62;c")
            if "\x1b[6n" in part:
                self.write("\x1b[1;1R")
            text += part
        return text

    def complete(self, line, whole):
        self.write("\x15" + line + "\t")
        text = self.read(until=whole, patience=2)
        for key in KEYS[self.name]:
            if whole not in text:
                self.write(key)
                text += self.read(until=whole, patience=4)
        if self.name == "fish":
            self.write("\x03")
        self.read(until="", patience=0.3)
        return text

    def end(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def plain(text):
    return "".join(c if c.isprintable() else "." for c in text)


def main(name, script, folder):
    lines = [line.rstrip("\n").split("|") for line in sys.stdin]
    shell = Shell(name, script, folder)
    faults = 0
    for line, whole in lines:
        # On a busy machine a line may be wiped out by what belongs to the one before.
        for _ in range(3):
            text = shell.complete(line, whole)
            if whole in text:
                break
        else:
            faults += 1
            print(f"{name}: {line} is not completed to {whole}: {plain(text)[-200:]}")
    shell.end()
    print(f"{len(lines)} lines, {faults} faults")
    return faults > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
