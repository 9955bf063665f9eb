"""Prints what an emitted file sets, as JSON, read by the program that it is for or by a reader of its language.

usage: values.py TARGET FILE
"""

import json
import subprocess
import sys
import urllib.parse

import yaml


def drop_in(text):
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {key.strip(): value.strip() for key, value in (line.split("=", 1) for line in lines)}


def output(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def ansible(path):
    tasks = [task["ansible.posix.sysctl"] for task in yaml.safe_load(open(path))]
    assert all(task["sysctl_file"].startswith("/etc/sysctl.d/") for task in tasks)
    assert all(isinstance(task["value"], str) for task in tasks)
    return {task["name"]: task["value"] for task in tasks}


def ansible_role(path):
    return yaml.safe_load(open(path))["tcpadvisor_sysctls"]


def salt(path):
    assert open(path).readline() == "#!yaml\n"
    states = {}
    for key, state in yaml.safe_load(open(path)).items():
        values = {name: value for entry in state["sysctl.present"] for name, value in entry.items()}
        assert values["config"].startswith("/etc/sysctl.d/")
        states[key] = values["value"]
    return states


def cloud_init(path):
    assert open(path).readline() == "#cloud-config\n"
    data = yaml.safe_load(open(path))
    (file,) = data["write_files"]
    assert data["runcmd"] == [["sysctl", "-p", file["path"]]] and file["permissions"] == "0644"
    return drop_in(file["content"])


def butane(path):
    (file,) = yaml.safe_load(open(path))["storage"]["files"]
    assert file["mode"] == 0o644
    return drop_in(file["contents"]["inline"])


def ignition(path):
    (file,) = json.load(open(path))["storage"]["files"]
    assert file["mode"] == 0o644
    kind, text = file["contents"]["source"].split(",", 1)
    assert kind == "data:"
    return drop_in(urllib.parse.unquote(text))


def nixos(path):
    return {
        key: str(value)
        for key, value in json.loads(
            output(
                "nix-instantiate", "--eval", "--strict", "--json", "--expr",
                f"(import {path} {{}}).boot.kernel.sysctl",
            )
        ).items()
    }


def chef(path):
    """By a stand-in for the resource: no Chef is to be had, and Ruby reads the file."""
    stub = """
      require 'json'
      SETTINGS = {}
      class Resource
        attr_reader :setting
        def value(text) = @setting = text
        def comment(lines) = lines.each { |line| raise line if line.include?("\\n") }
      end
      def sysctl(key, &block)
        resource = Resource.new
        resource.instance_eval(&block)
        SETTINGS[key] = resource.setting
      end
      load ARGV[0]
      puts JSON.dump(SETTINGS)
    """
    return json.loads(output("ruby", "-e", stub, path))


def tuned(path):
    import configparser

    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.optionxform = str
    parser.read(path)
    assert parser["main"]["summary"]
    return {key: value.strip('"') for key, value in parser["sysctl"].items()}


def saptune(path):
    import configparser

    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.optionxform = str
    parser.read(path)
    assert list(parser["version"]) == ["VERSION", "DATE", "DESCRIPTION", "REFERENCES"]
    return dict(parser["sysctl"])


def container_run(path):
    """By a stand-in for the engine, which prints its arguments."""
    import os
    import tempfile

    engine = path.split(".")[-2]
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/{engine}", "w") as file:
            file.write("#!/bin/sh\nprintf '%s\\0' \"$@\"\n")
        os.chmod(file.name, 0o755)
        os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
        words = output("sh", path, "--rm", "an image", "$HOME").split("\0")[:-1]
    assert words[0] == "run" and words[-3:] == ["--rm", "an image", "$HOME"]
    options, values = words[1:-3:2], words[2:-3:2]
    assert set(options) == {"--sysctl"}
    return dict(value.split("=", 1) for value in values)


def compose(path):
    (service,) = yaml.safe_load(open(path))["services"].values()
    assert all(isinstance(value, str) for value in service["sysctls"].values())
    return {key: value.replace("$$", "$") for key, value in service["sysctls"].items()}


def pod(path):
    data = yaml.safe_load(open(path))
    (context,) = data["spec"].values()
    kubelet = yaml.safe_load(open(path.replace(".pod.yaml", ".kubelet.yaml")))
    assert kubelet["kind"] == "KubeletConfiguration"
    values = {entry["name"]: entry["value"] for entry in context["sysctls"]}
    assert set(kubelet.get("allowedUnsafeSysctls", [])) <= set(values)
    return values


def hcl(path, *blocks):
    """The attributes of a block within blocks, without what the reader adds."""
    import hcl2

    body = hcl2.load(open(path))
    for block in blocks:
        assert {name for name in body if not name.startswith("__")} == {block}
        (body,) = body[block] if isinstance(body[block], list) else [body[block]]
    return {name: value for name, value in body.items() if not name.startswith("__")}


def unquoted(value):
    return json.loads(value.replace("$${", "${").replace("%%{", "%{"))


def pod_terraform(path):
    blocks = hcl(path, "security_context")["sysctl"]
    return {unquoted(block["name"]): unquoted(block["value"]) for block in blocks}


def gke_terraform(path):
    values = hcl(path, "node_config", "linux_node_config", "sysctls")
    return {unquoted(key): unquoted(value) for key, value in values.items()}


def aks_terraform(path):
    values = hcl(path, "linux_os_config", "sysctl_config")
    return {key.replace("_", ".", 2): str(value) for key, value in values.items()}


def aks(path):
    odd = {"netIpv4TcpkeepaliveIntvl": "net.ipv4.tcp_keepalive_intvl"}
    values = {}
    for name, value in json.load(open(path))["sysctls"].items():
        words = "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)
        values[odd.get(name, words.replace("_", ".", 2))] = str(value)
    return values


def gke(path):
    values = yaml.safe_load(open(path))["linuxConfig"]["sysctl"]
    assert all(isinstance(value, str) for value in values.values())
    return values


def eks(path):
    import email.parser
    import email.policy

    message = email.parser.BytesParser(policy=email.policy.default).parse(open(path, "rb"))
    config, cloud = message.iter_parts()
    assert config.get_content_type() == "application/node.eks.aws"
    node = yaml.safe_load(config.get_content())
    assert node["kind"] == "NodeConfig" and list(node["spec"]) == ["kubelet"]
    assert cloud.get_content_type() == "text/cloud-config"
    data = yaml.safe_load(cloud.get_content())
    (file,) = data["write_files"]
    assert data["runcmd"] == [["sysctl", "-p", file["path"]]]
    return drop_in(file["content"])


def bottlerocket(path):
    import tomllib

    return tomllib.load(open(path, "rb"))["settings"]["kernel"]["sysctl"]


def talos(path):
    data = yaml.safe_load(open(path))
    assert data["apiVersion"] == "v1alpha1" and data["kind"] == "SysctlConfig"
    return data["params"]


def crio(path):
    import tomllib

    settings = tomllib.load(open(path, "rb"))["crio"]["runtime"]["default_sysctls"]
    return dict(setting.split("=", 1) for setting in settings)


def openshift(path):
    import configparser

    data = yaml.safe_load(open(path))
    (profile,) = data["spec"]["profile"]
    (choice,) = data["spec"]["recommend"]
    assert choice["profile"] == profile["name"] == data["metadata"]["name"]
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.optionxform = str
    parser.read_string(profile["data"])
    assert parser["main"]["include"] == "openshift-node"
    return {key: value.strip('"') for key, value in parser["sysctl"].items()}


def ecs(path):
    controls = json.load(open(path))["systemControls"]
    return {control["namespace"]: control["value"] for control in controls}


def cni_tuning(path):
    plug_in = json.load(open(path))
    assert plug_in["type"] == "tuning"
    return {key: value.replace("\t", " ") for key, value in plug_in["sysctl"].items()}


readers = {
    "sysctl": lambda path: drop_in(open(path).read()), "ansible": ansible,
    "ansible-role": ansible_role, "salt": salt, "cloud-init": cloud_init, "butane": butane,
    "ignition": ignition, "nixos": nixos, "chef": chef, "tuned": tuned, "saptune": saptune,
    "docker-run": container_run, "podman-run": container_run, "compose": compose,
    "kubernetes-pod": pod, "kubernetes-terraform": pod_terraform, "cni-tuning": cni_tuning,
    "crio": crio, "ecs": ecs, "eks-nodeadm": eks, "aks": aks, "aks-terraform": aks_terraform,
    "gke": gke, "gke-terraform": gke_terraform, "bottlerocket": bottlerocket, "talos": talos,
    "talos-machine": lambda path: yaml.safe_load(open(path))["machine"]["sysctls"],
    "openshift-tuned": openshift,
}
print(json.dumps(readers[sys.argv[1]](sys.argv[2])))
