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
          + " any one is enough. What somebody else published is refused."),
  TRUSTED_ROOT(
      Table.SIGSTORE,
      "trusted-root",
      "file",
      "the public instance's",
      "The `trusted_root.json` of a Sigstore instance, such as a private one. It alone counts, and nobody is asked for"
          + " a newer one. `--trusted-root` comes before it."),
  TRUSTED_ROOT_REFRESH(
      Table.SIGSTORE,
      "refresh",
      "`true` or `false`",
      "`true`; of the server: where an upstream is of https",
      "Whether the public instance is asked once a day for its newest trusted root, by TUF."),
  GATEWAY_LISTEN(
      Table.GATEWAY, "listen", "address and port", "`127.0.0.1:8585`", "Where applications ask."),
  GATEWAY_ADMIN_LISTEN(
      Table.GATEWAY,
      "admin-listen",
      "address and port",
      "`127.0.0.1:8586`",
      "Where keys are administered; never open to applications."),
  GATEWAY_DATA(
      Table.GATEWAY,
      "data",
      "folder",
      "`gatehouse-gateway-data` beside the file",
      "Where the gateway keeps everything. Never the index's."),
  GATEWAY_TLS_CERTIFICATE(
      Table.GATEWAY,
      "tls-certificate",
      "file",
      "none",
      "A certificate and its chain in PEM. With `tls-key`: both listeners speak TLS."),
  GATEWAY_TLS_KEY(
      Table.GATEWAY,
      "tls-key",
      "file",
      "none",
      "The certificate's private key, unencrypted PKCS #8 in PEM."),
  GATEWAY_TRUSTED_PROXIES(
      Table.GATEWAY,
      "trusted-proxies",
      "list of addresses or networks",
      "none",
      "Whose `Forwarded` or `X-Forwarded-For` is believed, for the addresses that keys are bound to."),
  GATEWAY_ALARM_WEBHOOK(
      Table.GATEWAY,
      "alarm-webhook",
      "reference: `env:NAME`, `file:PATH`, `vault:PATH#FIELD`",
      "none",
      "Where the use of a decoy is told, by POST."),
  GATEWAY_KEY_ENCRYPTION(
      Table.GATEWAY,
      "key-encryption",
      "`file` or `vault-transit:MOUNT/KEY`",
      "`file`",
      "What encrypts the stored provider keys: a key file in the data folder, made at the first start, or Vault's transit engine (`VAULT_ADDR`, `VAULT_TOKEN`)."),
  GATEWAY_RETRIES(
      Table.GATEWAY,
      "retries",
      "number",
      "`2`",
      "How often a call that failed is tried again, from 0 to 10."),
  GATEWAY_ALLOWED_FAILS(
      Table.GATEWAY,
      "allowed-fails",
      "number",
      "`3`",
      "How many failures within a minute a deployment may have before it is left alone."),
  GATEWAY_COOLDOWN(
      Table.GATEWAY, "cooldown", "time", "`5s`", "For how long it is left alone; `0s`: never."),
  GATEWAY_DEFAULT_FALLBACKS(
      Table.GATEWAY,
      "default-fallbacks",
      "list of models",
      "none",
      "Which models are asked when one that names no fallbacks fails."),
  GATEWAY_DROP_UNSUPPORTED(
      Table.GATEWAY,
      "drop-unsupported",
      "`true` or `false`",
      "`false`",
      "Whether what a provider cannot do is left out of a call, instead of being an error."),
  GATEWAY_ALLOW_UNPRICED(
      Table.GATEWAY,
      "allow-unpriced",
      "`true` or `false`",
      "`false`",
      "Whether a model without a price may be called, at no cost: no budget holds for it."),
  GATEWAY_LARGEST_REQUEST(
      Table.GATEWAY,
      "largest-request",
      "number of bytes",
      "`33554432`",
      "The most that a request may have."),
  PROVIDER_NAME(
      Table.GATEWAY_PROVIDER,
      "name",
      "text",
      "required",
      "How models, people and `gatehouse gateway provider set-key` call it."),
  PROVIDER_TYPE(
      Table.GATEWAY_PROVIDER,
      "type",
      "`openai`, `azure`, `anthropic`, `gemini`, `cohere`, `bedrock`, `mistral` or `ollama`",
      "required",
      "Which API it has. `openai` is any that is compatible with OpenAI's."),
  PROVIDER_BASE_URL(
      Table.GATEWAY_PROVIDER,
      "base-url",
      "https or http address, or `env:NAME` of one",
      "the type's own",
      "What all its addresses begin with. `azure` has none of its own; `http` needs `allow-private-address`."),
  PROVIDER_API_KEY(
      Table.GATEWAY_PROVIDER,
      "api-key",
      "reference: `env:NAME`, `file:PATH`, `vault:PATH#FIELD`, `stored` or `none`",
      "`stored`; for `ollama` none",
      "Where its key is. `stored`: `gatehouse gateway provider set-key NAME` puts it into the encrypted store. `none`: the server wants no key. A value is refused."),
  PROVIDER_TIMEOUT(
      Table.GATEWAY_PROVIDER,
      "timeout",
      "time",
      "`60s`",
      "How long a whole answer may take; of a streamed one, each silence in it."),
  PROVIDER_PRIVATE(
      Table.GATEWAY_PROVIDER,
      "allow-private-address",
      "`true` or `false`",
      "`false`; `true` for `ollama` without `base-url`",
      "Whether it may lie at a private or loopback address, or be asked by plain http."),
  PROVIDER_API_VERSION(
      Table.GATEWAY_PROVIDER,
      "api-version",
      "Azure's date, `v1`, or `env:NAME` of one",
      "`2024-10-21`",
      "Which version of Azure's API is asked."),
  PROVIDER_STREAM_USAGE(
      Table.GATEWAY_PROVIDER,
      "stream-usage",
      "`true` or `false`",
      "`true`; `false` for `mistral`",
      "Whether it understands `stream_options.include_usage`, by which a streamed answer says what it took."),
  PROVIDER_REGION(
      Table.GATEWAY_PROVIDER,
      "region",
      "AWS region, or `env:NAME` of one",
      "required for `bedrock`",
      "Where Bedrock is asked."),
  PROVIDER_ACCESS_KEY_ID(
      Table.GATEWAY_PROVIDER,
      "access-key-id",
      "reference: `env:NAME`, `file:PATH`, `vault:PATH#FIELD` or `stored`",
      "`env:AWS_ACCESS_KEY_ID`",
      "As whom Bedrock is asked."),
  PROVIDER_SECRET_ACCESS_KEY(
      Table.GATEWAY_PROVIDER,
      "secret-access-key",
      "reference: `env:NAME`, `file:PATH`, `vault:PATH#FIELD` or `stored`",
      "`env:AWS_SECRET_ACCESS_KEY`",
      "The secret to it."),
  PROVIDER_SESSION_TOKEN(
      Table.GATEWAY_PROVIDER,
      "session-token",
      "reference: `env:NAME`, `file:PATH`, `vault:PATH#FIELD` or `stored`",
      "none",
      "Of temporary credentials."),
  PROVIDER_ORGANIZATION(
      Table.GATEWAY_PROVIDER,
      "organization",
      "text",
      "the key's own",
      "Sent as `OpenAI-Organization`."),
  PROVIDER_PROJECT(
      Table.GATEWAY_PROVIDER, "project", "text", "the key's own", "Sent as `OpenAI-Project`."),
  MODEL_NAME(
      Table.GATEWAY_MODEL,
      "name",
      "text",
      "required",
      "What clients ask for. An asterisk at its end stands for any text."),
  MODEL_PROVIDER(
      Table.GATEWAY_MODEL, "provider", "name of a provider", "required", "Who is asked."),
  MODEL_MODEL(
      Table.GATEWAY_MODEL,
      "model",
      "text",
      "required",
      "What the provider calls it; for `azure` the deployment. An asterisk at its end stands for what the one in `name` stood for."),
  MODEL_INPUT_PRICE(
      Table.GATEWAY_MODEL,
      "input-price",
      "USD per million tokens, as a text",
      "the dated table's",
      "What its input costs; with `output-price`."),
  MODEL_OUTPUT_PRICE(
      Table.GATEWAY_MODEL,
      "output-price",
      "USD per million tokens, as a text",
      "the dated table's",
      "What its output costs."),
  MODEL_CACHE_READ_PRICE(
      Table.GATEWAY_MODEL,
      "cache-read-price",
      "USD per million tokens, as a text",
      "as other input",
      "What input from the provider's cache costs."),
  MODEL_CACHE_WRITE_PRICE(
      Table.GATEWAY_MODEL,
      "cache-write-price",
      "USD per million tokens, as a text",
      "as other input",
      "What input that is put into the provider's cache costs."),
  MODEL_CACHE_WRITE_LONG_PRICE(
      Table.GATEWAY_MODEL,
      "cache-write-long-price",
      "USD per million tokens, as a text",
      "as `cache-write-price`",
      "What input costs that is put into the provider's cache for an hour; Anthropic asks twice the input's price."),
  MODEL_RETRIES(
      Table.GATEWAY_MODEL,
      "retries",
      "number",
      "the gateway's",
      "How often a call that failed is tried again, from 0 to 10."),
  MODEL_TIMEOUT(
      Table.GATEWAY_MODEL,
      "timeout",
      "time",
      "the provider's",
      "How long a whole answer may take; of a streamed one, each silence in it."),
  MODEL_WEIGHT(
      Table.GATEWAY_MODEL,
      "weight",
      "number",
      "`1`",
      "Its share of the calls among those of its name."),
  MODEL_REQUESTS(
      Table.GATEWAY_MODEL,
      "requests-per-minute",
      "number",
      "without limit",
      "How many calls it is given."),
  MODEL_TOKENS(
      Table.GATEWAY_MODEL,
      "tokens-per-minute",
      "number",
      "without limit",
      "After how many tokens it is given no more calls in that minute."),
  MODEL_FALLBACKS(
      Table.GATEWAY_MODEL,
      "fallbacks",
      "list of models",
      "`default-fallbacks`",
      "Which models are asked when this one fails, in their order."),
  MODEL_CONTEXT_FALLBACKS(
      Table.GATEWAY_MODEL,
      "context-window-fallbacks",
      "list of models",
      "none",
      "Which are asked when the conversation is too long for it."),
  MODEL_CONTENT_FALLBACKS(
      Table.GATEWAY_MODEL,
      "content-policy-fallbacks",
      "list of models",
      "none",
      "Which are asked when its provider's policy declines.");

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
