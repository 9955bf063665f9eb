import CFuzzer
import Fuzzing
import Glibc

/// Fuzzes one target: `fuzzer TARGET [option of libFuzzer]… [folder]…`; alone it lists the targets.
@main
struct Fuzzer {
  static func main() {
    guard CommandLine.argc > 1, let name = CommandLine.arguments.dropFirst().first,
      let target = FuzzTarget.named(name)
    else {
      for target in FuzzTarget.all { print(target.name, target.longest, target.rate) }
      exit(CommandLine.argc > 1 ? 2 : 0)
    }
    Trial.target = target
    atexit { Trial.report() }
    // Without the name of the target, in whose place that of the program stands.
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? =
      CommandLine.unsafeArgv.advanced(by: 1)
    exit(LLVMFuzzerRunDriver(&count, &arguments, { Trial.run($0, $1) }))
  }
}
