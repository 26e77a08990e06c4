package dev.gatehouse.provenance.workflow;

import dev.gatehouse.findings.Rule;
import dev.gatehouse.findings.Severity;
import java.util.List;

/** What can be found in workflows that publish. */
public final class PublisherRules {
  /** LiteLLM, March 2026: the token was stolen from CI and used from elsewhere. */
  static final Rule TOKEN_UPLOAD =
      new Rule(
          "publisher-token-upload",
          Severity.HIGH,
          false,
          "An upload with a token or password that outlives the release (zizmor: use-trusted-publishing)",
          "Let the index trust the workflow itself (trusted publishing), and revoke the token after the first release that worked: gatehouse publisher migrate.");

  /** A secret in a file is none. */
  static final Rule HARDCODED_TOKEN =
      new Rule(
          "publisher-hardcoded-token",
          Severity.CRITICAL,
          true,
          "A token or password that stands in the repository",
          "Revoke it now: whoever has read the repository has it, and its history keeps it.");

  /** tj-actions, Trivy, Ultralytics: each began with it. */
  static final Rule DANGEROUS_TRIGGER =
      new Rule(
          "publisher-dangerous-trigger",
          Severity.HIGH,
          false,
          "A trigger that lets strangers start what holds credentials (zizmor: dangerous-triggers)",
          "Publish on tags or releases (push, release, workflow_dispatch); give pull requests a workflow without secrets.");

  /** The whole of a "pwn request". */
  static final Rule UNTRUSTED_CHECKOUT =
      new Rule(
          "publisher-untrusted-checkout",
          Severity.CRITICAL,
          true,
          "A stranger's code in a workflow that holds credentials (zizmor: dangerous-triggers)",
          "Check out and run proposals in a workflow of pull_request alone, which gets no secrets.");

  /** PyPI binds a publisher to the workflow that is started, and takes no other. */
  static final Rule REUSABLE_WORKFLOW =
      new Rule(
          "publisher-reusable-workflow",
          Severity.HIGH,
          false,
          "A reusable workflow that publishes",
          "Publish in a job of the workflow that is started; let the reusable one build.");

  /** Whatever the build runs can read the credentials of its job. */
  static final Rule BUILD_AND_PUBLISH =
      new Rule(
          "publisher-build-and-publish",
          Severity.HIGH,
          false,
          "Building and publishing in one job",
          "Build in a job without credentials, and publish its artifacts in another: gatehouse publisher migrate.");

  /** A publisher without one trusts every branch's copy of the workflow. */
  static final Rule NO_ENVIRONMENT =
      new Rule(
          "publisher-no-environment",
          Severity.MEDIUM,
          false,
          "A publishing job without an environment (zizmor: secrets-outside-env)",
          "Give the job an environment, name it in the publisher's form, and let people approve it or bind it to tags.");

  /** tj-actions/changed-files, March 2025; trivy-action, March 2026: the tags were moved. */
  static final Rule UNPINNED_ACTION =
      new Rule(
          "publisher-unpinned-action",
          Severity.HIGH,
          false,
          "Code of others that can change under its name (zizmor: unpinned-uses)",
          "Pin it to the full commit, with the version as a comment: gatehouse publisher migrate looks it up.");

  /** The same for images. */
  static final Rule UNPINNED_IMAGE =
      new Rule(
          "publisher-unpinned-image",
          Severity.MEDIUM,
          false,
          "A container image that can change under its name (zizmor: unpinned-images)",
          "Pin it to its digest (image:tag@sha256:...).");

  /** Trivy was installed unpinned in LiteLLM's release. */
  static final Rule UNPINNED_TOOL =
      new Rule(
          "publisher-unpinned-tool",
          Severity.MEDIUM,
          false,
          "A tool that is installed unpinned where credentials are (zizmor: adhoc-packages)",
          "Pin it to an exact version, better with hashes, or publish with pypa/gh-action-pypi-publish in a job of its own.");

  /** Ultralytics, December 2024: the cache carried the payload into the release. */
  static final Rule CACHE =
      new Rule(
          "publisher-cache",
          Severity.MEDIUM,
          false,
          "A cache in the release (zizmor: cache-poisoning)",
          "Build releases from nothing: leave caches to the workflows of tests.");

  /** Ultralytics again: the name of a branch was the command. */
  static final Rule TEMPLATE_INJECTION =
      new Rule(
          "publisher-template-injection",
          Severity.HIGH,
          false,
          "Text of others that becomes part of a script (zizmor: template-injection)",
          "Hand it over by an environment variable, and write \"$NAME\" in the script.");

  /** The default of a repository may be write. */
  static final Rule WIDE_PERMISSIONS =
      new Rule(
          "publisher-wide-permissions",
          Severity.MEDIUM,
          false,
          "More permissions than the job needs (zizmor: excessive-permissions)",
          "Write permissions: contents: read for the workflow, and id-token: write in the publishing job alone.");

  /** Without it the exchange fails. */
  static final Rule NO_ID_TOKEN =
      new Rule(
          "publisher-no-id-token",
          Severity.HIGH,
          false,
          "No identity to publish with",
          "Give the publishing job what its index asks for: id-token: write on GitHub, id_tokens with the index's audience on GitLab.");

  /** What ran there before may still be there. */
  static final Rule SELF_HOSTED =
      new Rule(
          "publisher-self-hosted",
          Severity.MEDIUM,
          false,
          "A runner of one's own in the release (zizmor: self-hosted-runner)",
          "Release on a runner that is new for each job, which those of the forge are.");

  /** What is uploaded or run afterwards can take it along. */
  static final Rule CHECKOUT_CREDENTIALS =
      new Rule(
          "publisher-checkout-credentials",
          Severity.MEDIUM,
          false,
          "The checkout leaves its token behind (zizmor: artipacked)",
          "Set persist-credentials: false.");

  /** PEP 740. */
  static final Rule NO_ATTESTATIONS =
      new Rule(
          "publisher-no-attestations",
          Severity.MEDIUM,
          false,
          "A release without attestations",
          "Publish with pypa/gh-action-pypi-publish as it comes, or sign before the upload.");

  /** Upload tokens are among them. */
  static final Rule SECRETS_INHERIT =
      new Rule(
          "publisher-secrets-inherit",
          Severity.MEDIUM,
          false,
          "All secrets are handed to another workflow (zizmor: secrets-inherit)",
          "Name the secrets that it needs.");

  /** Every action of the job reads its environment. */
  static final Rule WIDE_SECRET =
      new Rule(
          "publisher-wide-secret",
          Severity.HIGH,
          false,
          "A secret that more can read than need it (zizmor: overprovisioned-secrets)",
          "Give it to the one step that needs it.");

  /** A variable such as LD_PRELOAD or BASH_ENV runs code in the next step. */
  static final Rule ENVIRONMENT_FILE =
      new Rule(
          "publisher-environment-file",
          Severity.HIGH,
          false,
          "Text of strangers can set the environment (zizmor: github-env)",
          "Do not write GITHUB_ENV or GITHUB_PATH where strangers can start the workflow.");

  /** CVE-2020-15228. */
  static final Rule INSECURE_COMMANDS =
      new Rule(
          "publisher-insecure-commands",
          Severity.HIGH,
          false,
          "Output can set the environment (zizmor: insecure-commands)",
          "Remove ACTIONS_ALLOW_UNSECURE_COMMANDS.");

  /** A run of a pull request leaves artifacts under the same name. */
  static final Rule FOREIGN_ARTIFACT =
      new Rule(
          "publisher-foreign-artifact",
          Severity.HIGH,
          false,
          "Publishes what another run left",
          "Build in the same run, in a job that the publishing one needs.");

  private PublisherRules() {}

  /** All of them. */
  public static List<Rule> all() {
    return List.of(
        TOKEN_UPLOAD,
        HARDCODED_TOKEN,
        DANGEROUS_TRIGGER,
        UNTRUSTED_CHECKOUT,
        REUSABLE_WORKFLOW,
        BUILD_AND_PUBLISH,
        NO_ENVIRONMENT,
        UNPINNED_ACTION,
        UNPINNED_IMAGE,
        UNPINNED_TOOL,
        CACHE,
        TEMPLATE_INJECTION,
        WIDE_PERMISSIONS,
        NO_ID_TOKEN,
        SELF_HOSTED,
        CHECKOUT_CREDENTIALS,
        NO_ATTESTATIONS,
        SECRETS_INHERIT,
        WIDE_SECRET,
        ENVIRONMENT_FILE,
        INSECURE_COMMANDS,
        FOREIGN_ARTIFACT);
  }
}
