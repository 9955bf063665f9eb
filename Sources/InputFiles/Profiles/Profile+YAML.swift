import Advisor
import TCPModel

extension Profile {
  init(_ fields: FieldReader, file: String) throws(ProfileError) {
    let name = try fields.required("name").name()
    let groups = try ConnectionGroup.groups(of: fields, named: name)
    let allowed = try fields["sysctls_allowed"]?.items()
    self.init(
      name: name, summary: try fields.text("summary") ?? "", groups: groups,
      sysctls: try fields["sysctls"].map(SysctlRequirement.all) ?? [],
      sysctlsAllowed: try allowed?.map { (node) throws(ProfileError) in try node.text() },
      allowBelowRFC: try fields["allow_below_rfc"]?.boolean() ?? false, file: file)
    if let lint = fields["lint"] { lintIgnores = try LintIgnore.all(in: lint) }
  }
}
