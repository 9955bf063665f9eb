# In network, mount and process namespaces of its own: three hosts, each a network namespace, are judged
# for node_exporter's textfile directory; Prometheus scrapes them, evaluates the shipped rules, and answers
# the dashboard's queries.
# usage: live.py TCPADVISOR RULES DASHBOARD FOLDER; prints a line for each step
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

tool, rules, dashboard, folder = sys.argv[1:]
os.environ["PATH"] += ":/usr/sbin:/sbin"
HOSTS = {"a": 9101, "b": 9102, "c": 9103}
DROP_IN = "/etc/sysctl.d/60-tcpadvisor-server.conf"
SECONDS = 60


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def start(*words):
    log = open(f"{folder}/{os.path.basename(words[0])}.log", "a")
    return subprocess.Popen(words, stdout=log, stderr=log)


def empty_configuration():
    """No file of this machine sets anything: what is said of files is about those of this test."""
    for path in ["/etc", "/run", "/usr/lib", "/usr/local/lib"]:
        if os.path.isdir(f"{path}/sysctl.d"):
            run("mount", "-t", "tmpfs", "none", f"{path}/sysctl.d")
    if os.path.exists("/etc/sysctl.conf"):
        open(f"{folder}/none", "w").close()
        run("mount", "--bind", f"{folder}/none", "/etc/sysctl.conf")


class Host:
    def __init__(self, name, port):
        self.name, self.folder = name, f"{folder}/{name}"
        self.file = f"{self.folder}/tcpadvisor.prom"
        os.mkdir(self.folder)
        self.namespace = start("unshare", "--net", "sleep", "infinity")
        until(f"namespace of {name}", lambda: os.readlink(f"/proc/{self.namespace.pid}/ns/net")
              != os.readlink("/proc/self/ns/net"))
        start("prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{port}",
              "--collector.disable-defaults", "--collector.textfile",
              f"--collector.textfile.directory={self.folder}")

    def run(self, *words):
        run("nsenter", f"--net=/proc/{self.namespace.pid}/ns/net", *words)

    def check(self):
        """As the service does."""
        self.run(tool, "check", "--profile", "server", "--format", "prometheus", "--fail-on", "never",
                 "--output", self.file)


def ask(path, **parameters):
    url = f"http://127.0.0.1:9090/api/v1/{path}?{urllib.parse.urlencode(parameters, doseq=True)}"
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
        sys.exit(f"{url}: {error.read().decode()}")


def query(expression):
    return ask("query", query=expression)["result"]


def until(what, condition):
    end = time.monotonic() + SECONDS
    while True:
        try:
            if condition():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        if time.monotonic() > end:
            sys.exit(f"in vain: {what}")
        time.sleep(0.2)


def firing():
    alerts = [a for a in ask("alerts")["alerts"] if a["state"] == "firing"]
    return sorted({f'{a["labels"]["alertname"]} {a["labels"]["instance"]}' for a in alerts})


def alerts_are(step, *wanted):
    wanted = sorted(wanted)
    end = time.monotonic() + SECONDS
    while firing() != wanted and time.monotonic() < end:
        time.sleep(0.2)
    # What would come a moment later is not wanted either.
    time.sleep(4)
    print(f"{step}: {', '.join(firing()) or 'no alert'}")


def description(alert, identifier):
    for found in ask("alerts")["alerts"]:
        labels = found["labels"]
        if labels["alertname"] == alert and labels.get("id") == identifier:
            return found["annotations"]["description"]


def panels_without_data():
    """The titles of panels one of whose queries is refused, or gives nothing."""
    board = json.load(open(dashboard))
    empty = []
    for panel in board["panels"]:
        for target in panel["targets"]:
            expression = re.sub(r"\$(job|instance|profile)", ".*", target["expr"])
            if target["instant"]:
                found = query(expression)
            else:
                now = time.time()
                found = ask("query_range", query=expression, start=now - 10, end=now, step=1)["result"]
            if not found:
                empty.append(panel["title"])
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            values = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"])
            series = re.sub(r"\$(job|instance)", ".*", values[1])
            if not ask(f"label/{values[2]}/values", **{"match[]": series}):
                empty.append(f"${variable['name']}")
    return empty


run("ip", "link", "set", "lo", "up")
empty_configuration()
with open(rules) as source, open(f"{folder}/rules.yml", "w") as short:
    short.write(re.sub(r"for: \d+m", "for: 1s", source.read()))
with open(f"{folder}/prometheus.yml", "w") as configuration:
    json.dump({
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yml"],
        "scrape_configs": [{"job_name": "node", "static_configs": [
            {"targets": [f"127.0.0.1:{port}"], "labels": {"instance": name}}
            for name, port in HOSTS.items()]}],
    }, configuration)
hosts = [Host(name, port) for name, port in HOSTS.items()]
_, b, c = hosts
start("prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
      "--web.listen-address=127.0.0.1:9090")

run(tool, "emit", "sysctl", "--profile", "server", "--output", DROP_IN)
for host in hosts:
    host.run("sysctl", "-p", DROP_IN)
    host.check()
# It listens before it answers: until its database is open it refuses every question.
until("Prometheus", lambda: urllib.request.urlopen("http://127.0.0.1:9090/-/ready", timeout=10))
until("series of all hosts", lambda: len(query("tcpadvisor_check_info")) == 3)
until("up", lambda: len(query("up == 1")) == 3)
alerts_are("as emitted")

b.run("sysctl", "-w", "net.ipv4.tcp_keepalive_time=7200")
b.check()
alerts_are("b drifted", "TCPAdvisorDrift b", "TCPAdvisorObjectiveMissed b")
print("  missed:", description("TCPAdvisorObjectiveMissed", "server.idle.within"))
print("  drift:", description("TCPAdvisorDrift", "server.idle.within"))
print("panels without data:", ", ".join(panels_without_data()) or "none")

b.run("sysctl", "-p", DROP_IN)
b.check()
alerts_are("b loaded again")

os.utime(c.file, (time.time() - 3600,) * 2)
alerts_are("c is not judged any more", "TCPAdvisorStale c")
os.remove(c.file)
alerts_are("the file of c is gone", "TCPAdvisorGone c")
