import Glibc
import TCPModel
import Testing

/// Remote shells and downloads on this machine: what their sockets have is what the catalogue of
/// programs says.
@Suite(.enabled("processes and networks of their own are refused here") { ProgramScene.canRun })
struct ShellProgramTests {
  /// The server needs a folder in /run, and to become others; nobody logs in.
  @Test(
    .enabled("sshd and ssh are needed, and root") {
      Machine.program("sshd") != nil && Machine.program("ssh") != nil && geteuid() == 0
    })
  func `ssh and sshd: TCPKeepAlive is all there is`() throws {
    let scene = try ProgramScene(
      """
      mount -t tmpfs none /run
      mkdir -m 755 /run/sshd
      ssh-keygen -q -t ed25519 -N '' -f key
      printf '#!/bin/sh\\ntouch held.$SCENE\\nexec sleep 120\\n' >askpass
      chmod +x askpass
      start() {
        "$(command -v sshd)" -D -f /dev/null -h "$PWD/key" -p $1 -o ListenAddress=127.0.0.1 \
          -o UsePAM=no -o PasswordAuthentication=yes -o TCPKeepAlive=$2 2>sshd.$1.log &
        await "bash -c ': </dev/tcp/127.0.0.1/$1' 2>/dev/null"
        SCENE=$1 SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force DISPLAY=none \
          ssh -F /dev/null -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
          -o PreferredAuthentications=password -o TCPKeepAlive=$2 -p $1 a@127.0.0.1 \
          2>ssh.$1.log &
        await "[ -e held.$1 ]"
      }
      start 2222 yes
      start 2223 no
      """)
    try scene.expect([
      ProgramRow("sshd", .inbound(2222)),
      ProgramRow("sshd", .inbound(2223), told: [.keepalive: 0]),
      ProgramRow("ssh", .outbound(2222)),
      ProgramRow("ssh", .outbound(2223), told: [.keepalive: 0]),
    ])
  }
}
