package dev.gatehouse.provenance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.gatehouse.packaging.artifact.Sha256;
import dev.gatehouse.provenance.Reason;
import dev.gatehouse.provenance.attestation.Predicate;
import dev.gatehouse.provenance.identity.RefKind;
import dev.gatehouse.provenance.identity.SignerIdentity;
import dev.gatehouse.provenance.verification.RealPairs.Pair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The attestations of real artifacts, by the trusted root that is built in, without a network. */
final class RealAttestationsTest {
  private static final TrustRoot ROOT = TrustRoot.builtIn();

  static List<String> production() {
    return RealPairs.PRODUCTION;
  }

  static List<String> documents() {
    List<String> all = new ArrayList<>(RealPairs.PRODUCTION);
    all.add(RealPairs.OBJECT);
    return all;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void hold(String document) {
    assertThat(RealPairs.read(document).verifiedBy(ROOT)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void sayWhoPublishedOnGitHub() {
    VerifiedAttestation attestation =
        Samples.verified(RealPairs.read(RealPairs.OBJECT).verifiedBy(ROOT));

    SignerIdentity signer = attestation.signer();
    assertThat(signer.publisher().text())
        .isEqualTo("github:trailofbits/pypi-attestations/.github/workflows/release.yml");
    assertThat(signer.commit()).isEqualTo("08802efe1f8e5fec4ad842d6b8ce97656092ee72");
    assertThat(signer.ref()).isEqualTo("refs/tags/v0.0.19");
    assertThat(signer.refKind()).isEqualTo(RefKind.TAG);
    assertThat(signer.repositoryId()).isEqualTo("772247423");
    assertThat(signer.ownerId()).isEqualTo("2314423");
    assertThat(signer.trigger()).isEqualTo("release");
    assertThat(signer.runner()).isEqualTo("github-hosted");
    assertThat(signer.signer()).isNull();
    assertThat(attestation.predicate()).isEqualTo(Predicate.PUBLISH);
    assertThat(attestation.environment()).isNull();
    assertThat(attestation.logged()).isEqualTo(Instant.parse("2024-12-04T23:14:01Z"));
  }

  @Test
  void sayWhoPublishedOnGitLab() {
    VerifiedAttestation attestation =
        Samples.verified(RealPairs.read(RealPairs.PRODUCTION.getFirst()).verifiedBy(ROOT));

    assertThat(attestation.signer().publisher().text())
        .isEqualTo("gitlab:facutuesca/gitlab-oidc-project//.gitlab-ci.yml");
    assertThat(attestation.signer().refKind()).isEqualTo(RefKind.BRANCH);
    assertThat(attestation.signer().runner()).isEqualTo("gitlab-hosted");
  }

  @Test
  void tellABuildFromAPublication() {
    assertThat(
            Samples.verified(RealPairs.read(RealPairs.PRODUCTION.getLast()).verifiedBy(ROOT))
                .predicate())
        .isEqualTo(Predicate.SLSA);
  }

  @Test
  void ofTheStagingInstanceHoldByItsRootAlone() throws Exception {
    Pair staging = RealPairs.read(RealPairs.STAGING);

    Samples.assertRefused(Reason.UNTRUSTED, staging.verifiedBy(ROOT));
    assertThat(staging.verifiedBy(RealPairs.stagingRoot()))
        .isInstanceOf(Verification.Verified.class);
  }

  @ParameterizedTest
  @MethodSource("production")
  void areNotThoseOfOtherBytes(String document) {
    Pair pair = RealPairs.read(document);

    Samples.assertRefused(
        Reason.OTHER_DIGEST,
        ProvenanceVerifier.verify(
            pair.artifact(),
            Sha256.digest(new byte[0]),
            pair.document().getBytes(StandardCharsets.UTF_8),
            ROOT,
            Samples.NOW));
  }

  /**
   * Every value of every key changed in every way that comes to mind, one at a time. The index's
   * word about its environment is the one thing that nobody signed.
   */
  @ParameterizedTest
  @MethodSource("documents")
  void holdNoMoreWhenAnyValueWasChanged(String document) {
    Pair pair = RealPairs.read(document);
    assertNoneHolds(pair.document(), mutant -> pair.verifiedAs(mutant, ROOT));
  }

  /** The same without the real ones: what is shown there holds on any machine. */
  @Test
  void ofAnAuthorityOfOurOwnHoldNoMoreEither() {
    assertNoneHolds(
        TestAuthority.provenance(
            // Without an a: to GitHub acme is Acme, so that would be no change.
            TestAuthority.githubClaim("zope/demo", "release.yml"),
            Samples.sign().by(TestIdentity.github("zope/demo", "release.yml", "v1")).attestation()),
        Samples::verify);
  }

  private static void assertNoneHolds(
      String original, Function<String, Verification> verification) {
    assertThat(verification.apply(original)).isInstanceOf(Verification.Verified.class);
    Map<String, String> mutants = mutants(original);
    List<String> survivors = new ArrayList<>();

    mutants.forEach(
        (what, text) -> {
          if (verification.apply(text) instanceof Verification.Verified) {
            survivors.add(what);
          }
        });

    assertThat(mutants).hasSizeGreaterThan(300);
    assertThat(survivors).isEmpty();
  }

  private static Map<String, String> mutants(String original) {
    Map<String, String> mutants = new LinkedHashMap<>();
    int count = places(JsonParser.parseString(original)).size();
    for (int i = 0; i < count; i++) {
      List<String> changes = changes(places(JsonParser.parseString(original)).get(i));
      for (int change = 0; change < changes.size(); change++) {
        JsonElement copy = JsonParser.parseString(original);
        Place place = places(copy).get(i);
        place.apply().get(change).run();
        if (!copy.equals(JsonParser.parseString(original))) {
          mutants.put(place.name() + ": " + changes.get(change), copy.toString());
        }
      }
    }
    return mutants;
  }

  private static List<String> changes(Place place) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < place.apply().size(); i++) {
      names.add("change " + i);
    }
    return names;
  }

  /** A value, and what can be done to it. */
  private record Place(String name, List<Runnable> apply) {}

  private static List<Place> places(JsonElement root) {
    List<Place> places = new ArrayList<>();
    collect(root, "", places);
    return places;
  }

  private static void collect(JsonElement element, String path, List<Place> places) {
    if (element instanceof JsonObject object) {
      for (String key : List.copyOf(object.keySet())) {
        if (key.equals("environment")) {
          continue;
        }
        places.add(
            new Place(
                path + "/" + key,
                changesOf(object.get(key), to -> object.add(key, to), () -> object.remove(key))));
        collect(object.get(key), path + "/" + key, places);
      }
    } else if (element instanceof JsonArray array) {
      places.add(new Place(path + "[]", arrayChanges(array)));
      for (int i = 0; i < array.size(); i++) {
        int place = i;
        places.add(
            new Place(
                path + "/" + i,
                changesOf(array.get(i), to -> array.set(place, to), () -> array.remove(place))));
        collect(array.get(i), path + "/" + i, places);
      }
    }
  }

  private static List<Runnable> arrayChanges(JsonArray array) {
    List<Runnable> changes = new ArrayList<>();
    changes.add(() -> array.add(array.get(0).deepCopy()));
    changes.add(() -> array.add(array.get(array.size() - 1).deepCopy()));
    changes.add(
        () -> {
          JsonElement first = array.remove(0);
          array.add(first);
        });
    return changes;
  }

  private static List<Runnable> changesOf(
      JsonElement value, Consumer<JsonElement> set, Runnable remove) {
    List<Runnable> changes = new ArrayList<>();
    changes.add(remove);
    changes.add(() -> set.accept(JsonNull.INSTANCE));
    changes.add(() -> set.accept(new JsonObject()));
    changes.add(() -> set.accept(new JsonArray()));
    changes.add(() -> set.accept(new JsonPrimitive(true)));
    changes.add(() -> set.accept(new JsonPrimitive("")));
    changes.add(() -> set.accept(new JsonPrimitive(7)));
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      String text = primitive.getAsString();
      changes.add(() -> set.accept(new JsonPrimitive(text + "\n")));
      changes.add(() -> set.accept(new JsonPrimitive(" " + text)));
      changes.add(() -> set.accept(new JsonPrimitive(text + "=")));
      changes.add(() -> set.accept(new JsonPrimitive(text + text)));
      changes.add(() -> set.accept(new JsonPrimitive("0" + text)));
      changes.add(() -> set.accept(new JsonPrimitive(text.substring(1))));
      changes.add(() -> set.accept(new JsonPrimitive(text.substring(0, text.length() - 1))));
      changes.add(() -> set.accept(new JsonPrimitive(text.replace('+', '-').replace('/', '_'))));
      for (int i = 0; i < 16; i++) {
        int at = (int) ((long) i * (text.length() - 1) / 15);
        char other =
            text.charAt(at) == 'A'
                ? 'B'
                : text.charAt(at) == '1' ? '2' : Character.isDigit(text.charAt(at)) ? '1' : 'A';
        changes.add(
            () ->
                set.accept(
                    new JsonPrimitive(text.substring(0, at) + other + text.substring(at + 1))));
      }
    } else if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
      changes.add(() -> set.accept(new JsonPrimitive(primitive.getAsInt() + 1)));
      changes.add(() -> set.accept(new JsonPrimitive(primitive.getAsInt() - 1)));
    }
    return changes;
  }
}
