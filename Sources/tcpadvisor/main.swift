import Glibc
import Laboratory

if CommandLine.arguments.dropFirst().first == "sandbox" { exit(SandboxChild.run()) }
print("x")
