package dev.gatehouse.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.inbound.AddressRange;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a virtual key opens, and what is close to one does not. */
class VirtualKeysIT {
  @TempDir private Path folder;

  private static int status(Lab lab, String key, String... headers) throws Exception {
    return lab.ask(key, "/v1/chat/completions", Lab.CHAT, headers).statusCode();
  }

  /** CVE-2026-35030: a token that began like another was taken for it. */
  @Test
  void comparesTheWholeToken() throws Exception {
    try (Lab lab = new Lab(folder)) {
      String key = lab.key("{'name':'app'}");
      assertThat(status(lab, key)).isEqualTo(200);

      for (int kept = 1; kept < key.length(); kept++) {
        char other = key.charAt(kept) == 'A' ? 'B' : 'A';
        String alike = key.substring(0, kept) + other + key.substring(kept + 1);
        assertThat(status(lab, alike)).as("alike in %d characters", kept).isEqualTo(401);
      }
      assertThat(status(lab, key.substring(0, key.length() - 1))).isEqualTo(401);
      assertThat(status(lab, key + "A")).isEqualTo(401);
      assertThat(status(lab, key.toUpperCase(java.util.Locale.ROOT))).isEqualTo(401);
    }
  }

  @Test
  void keepsAKeyToItsScope() throws Exception {
    try (Lab lab = new Lab(folder)) {
      String narrow = lab.key("{'name':'narrow','models':['fast'],'endpoints':['chat']}");
      String over = lab.key("{'name':'over','expires':'2020-01-01T00:00:00Z'}");

      assertThat(status(lab, narrow)).isEqualTo(200);
      assertThat(status(lab, over)).isEqualTo(401);
      for (String model : List.of("claude", "openai/m-fast", "openai:m-fast", "FAST", "fast ")) {
        assertThat(
                lab.ask(narrow, "/v1/chat/completions", Lab.CHAT.replace("fast", model))
                    .statusCode())
            .as(model)
            .isEqualTo(403);
      }
      assertThat(lab.ask(narrow, "/v1/responses", Lab.CHAT).statusCode()).isEqualTo(403);
      assertThat(lab.ask(narrow, "/openai/deployments/az/chat/completions", Lab.CHAT).statusCode())
          .isEqualTo(403);
      assertThat(lab.provider.seen()).hasSize(1);
    }
  }

  @Test
  void believesNobodyButATrustedProxyAboutAnAddress() throws Exception {
    String terms = "{'name':'inner','addresses':['10.0.0.0/8']}";
    try (Lab lab = new Lab(folder)) {
      String key = lab.key(terms);
      for (String header : List.of("X-Forwarded-For", "X-Real-IP", "X-Client-IP")) {
        assertThat(status(lab, key, header, "10.1.2.3")).as(header).isEqualTo(401);
      }
      assertThat(status(lab, key, "Forwarded", "for=10.1.2.3")).isEqualTo(401);
    }
    try (Lab lab =
        new Lab(
            folder.resolve("proxied"), Map.of(), null, List.of(AddressRange.parse("127.0.0.1")))) {
      String key = lab.key(terms);
      assertThat(status(lab, key, "X-Forwarded-For", "10.1.2.3")).isEqualTo(200);
      // What stands before the proxy's own entry was written by the client.
      assertThat(status(lab, key, "X-Forwarded-For", "10.1.2.3, 192.0.2.1")).isEqualTo(401);
      assertThat(status(lab, key)).isEqualTo(401);
    }
  }

  @Test
  void showsAKeyOnce() throws Exception {
    try (Lab lab = new Lab(folder)) {
      String key = lab.key("{'name':'app'}");
      for (String path :
          List.of("/api/keys", "/api/keys/app", "/api/usage", "/api/audit-log", "/metrics")) {
        HttpResponse<String> shown = lab.administer("GET", path, "");
        assertThat(shown.statusCode()).as(path).isEqualTo(200);
        assertThat(shown.body()).doesNotContain(key);
      }
      assertThat(lab.administer("GET", "/key/info?key=" + key, "").body()).doesNotContain(key);
    }
  }
}
