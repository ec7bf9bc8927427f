"""What the load and fault tests share: servers of their own on free ports, real clients, and what `/proc` says of a process."""
import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "bench/ghz/data.bin"
SERVICE = "dictum.v1.ExtractionService"
# What a server of a test is told beside its flags, which win: no delay of its end, and callers wait in line rather than being shed.
# The tests of just that say so.
ENVIRONMENT = {"DICTUM_DRAIN_DELAY": "0", "DICTUM_MAX_QUEUE_WAIT": "5", "DICTUM_MAX_QUEUE": "4096"}


def arguments():
    """Of one test; `run.py` passes its own on."""
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter, description=sys.modules["__main__"].__doc__)
    parser.add_argument("--full", action="store_true", help="the long form; without it, the one that CI runs")
    parser.add_argument("--dictum", default=str(ROOT / "target/release/dictum"), help="the program to test")
    parser.add_argument("--echo", default=str(ROOT / "target/release/examples/echo"), help="the floor to compare it with")
    parser.add_argument("--tools", default="", help="folder of ghz, grpcurl and grpc-health-probe; without it, those of PATH")
    return parser.parse_args()


ARGUMENTS = arguments()
FULL = ARGUMENTS.full


def tool(name):
    path = shutil.which(name, path=ARGUMENTS.tools or None)
    check(f"{name} is there (cd tools && go build -o DIR tool; --tools DIR)", path)
    return path


# What is seen


def check(what, holds, found=""):
    if not holds:
        print(f"FAILED: {what}{': ' if found != '' else ''}{found}", flush=True)
        sys.exit(1)
    print(f"ok: {what}{' (' if found != '' else ''}{found}{')' if found != '' else ''}", flush=True)


def figure(text):
    """A measured figure: shown by CI whether or not the test holds."""
    print(f"# {text}", flush=True)


def eventually(what, holds, seconds=5.0):
    """Waits until `holds()`; it is checked when the time is over."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.02)
    check(what, holds())


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def best_of(tries, measure, good):
    """Measures until it is good: a machine that others use as well is late at times, and a fault is late always."""
    for _ in range(tries):
        found = measure()
        if good(found):
            break
    return found


# Messages: from the protoset, so that a server without reflection can be asked too.


def _pool():
    files = descriptor_pb2.FileDescriptorSet.FromString((ROOT / "bench/ghz/dictum.protoset").read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return pool


_POOL = _pool()


def message(name):
    return message_factory.GetMessageClass(_POOL.FindMessageTypeByName(f"dictum.v1.{name}"))


Request = message("ExtractFactsRequest")
Response = message("ExtractFactsResponse")


def request(content, **document):
    made = Request()
    made.document.content = content
    for field, value in document.items():
        setattr(made.document, field, value)
    return made


def method(channel, name):
    """A call of the service, on any channel."""
    found = _POOL.FindServiceByName(SERVICE).methods_by_name[name]
    kind = channel.stream_stream if found.client_streaming else channel.unary_unary
    return kind(
        f"/{SERVICE}/{name}",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=message_factory.GetMessageClass(found.output_type).FromString,
    )


def details(error):
    """The ErrorInfo and the RetryInfo of an error, or None for each."""
    trailers = dict(error.trailing_metadata() or ())
    found = {"ErrorInfo": None, "RetryInfo": None}
    for detail in status_pb2.Status.FromString(trailers.get("grpc-status-details-bin", b"")).details:
        name = detail.type_url.rsplit(".", 1)[-1]
        if name in found:
            found[name] = getattr(error_details_pb2, name).FromString(detail.value)
    return found["ErrorInfo"], found["RetryInfo"]


def articles():
    """The texts of the load's data."""
    documents = json.loads((ROOT / "bench/ghz/data.json").read_text(encoding="utf-8"))
    return [entry["document"]["content"] for entry in documents]


def text_of(size):
    """A text of `size` bytes: articles, one after the other."""
    text = "\n\n".join(articles()).encode()
    text = (text * (size // len(text) + 1))[:size].decode(errors="ignore")
    return text + "." * (size - len(text.encode()))


# Processes


class Process:
    """A process of ours, and what it uses."""

    def __init__(self, command, log=None, cores=None, environment=()):
        if cores is not None:
            command = ["taskset", "-c", str(cores), *command]
        self.log_file = open(log or os.devnull, "wb")
        environment = {**os.environ, **dict(environment)}
        self.child = subprocess.Popen(
            command, stdout=self.log_file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment
        )
        self.pid = self.child.pid

    def cpu(self):
        """Seconds of CPU, over all threads: to the nanosecond, where stat counts hundredths."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def resident(self):
        """Bytes of memory."""
        return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{self.pid}/status").read_text())[1]) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def is_running(self):
        return self.child.poll() is None

    def stop(self, seconds=30):
        """Asks it to end, and returns its exit status."""
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(seconds)

    def kill(self):
        self.child.kill()
        self.child.wait()
        self.log_file.close()


class Server(Process):
    """`dictum serve`, on ports of its own, serving when it is there; killed at the end of `with`, whatever happened."""

    def __init__(self, *flags, cores=None, address=None, admin=None, wait=True):
        self.address = address or f"127.0.0.1:{free_port()}"
        self.admin = admin or f"127.0.0.1:{free_port()}"
        self.folder = tempfile.TemporaryDirectory(prefix="dictum-load-")
        self.log_path = pathlib.Path(self.folder.name) / "log"
        command = [ARGUMENTS.dictum, "serve", "--listen", self.address, "--admin-listen", self.admin, *flags]
        super().__init__(command, self.log_path, cores, ENVIRONMENT)
        if wait:
            self.wait_until_serving()

    def wait_until_serving(self, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.is_running():
            try:
                if self.page("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.005)
        self.kill()
        check("the server starts", False, self.log())

    def log(self):
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def page(self, path):
        """Status and text of a page of the admin listener."""
        try:
            with urllib.request.urlopen(f"http://{self.admin}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def metric(self, name, **labels):
        """The sum of a metric over its series with these labels; 0 when there is none."""
        total = 0.0
        for line in self.page("/metrics")[1].splitlines():
            found = re.fullmatch(r"(\w+)(?:\{(.*)\})? ([^ ]+)", line)
            if found and found[1] == name:
                has = dict(re.findall(r'(\w+)="([^"]*)"', found[2] or ""))
                if all(has.get(label) == value for label, value in labels.items()):
                    total += float(found[3])
        return total

    def channel(self, **options):
        options = {"grpc.use_local_subchannel_pool": 1, "grpc.max_receive_message_length": -1, **options}
        return grpc.insecure_channel(self.address, options=list(options.items()))

    def is_healthy(self, address=None, service=SERVICE):
        with grpc.insecure_channel(address or self.admin, options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
            answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=service), timeout=5)
        return answer.status == health_pb2.HealthCheckResponse.SERVING

    def answers(self, seconds=5.0):
        """Whether a new client gets an answer."""
        with self.channel() as channel:
            answer = method(channel, "ExtractFacts")(request("Sales rose by 5 percent in 2021."), timeout=seconds)
        return len(answer.facts) == 2

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None and kind is not SystemExit or kind is SystemExit and error.code:
            print("---- the last lines of the server's log", *self.log().splitlines()[-15:], sep="\n")
        self.kill()
        self.folder.cleanup()


class Echo(Process):
    """The floor of what a call can cost: `examples/echo.rs`, with one worker."""

    def __init__(self, cores):
        self.address = f"127.0.0.1:{free_port()}"
        super().__init__([ARGUMENTS.echo, self.address, "1", str(DATA)], cores=cores)
        eventually("the echo server listens", self.is_listening)

    def is_listening(self):
        try:
            connect(self.address).close()
            return True
        except OSError:
            return False


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def connect(address, timeout=5.0):
    host, port = address.rsplit(":", 1)
    connection = socket.create_connection((host, int(port)), timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def start_bench(address, *flags, files=(DATA,), cores=None):
    """A `dictum bench` that runs."""
    command = [ARGUMENTS.dictum, "bench", "--endpoint", f"http://{address}", "--format", "json", *map(str, flags), *map(str, files)]
    if cores is not None:
        command = ["taskset", "-c", str(cores), *command]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)


def report_of(bench):
    """Its report, when it is done."""
    out, errors = bench.communicate(timeout=1200)
    check("dictum bench reports", out, errors.strip())
    return json.loads(out)


def bench(address, *flags, **options):
    return report_of(start_bench(address, *flags, **options))


def errors_of(report):
    return {code: failures["count"] for code, failures in report["errors"].items()}


def documents_file(folder, *texts):
    """A file of requests for `dictum bench`."""
    path = pathlib.Path(folder) / "documents.jsonl"
    path.write_text("".join(json.dumps({"document": {"content": text}}) + "\n" for text in texts), encoding="utf-8")
    return path
