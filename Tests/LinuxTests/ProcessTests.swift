import Linux
import Testing

struct ProcessTests {
  @Test func `processes: a child reads its input, writes its output and tells its status`() throws {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", "read line; echo \"got $line\"; exit 3"],
      input: input.readEnd, output: output.writeEnd)
    try DescriptorIO.writeAll(Array("this\n".utf8), to: input.writeEnd.number, "the child")
    let bytes = try DescriptorIO.readSome(output.readEnd.number, "the child", atMost: 100)
    #expect(String(decoding: bytes, as: UTF8.self) == "got this\n")
    #expect(try child.wait() == 3)
  }

  @Test func `processes: a child ended by a signal tells which`() throws {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    var child = try ChildProcess(
      running: ["/bin/sh", "-c", "kill -9 $$"], input: input.readEnd, output: output.writeEnd)
    #expect(try child.wait() == 137)
  }

  @Test func `processes: a program that is not there is an error`() throws {
    let pipe = try Descriptor.pipe()
    let error = #expect(throws: SystemCallError.self) {
      _ = try ChildProcess(
        running: ["/no/such/program"], input: pipe.readEnd, output: pipe.writeEnd)
    }
    #expect(error?.description == "execve /no/such/program: ENOENT")
  }
}
