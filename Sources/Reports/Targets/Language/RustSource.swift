import Advisor
import TCPModel

/// Rust, by socket2.
struct RustSource: LanguageSource {
  let name = "rust"
  let summary = "A module for Rust with socket2: options, connect with a deadline, heartbeat."
  let provedWith: String? = "cargo build"

  func fileName(for plan: String) -> String { "tcpadvisor_\(plan.identifier).rs" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + groups.map(entry).joined() + "        _ => None,\n    }\n}\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    func time(_ milliseconds: Int?) -> String {
      milliseconds.map { "Some(Duration::from_millis(\($0)))" } ?? "None"
    }
    return """
      \(comments(group.notes, indent: "        "))\
              \(group.group.name.codeQuoted) => Some(Connections {
      \(list("before", group.before))\(list("after", group.after))\
                  deadline: \(time(group.deadline)),
                  heartbeat: \(time(group.heartbeat)),
              }),

      """
  }

  private func list(_ name: String, _ options: [CodeGroup.Option]) -> String {
    let rows = rows(options, indent: "                ") { option in
      let level = option.option.info.level
      return "(\(level.rawValue), \(option.option.info.number), \(option.value)), // \(option.note)"
    }
    return "            \(name): &[" + (rows.isEmpty ? "],\n" : "\n\(rows)            ],\n")
  }

  private static let code = """
    // Cargo.toml: socket2 = { version = ">=0.4", features = ["all"] }
    use socket2::{Domain, Socket, Type};
    use std::io::{Error, ErrorKind, Read, Result};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::os::unix::io::AsRawFd;
    use std::time::Duration;

    #[allow(dead_code)]
    const SOL_SOCKET: i32 = 1;
    #[allow(dead_code)]
    const IPPROTO_TCP: i32 = 6;

    unsafe extern "C" {
        fn setsockopt(fd: i32, level: i32, name: i32, value: *const i32, size: u32) -> i32;
    }

    /// What the sockets of a group get.
    #[allow(dead_code)]
    pub struct Connections {
        pub before: &'static [(i32, i32, i32)],
        pub after: &'static [(i32, i32, i32)],
        pub deadline: Option<Duration>,
        pub heartbeat: Option<Duration>,
    }

    #[allow(dead_code)]
    impl Connections {
        /// Connects to one address.
        pub fn connect(&self, address: SocketAddr) -> Result<TcpStream> {
            let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
            set(&socket, self.before)?;
            match self.deadline {
                // It does not block, waits until the socket is writable, and asks SO_ERROR.
                Some(deadline) => socket.connect_timeout(&address.into(), deadline)?,
                None => socket.connect(&address.into())?,
            }
            set(&socket, self.after)?;
            Ok(socket.into())
        }

        /// Prepares a listener; what it accepts inherits the options.
        pub fn listen(&self, listener: &TcpListener) -> Result<()> {
            set(listener, self.before)
        }

        /// Waits for data; after each silence `beat` is to write something small.
        pub fn read(
            &self,
            stream: &mut TcpStream,
            data: &mut [u8],
            mut beat: impl FnMut(&mut TcpStream) -> Result<()>,
        ) -> Result<usize> {
            stream.set_read_timeout(self.heartbeat)?;
            loop {
                match stream.read(data) {
                    // ETIMEDOUT is another one: the end of the connection.
                    Err(error) if error.kind() == ErrorKind::WouldBlock && self.heartbeat.is_some() => {
                        beat(stream)?
                    }
                    outcome => return outcome,
                }
            }
        }
    }

    fn set(socket: &impl AsRawFd, options: &[(i32, i32, i32)]) -> Result<()> {
        for (level, name, value) in options {
            let size = std::mem::size_of::<i32>() as u32;
            if unsafe { setsockopt(socket.as_raw_fd(), *level, *name, value, size) } != 0 {
                return Err(Error::last_os_error());
            }
        }
        Ok(())
    }

    /// Returns a group by its name.
    #[allow(dead_code)]
    pub fn connections(name: &str) -> Option<Connections> {
        match name {

    """
}
