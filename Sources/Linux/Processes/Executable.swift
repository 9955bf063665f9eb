import CLinux

/// How this program was linked.
package enum Executable {
  /// Whether no dynamic loader started it (`AT_BASE` is zero then): what the host's name services are
  /// made of is not for it to load, as they belong to another C library.
  package static let isStatic = clinux_is_static() != 0
}
