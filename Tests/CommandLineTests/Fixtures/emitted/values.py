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


readers = {
    "sysctl": lambda path: drop_in(open(path).read()), "ansible": ansible,
    "ansible-role": ansible_role, "salt": salt, "cloud-init": cloud_init, "butane": butane,
    "ignition": ignition, "nixos": nixos, "chef": chef, "tuned": tuned,
}
print(json.dumps(readers[sys.argv[1]](sys.argv[2])))
