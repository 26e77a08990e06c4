package dev.gatehouse.gateway.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.outbound.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those for example.amazonaws.com are AWS's published test suite; the others botocore's. */
class SignatureV4Test {
  private static final Instant AT = Instant.parse("2015-08-30T12:36:00Z");
  private static final byte[] BODY =
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Grüße\"}]}]}".getBytes(UTF_8);

  @ParameterizedTest
  @CsvSource({
    "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "GET, /example/.., 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "GET, //, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "GET, /?Param2=value2&Param1=value1,"
        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    "GET, /a/./b//../c/, 03815191a982245f233767bed9d5022ca4cf6dc96e4c7598525bfdbc1932b50c",
    "GET, /?Param1=value2&Param1=Value1, eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1",
    "GET, /?Param, abe6d17bf27c390be13c8fca32dcdbc618f12796a7a5681649cec05fe63d3d8f",
  })
  void signsAsTheTestSuiteExpects(String method, String target, String signature) {
    Map<String, String> added =
        signature(null, "us-east-1", "service")
            .sign(
                method,
                URI.create("https://example.amazonaws.com" + target),
                Map.of(),
                new byte[0],
                AT);

    assertThat(added)
        .isEqualTo(
            Map.of(
                "x-amz-date",
                "20150830T123600Z",
                "authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                    + " SignedHeaders=host;x-amz-date, Signature="
                    + signature));
  }

  @ParameterizedTest
  @CsvSource({
    "https://bedrock-runtime.eu-central-1.amazonaws.com/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse,"
        + " eu-central-1, , content-type;host;x-amz-date, 4c47c2ea77c68ff17036f1dcd79ccae2a90393d0f00d17c934f0f3ed388d3f2d",
    "https://bedrock-runtime.us-east-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fab12/converse-stream,"
        + " us-east-1, TOKEN==, content-type;host;x-amz-date;x-amz-security-token, 55bcf3c11bd58a1430d544a9281cfab9cebefecb9236f683c6e39cd15bfc993c",
    "http://127.0.0.1:4566/model/x~y/converse, us-east-1, , content-type;host;x-amz-date, 0d17c130ce8f16bf97ac9d3f7213f2ec6465bdc17abc762ef41f604f774cbca6",
  })
  void signsForBedrock(
      String uri, String region, @Nullable String token, String names, String signature) {
    Map<String, String> added =
        signature(token, region, "bedrock")
            .sign("POST", URI.create(uri), Map.of("Content-Type", "application/json"), BODY, AT);

    assertThat(added.get("authorization"))
        .endsWith("SignedHeaders=" + names + ", Signature=" + signature);
    assertThat(added.get("x-amz-security-token")).isEqualTo(token);
  }

  @Test
  void foldsTheSpacesOfHeaders() {
    assertThat(
            signature(null, "us-east-1", "service")
                .sign(
                    "POST",
                    URI.create("https://example.amazonaws.com/"),
                    Map.of("My-Header1", "  value1   and  more "),
                    new byte[0],
                    AT)
                .get("authorization"))
        .endsWith(
            "SignedHeaders=host;my-header1;x-amz-date, Signature=0caf0a804de42c62fcd1016f29e471870f0bf71087bcb8ad0f1a45c90ab123da");
  }

  @Test
  void printsNoSecret() {
    assertThat(signature("TOKEN==", "us-east-1", "bedrock").toString())
        .contains("AKIDEXAMPLE")
        .doesNotContain("wJalr", "TOKEN");
  }

  private static SignatureV4 signature(@Nullable String token, String region, String service) {
    return new SignatureV4(
        new AwsCredentials(
            "AKIDEXAMPLE",
            Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            token == null ? null : Secret.of(token)),
        region,
        service);
  }
}
