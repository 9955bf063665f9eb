package import Advisor
import TCPModel

/// Which part of a plan a target carries.
package enum PlanPart: String, CaseIterable, Sendable {
  /// Sysctls.
  case host
  /// Socket options and deadlines.
  case program
}

/// The headings under which targets are listed.
package enum PlanEmitterGroup: String, CaseIterable, Sendable {
  case configurationManagement = "configuration management"
  case containers = "containers and clouds"
  case programs, languages
}

/// A file that a target consists of.
package struct EmittedFile: Hashable, Sendable {
  /// Below the folder that all files are put into; some lie in folders of their own.
  package let name: String
  package let text: String

  package init(_ name: String, _ text: String) { (self.name, self.text) = (name, text.printable) }
}

/// What a target makes of a plan.
package struct Emission: Sendable {
  /// Never empty.
  package let files: [EmittedFile]
  /// What is requested, met by the plan, and not met where these files are applied, because the
  /// target cannot carry all of the plan; a sentence each, which stands in the files as well where
  /// these have comments.
  package let unmet: [String]
  /// What else is to be known of files whose syntax has no comments; a sentence or more each.
  package let remarks: [String]

  package init(_ files: [EmittedFile], unmet: [String] = [], remarks: [String] = []) {
    self.files = files
    self.unmet = unmet.map(\.printableLine)
    self.remarks = remarks.map(\.printableLine)
  }
}

/// A target of `emit`: a pure function from a plan that holds on every host to files.
///
/// A new target is one file beside this one and one line in `PlanEmitters.all`.
package protocol PlanEmitter: Sendable {
  /// How the command line names it.
  var name: String { get }
  /// What it makes, in a line.
  var summary: String { get }
  var part: PlanPart { get }
  /// Under which heading it is listed.
  var group: PlanEmitterGroup { get }
  /// What of its part it cannot say; nil where it says all.
  var omission: String? { get }
  /// With which real program its files are proved in the tests; nil where there is none.
  var provedWith: String? { get }

  /// The names of its files for a plan named `plan`.
  func fileNames(for plan: String) -> [String]
  /// The files are named as `fileNames` says.
  func emission(of plan: PortablePlan) -> Emission
}

extension PlanEmitter {
  package var omission: String? { nil }
  package var provedWith: String? { nil }

  package func files(for plan: PortablePlan) -> [EmittedFile] { emission(of: plan).files }
}

/// The targets there are, in the order in which they are listed.
package enum PlanEmitters {
  package static let all: [any PlanEmitter] =
    [
      SysctlDropIn(), AnsibleTasks(), AnsibleRole(), PuppetManifest(), PuppetSysctlType(),
      PuppetSysctlDefine(), SaltState(), ChefRecipe(), NixOSModule(), TuneDProfile(), CloudConfig(),
      ButaneConfig(), IgnitionConfig(), SaptuneNote(), ModulesLoadFile(), ShellScript(),
    ] + containers + [SocketOptionTable()] + programs + languages

  private static let containers: [any PlanEmitter] = [
    ContainerRun.docker, ContainerRun.podman, ComposeFile(), KubernetesPod(),
    KubernetesTerraform(), CNITuning(), CRIOConfig(), ECSTaskDefinition(), EKSUserData(),
    AKSConfig(), AKSTerraform(), GKEConfig(), GKETerraform(), BottlerocketSettings(),
    TalosConfig(), TalosMachineConfig(), OpenShiftTuned(),
  ]

  private static let languages: [any PlanEmitter] = [
    CSource(), GoSource(), JavaSource(), PythonSource(), RustSource(), NodeSource(), SwiftSource(),
    SwiftNIOSource(), AsioSource(), NettySource(), DotNetSource(), WindowsSource(), MacOSSource(),
  ]

  private static let programs: [any PlanEmitter] = [
    NginxConfig(), HAProxyConfig(), EnvoyConfig(), HTTPDConfig(), CaddyConfig(), TraefikConfig(),
    VarnishParameters(), SquidConfig(), PostgreSQLConfig(), LibpqConnection(), PgBouncerConfig(),
    JDBCConnection.postgreSQL, NpgsqlConnection(), MariaDBConfig(), MySQLServer(),
    JDBCConnection.mySQL, JDBCConnection.mariaDB, ProxySQLConfig(), RedisConfig(), RedisPyCode(),
    LettuceCode(), MongoDBConnection(), KafkaConfig.java, KafkaConfig.librdkafka, RabbitMQConfig(),
    PikaCode(), EtcdFlags(), CassandraConfig(), ElasticsearchConfig(), ClickHouseCode(),
    NATSConfig(), OpenSSHConfig.client, OpenSSHConfig.server, SystemdSocketUnit(), CurlConfig(),
    GRPCArguments(),
  ]

  /// Nil where no target has that name.
  package static subscript(name: String) -> (any PlanEmitter)? { all.first { $0.name == name } }
}
