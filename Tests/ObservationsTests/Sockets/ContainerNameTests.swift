import Observations
import Testing

struct ContainerNameTests {
  private static let id = String(repeating: "0123456789abcdef", count: 4)

  @Test(arguments: [
    ("0::/system.slice/docker-\(id).scope\n", "docker 0123456789ab"),
    ("12:memory:/docker/\(id)\n0::/\n", "docker 0123456789ab"),
    (
      "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-\(id).scope",
      "containerd 0123456789ab"
    ),
    ("0::/kubepods/besteffort/pod1f2e/\(id)", "kubernetes 0123456789ab"),
    ("0::/machine.slice/libpod-\(id).scope/container", "podman 0123456789ab"),
    ("0::/crio-\(id).scope", "cri-o 0123456789ab"),
    ("0::/lxc.payload.web1/system.slice/nginx.service", "lxc web1"),
    ("0::/lxc/web1", "lxc web1"),
    ("0::/machine.slice/systemd-nspawn@build.service/payload", "nspawn build"),
    ("0::/machine.slice/machine-build.scope", "nspawn build"),
  ])
  func `container: it is named by the control group of its processes`(
    groups: String, name: String
  ) {
    #expect(ContainerName(controlGroups: groups)?.description == name)
  }

  @Test(arguments: [
    "", "0::/", "0::/system.slice/nginx.service\n",
    "0::/user.slice/user-1000.slice/session-1.scope",
    "0::/system.slice/docker.service", "0::/system.slice/docker-.scope", "docker-", "::::",
    "0::/kubepods/short",
  ])
  func `container: what is no container has no name`(groups: String) {
    #expect(ContainerName(controlGroups: groups) == nil)
  }
}
