package dev.gatehouse.provenance.verification;

import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * What a certificate of the {@link TestAuthority} says of whom it was given to.
 *
 * @param extensions by the last number of their OID, as Fulcio writes them
 * @param name the subject alternative name
 */
public record TestIdentity(Map<Integer, String> extensions, GeneralName name) {
  public static final String COMMIT = "08802efe1f8e5fec4ad842d6b8ce97656092ee72";

  /** As a workflow of GitHub that a tag started gets it. */
  public static TestIdentity github(String repository, String workflow, String tag) {
    return onForge(
        "https://token.actions.githubusercontent.com",
        "https://github.com/" + repository,
        "/.github/workflows/" + workflow,
        "refs/tags/" + tag,
        "release",
        "github-hosted");
  }

  /** As a pipeline of gitlab.com gets it. */
  public static TestIdentity gitlab(String project, String pipeline, String tag) {
    return onForge(
        "https://gitlab.com",
        "https://gitlab.com/" + project,
        "//" + pipeline,
        "refs/tags/" + tag,
        "push",
        "gitlab-hosted");
  }

  /** As an account of Google gets it. */
  public static TestIdentity google(String email) {
    return new TestIdentity(
        Map.of(8, "https://accounts.google.com"), new GeneralName(GeneralName.rfc822Name, email));
  }

  /** As a project of ActiveState would get it. */
  public static TestIdentity activeState(String organization, String project) {
    ASN1EncodableVector name = new ASN1EncodableVector();
    name.add(new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.7"));
    name.add(
        new DERTaggedObject(
            true, 0, new DERUTF8String("org:%s:project:%s".formatted(organization, project))));
    return new TestIdentity(
        Map.of(8, "https://platform.activestate.com/api/v1/oauth/oidc"),
        new GeneralName(GeneralName.otherName, new DERSequence(name)));
  }

  private static TestIdentity onForge(
      String issuer, String repository, String path, String ref, String trigger, String runner) {
    String workflow = repository + path + "@" + ref;
    Map<Integer, String> extensions = new TreeMap<>();
    extensions.put(8, issuer);
    extensions.put(9, workflow);
    extensions.put(10, COMMIT);
    extensions.put(11, runner);
    extensions.put(12, repository);
    extensions.put(13, COMMIT);
    extensions.put(14, ref);
    extensions.put(15, "772247423");
    extensions.put(16, repository.substring(0, repository.lastIndexOf('/')));
    extensions.put(17, "2314423");
    extensions.put(18, workflow);
    extensions.put(19, COMMIT);
    extensions.put(20, trigger);
    extensions.put(21, repository + "/actions/runs/1/attempts/1");
    extensions.put(22, "public");
    return new TestIdentity(
        extensions, new GeneralName(GeneralName.uniformResourceIdentifier, workflow));
  }

  /** The same with another text in one extension. */
  public TestIdentity with(int extension, String text) {
    Map<Integer, String> changed = new TreeMap<>(extensions);
    changed.put(extension, text);
    return new TestIdentity(changed, name);
  }

  /** The same without an extension. */
  public TestIdentity without(int extension) {
    Map<Integer, String> changed = new TreeMap<>(extensions);
    changed.remove(extension);
    return new TestIdentity(changed, name);
  }

  /** The same, given for another name. */
  public TestIdentity named(GeneralName other) {
    return new TestIdentity(extensions, other);
  }
}
