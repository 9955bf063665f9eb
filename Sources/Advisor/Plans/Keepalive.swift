/// The three numbers of keepalive: silence before the first probe and between probes in seconds, and
/// the count of probes.
struct Keepalive: Hashable {
  var idle, interval, count: Int
}
