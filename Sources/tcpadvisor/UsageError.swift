/// Something the user has to mend; ends the process with code 2 and nothing on standard output.
struct UsageError: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
