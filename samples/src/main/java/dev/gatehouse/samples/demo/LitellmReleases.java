package dev.gatehouse.samples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.samples.SampleArtifact;
import dev.gatehouse.samples.WheelBuilder;
import java.util.Base64;

/**
 * Three releases of a stand-in for LiteLLM: the last clean one, and the two of 24 March 2026
 * (MAL-2026-2144), shaped as those were, in two layers of base64. Once unwrapped, the payload
 * writes one line into the file that {@link #WITNESS} names; where nothing names one, it does
 * nothing. It reads no secret, reaches no host and stays nowhere.
 */
public final class LitellmReleases {
  /** The variable that names the file which tells whether a payload ran. */
  public static final String WITNESS = "GATEHOUSE_DEMO_WITNESS";

  private static final String PAYLOAD =
      """
      import os

      witness = os.environ.get("WITNESS")
      if witness:
          with open(witness, "a", encoding="utf-8") as file:
              file.write("CARRIER ran, with %d environment variables in its reach\\n" % len(os.environ))
      """;

  private static final String OUTER = "import base64\nexec(base64.b64decode('INNER'))\n";

  private static final String CLIENT =
      """
      \"""One call for many models.\"""

      __version__ = "VERSION"


      def completion(model, messages):
          return {"model": model, "choices": [{"message": messages[-1]}]}
      """;

  private static final String PROXY =
      """
      \"""The proxy: one address for many models.\"""

      import json

      from litellm import completion


      def answer(body):
          request = json.loads(body)
          return json.dumps(completion(request["model"], request["messages"]))
      """;

  /** What 1.82.7 added to the proxy: unwraps a script, and runs it when the proxy is imported. */
  private static final String AT_IMPORT =
      """


      import base64
      import os
      import subprocess
      import sys
      import tempfile

      with tempfile.TemporaryDirectory() as work:
          script = os.path.join(work, "p.py")
          with open(script, "wb") as file:
              file.write(base64.b64decode("OUTER"))
          subprocess.run(
              [sys.executable, script],
              stdout=subprocess.DEVNULL,
              stderr=subprocess.DEVNULL,
          )
      """;

  /**
   * What 1.82.8 added to the wheel's root. The {@code -S} is ours: without it the Python that is
   * started reads this line again, and so on without end. That was how the real one was found.
   */
  private static final String AT_START =
      "import os, subprocess, sys; subprocess.Popen([sys.executable, \"-S\", \"-c\","
          + " \"import base64; exec(base64.b64decode('OUTER'))\"],"
          + " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n";

  private LitellmReleases() {}

  /** 1.82.6, in which nothing runs by itself. */
  public static SampleArtifact clean() {
    return release("1.82.6", PROXY).build();
  }

  /** 1.82.7, whose payload runs when {@code litellm.proxy.proxy_server} is imported. */
  public static SampleArtifact runsAtImport() {
    return release("1.82.7", withPayload("1.82.7")).build();
  }

  /** 1.82.8, whose payload also runs at every start of Python, imported or not. */
  public static SampleArtifact runsAtStart() {
    return release("1.82.8", withPayload("1.82.8"))
        .file(
            "litellm_init.pth",
            AT_START.replace("OUTER", wrapped("litellm_init.pth of litellm 1.82.8")))
        .build();
  }

  private static WheelBuilder release(String version, String proxy) {
    return WheelBuilder.wheel("litellm", version)
        .file("litellm/__init__.py", CLIENT.replace("VERSION", version))
        .file("litellm/proxy/__init__.py", "")
        .file("litellm/proxy/proxy_server.py", proxy);
  }

  private static String withPayload(String version) {
    return PROXY + AT_IMPORT.replace("OUTER", wrapped("proxy_server.py of litellm " + version));
  }

  /** The payload in its two layers. */
  private static String wrapped(String carrier) {
    String payload = PAYLOAD.replace("WITNESS", WITNESS).replace("CARRIER", carrier);
    return base64(OUTER.replace("INNER", base64(payload)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
