extension SysctlOwner {
  /// The kubelet sets what it needs, unless `protectKernelDefaults` is true. None of it is of the
  /// network; kube-proxy's values are not in any file of the host.
  ///
  /// Source: `setupKernelTunables` in pkg/kubelet/cm/container_manager_linux.go.
  static let kubelet = SysctlOwner("kubelet") { reader in
    guard reader.files.isEnabled("kubelet") else { return nil }
    let path = "/var/lib/kubelet/config.yaml"
    let lines = (reader.text(path) ?? "").split(separator: "\n")
    guard !lines.contains(where: { $0.filter { $0 != " " } == "protectKernelDefaults:true" })
    else { return nil }
    let unit = reader.files.shown("/etc/systemd/system/multi-user.target.wants/kubelet.service")
    return OwnerAct(
      because: "kubelet.service is enabled",
      settings: values.map { OwnedSetting($0.key, $0.value, in: unit) },
      remedy: "protectKernelDefaults: true in \(reader.files.shown(path)) leaves it alone")
  }

  private static let values: KeyValuePairs = [
    "vm.overcommit_memory": "1", "vm.panic_on_oom": "0", "kernel.panic": "10",
    "kernel.panic_on_oops": "1", "kernel.keys.root_maxkeys": "1000000",
    "kernel.keys.root_maxbytes": "25000000",
  ]
}
