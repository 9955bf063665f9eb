import InputFiles

extension ManualPage {
  /// Returns the fields of the maps of a file format, each map under its heading.
  static func list(of maps: [RecordSchema]) -> String {
    maps.map { map in
      ".Ss \(map.name)\n"
        + ManualText.list(map.fields.map { (" Cm \(ManualText.word($0.name))", $0.meaning) })
    }.joined()
  }
}
