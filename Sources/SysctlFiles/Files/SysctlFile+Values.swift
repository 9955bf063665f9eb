extension SysctlFile {
  /// Returns the bytes of the file with other values in some of its lines, whose other bytes stay.
  ///
  /// - Parameter values: by the number of the line, from 1.
  package func replacingValues(_ values: [Int: String]) -> [UInt8] {
    lines.flatMap { line -> [UInt8] in
      var bytes = Array(line.bytes)
      if let value = values[line.number], case .statement(let statement) = line.content,
        let range = statement.value?.range
      {
        bytes.replaceSubrange(range, with: value.utf8)
      }
      return bytes + Array(line.ending.rawValue.utf8)
    }
  }
}
