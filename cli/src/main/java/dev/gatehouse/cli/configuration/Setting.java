package dev.gatehouse.cli.configuration;

/**
 * A key of {@code gatehouse.toml}. The reference page is made from these, so each is described in
 * full.
 */
public enum Setting {
  LISTEN(
      Table.INDEX,
      "listen",
      "address and port",
      "`127.0.0.1:8484`",
      "Where the server listens; port 0 takes any free one. `--listen` comes before it."),
  PUBLIC_URL(
      Table.INDEX,
      "public-url",
      "https or http address",
      "the request's own",
      "How clients reach the server, where that differs: what pages and messages name."),
  TLS_CERTIFICATE(
      Table.INDEX,
      "tls-certificate",
      "file",
      "none",
      "A certificate and its chain in PEM. With `tls-key`: the server itself speaks TLS."),
  TLS_KEY(
      Table.INDEX,
      "tls-key",
      "file",
      "none",
      "The certificate's private key, unencrypted PKCS #8 in PEM."),
  TRUSTED_PROXIES(
      Table.INDEX,
      "trusted-proxies",
      "list of addresses or networks",
      "none",
      "Whose `Forwarded` and `X-Forwarded-For` are believed, such as `\"192.0.2.10\"` or `\"192.0.2.0/24\"`."),
  DATA(
      Table.INDEX,
      "data",
      "folder",
      "`gatehouse-data` beside the file",
      "All that the server keeps. `--data` comes before it."),
  ANONYMOUS(
      Table.INDEX,
      "anonymous",
      "`loopback`, `everyone` or `nobody`",
      "`loopback`",
      "Who may read without a token: who asks from this machine and not through a proxy, everyone, or nobody."),
  CONTACT(
      Table.INDEX,
      "contact",
      "text",
      "none",
      "Where a developer asks about a version that is held or refused, such as `\"#python-packages\"`: it stands at"
          + " the end of what pip and uv print."),
  KEEP_DOWNLOADS(
      Table.INDEX,
      "keep-downloads",
      "time",
      "`\"400d\"`",
      "How long it is known who received what, and what audits told, after the last time."),
  VET_AHEAD(
      Table.INDEX,
      "vet-ahead",
      "`true` or `false`",
      "`true`",
      "Whether the newest version of each project that clients use is fetched and inspected before anyone asks for"
          + " it."),
  RECALL_WEBHOOK(
      Table.RECALL,
      "webhook",
      "address, `env:NAME` or `file:PATH`",
      "none",
      "An https or http address that is told of each recall, in JSON that chat programs understand. Where it holds a"
          + " token, name a variable or a file instead."),
  CA_FILE(
      Table.OUTBOUND,
      "ca-file",
      "file",
      "the JDK's own",
      "Certificates in PEM that upstreams are trusted by, in addition to the usual ones."),
  NAME(
      Table.UPSTREAM,
      "name",
      "word",
      "required",
      "What messages and logs call it: letters, digits, `.`, `-`, `_`."),
  URL(
      Table.UPSTREAM,
      "url",
      "https, http or file address",
      "required",
      "The address of its simple pages, such as `https://pypi.org/simple/`; `file:` names a folder: a simple tree, or"
          + " artifacts side by side."),
  CREDENTIALS(
      Table.UPSTREAM,
      "credentials",
      "`env:NAME` or `file:PATH`",
      "none",
      "Where to find `user:password` or a token. The value itself is refused here."),
  PROJECTS(
      Table.UPSTREAM,
      "projects",
      "list of patterns",
      "everything that no other upstream lists",
      "The projects that are asked there, and only there: names, or beginnings such as `acme-*`. At most one upstream"
          + " goes without."),
  PRIVATE_HOSTS(
      Table.UPSTREAM,
      "private-hosts",
      "list of host names",
      "none",
      "Hosts beside the upstream's own that its files may come from although they lie at private addresses."),
  MODE(
      Table.POLICY,
      "mode",
      "`vetted`, `observe` or `allowlist`",
      "`vetted`",
      "`vetted` admits what nothing speaks against, `observe` admits all but what is denied, `allowlist` admits only"
          + " what is allowed."),
  PRIVATE(
      Table.POLICY,
      "private",
      "list of patterns",
      "none",
      "Projects that are never asked of an upstream that does not list them in its `projects`."),
  MINIMUM_AGE(
      Table.POLICY,
      "minimum-age",
      "time, such as `\"7d\"` or `\"12h\"`",
      "`\"7d\"`",
      "In the mode `vetted`: how long a file must have been public before it is served. `\"0d\"` turns the rule off."
          + " Files of folders have no age."),
  EXEMPT(
      Table.POLICY,
      "exempt",
      "list of project patterns",
      "none",
      "Projects whose files may be younger, such as `\"acme-*\"`."),
  NOT_AFTER(
      Table.POLICY,
      "not-after",
      "time, such as `\"2026-03-24T10:00:00Z\"`",
      "none",
      "Nothing that was published after it is served, whatever else speaks for it: for the day of an incident."),
  AGE_APPROVERS(
      Table.POLICY,
      "age-approvers",
      "number",
      "`2`",
      "How many people, each under a name of their own, have to approve a file before it is served younger than"
          + " `minimum-age`."),
  INSPECT(
      Table.POLICY,
      "inspect",
      "`true` or `false`",
      "`true`",
      "Whether, in the mode `vetted`, every artifact is inspected before its last byte leaves."),
  COMPARE(
      Table.POLICY,
      "compare",
      "list of project patterns",
      "none",
      "Projects whose artifacts are compared with the source that they claim before they are served, such as"
          + " `\"litellm\"`."),
  MINIMUM_COVERAGE(
      Table.POLICY,
      "minimum-coverage",
      "number",
      "`0`",
      "How many of a hundred files, metadata and machine code left out, a comparison must have shown to be the"
          + " source's; an artifact with fewer is held."),
  ADVISORIES_SOURCE(
      Table.ADVISORIES,
      "source",
      "address, file or folder; `\"none\"`",
      "OSV's archive where an upstream is of https, else none",
      "OSV records about PyPI: an https address, or a file, folder or zip."),
  ADVISORIES_REFRESH(
      Table.ADVISORIES,
      "refresh",
      "time",
      "`\"1h\"`",
      "How often the source is asked for what is new."),
  STALE_ADVISORIES(
      Table.POLICY,
      "stale-advisories",
      "time",
      "`\"3d\"`",
      "How old the advisories may be before the mode `vetted` holds new files: those that were younger than `minimum-age`"
          + " when the advisories were confirmed last, and those without a date."),
  VULNERABILITIES(
      Table.POLICY,
      "vulnerabilities",
      "`critical`, `high`, `medium`, `low` or `never`",
      "`critical`",
      "From which severity on a known vulnerability holds a version in the mode `vetted`. Malware is always refused."),
  ADVISORIES_BUILT_IN(
      Table.ADVISORIES,
      "built-in",
      "`true` or `false`",
      "`true`",
      "Whether the incidents that are built in count as well."),
  ALLOW_PROJECT(Table.ALLOW, "project", "project name", "required", "Whose artifacts are allowed."),
  ALLOW_VERSIONS(
      Table.ALLOW,
      "versions",
      "specifier set, or a list of them",
      "all",
      "Which versions, as in PEP 440: `\"==1.82.6\"`, `\">=2,<3\"`. Of a list, any one is enough."),
  ALLOW_SHA256(
      Table.ALLOW,
      "sha256",
      "digest, or a list of them",
      "any",
      "Only the files with these SHA-256 digests."),
  DENY_PROJECT(Table.DENY, "project", "project name", "required", "Whose artifacts are refused."),
  DENY_VERSIONS(
      Table.DENY,
      "versions",
      "specifier set, or a list of them",
      "all",
      "Which versions; as in `[[allow]]`."),
  DENY_REASON(Table.DENY, "reason", "text", "none", "What whoever meets the refusal is told."),
  PROVENANCE_PROJECTS(
      Table.PROVENANCE,
      "projects",
      "list of patterns",
      "all",
      "Whose artifacts are meant: names, or beginnings such as `acme-*`."),
  REQUIRE_ATTESTATION(
      Table.PROVENANCE,
      "require-attestation",
      "`true` or `false`",
      "`false`; `true` where `publisher` is given",
      "Whether an artifact without an attestation is a finding (`provenance-missing`), and is held."),
  PUBLISHER(
      Table.PROVENANCE,
      "publisher",
      "publisher, or a list of them",
      "anybody",
      "Who has to have published: `\"github:OWNER/REPOSITORY\"` or"
          + " `\"github:OWNER/REPOSITORY/.github/workflows/FILE\"`, `\"gitlab:GROUP/PROJECT\"` or"
          + " `\"gitlab:GROUP/PROJECT//PATH\"`, `\"google:EMAIL\"`, `\"activestate:ORGANIZATION/PROJECT\"`. Of a list,"
          + " any one is enough. What somebody else published is refused.");

  private final Table table;
  private final String key;
  private final String type;
  private final String standard;
  private final String meaning;

  Setting(Table table, String key, String type, String standard, String meaning) {
    this.table = table;
    this.key = key;
    this.type = type;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** The table that it stands in. */
  public Table table() {
    return table;
  }

  /** Its name in the file. */
  public String key() {
    return key;
  }

  /** What it takes, in Markdown. */
  public String type() {
    return type;
  }

  /** What holds where it is left out, in Markdown. */
  public String standard() {
    return standard;
  }

  /** What it does, in Markdown. */
  public String meaning() {
    return meaning;
  }

  /** As messages name it. */
  @Override
  public String toString() {
    return table + " " + key;
  }
}
