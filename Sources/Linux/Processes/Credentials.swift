import Glibc

/// Whose process this is.
package enum Credentials {
  package static var user: UInt32 { getuid() }
  package static var group: UInt32 { getgid() }
}
