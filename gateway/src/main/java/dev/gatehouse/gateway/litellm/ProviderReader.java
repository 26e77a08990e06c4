package dev.gatehouse.gateway.litellm;

import dev.gatehouse.gateway.litellm.ModelReader.Target;
import dev.gatehouse.gateway.litellm.Provider.Literal;
import dev.gatehouse.yaml.Yaml;
import dev.gatehouse.yaml.Yaml.Mapping;
import dev.gatehouse.yaml.Yaml.Scalar;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what of {@code litellm_params} makes the provider: address, key, version, region. */
final class ProviderReader {
  private static final String PARAMETERS = "litellm_params.";

  // What the configuration takes.
  private static final Pattern AZURE_VERSION =
      Pattern.compile("env:.+|v1|\\d{4}-\\d{2}-\\d{2}(-preview)?");
  private static final Pattern REGION = Pattern.compile("env:.+|[a-z]{2}(-[a-z]{2,})+-[0-9]");
  private static final Pattern HEADER_VALUE = Pattern.compile("(?!os\\.environ/|\\$)[!-~]{1,200}");

  private final Remarks remarks;
  private final Values values;

  ProviderReader(Remarks remarks) {
    this.remarks = remarks;
    this.values = new Values(remarks);
  }

  /** The provider; nothing, and told, where its address is none. */
  Optional<Provider> read(Vendor vendor, Mapping parameters, Target target) {
    Optional<Address> address = address(vendor, parameters);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    boolean bedrock = vendor.type().equals(Vendor.BEDROCK);
    Key key = bedrock ? bedrockKey(parameters) : key(vendor, parameters, address.get());
    return Optional.of(
        new Provider(
            vendor.prefix(),
            vendor.type(),
            address.get().text(),
            address.get().isPrivate(),
            key.reference(),
            key.literal(),
            key.accessKeyId(),
            bedrock ? sessionToken(parameters) : null,
            azureOnly(vendor, parameters),
            organization(parameters),
            bedrock ? region(parameters, target) : null));
  }

  /**
   * Where a provider is.
   *
   * @param text null for the type's own
   * @param isOwn whether the configuration, not the vendor, says where
   */
  private record Address(@Nullable String text, boolean isPrivate, boolean isOwn) {}

  private Optional<Address> address(Vendor vendor, Mapping parameters) {
    for (String key : new String[] {"api_base", "base_url", "aws_bedrock_runtime_endpoint"}) {
      if (parameters.value(key) instanceof Scalar scalar && !Meaning.isNothing(scalar)) {
        Optional<String> variable = Secrets.variable(scalar);
        if (variable.isPresent()) {
          return Optional.of(new Address("env:" + variable.get(), false, true));
        }
        Optional<BaseUrl> url = BaseUrl.of(scalar.text(), vendor.type());
        if (url.isEmpty()) {
          remarks.lost(
              scalar.at(),
              PARAMETERS + key,
              "It is no plain http or https address, so the model is left out.",
              "Write the address without user, password, query or placeholders, and import again.");
          return Optional.empty();
        }
        if (url.get().isPlain() && !url.get().isPrivate()) {
          remarks.lost(
              scalar.at(),
              PARAMETERS + key,
              "The key would travel unencrypted, so the model is left out.",
              "Use https, and import again; in your own network add the model by hand, with"
                  + " allow-private-address = true.");
          return Optional.empty();
        }
        boolean same = url.get().text().equals(vendor.baseUrl());
        return Optional.of(new Address(url.get().text(), url.get().isPrivate(), !same));
      }
    }
    if (vendor.baseUrl() != null) {
      boolean local = vendor.baseUrl().startsWith("http://127.");
      return Optional.of(new Address(vendor.baseUrl(), local, false));
    }
    String variable = vendor.baseVariable();
    return Optional.of(
        variable == null
            ? new Address(null, false, false)
            : new Address("env:" + variable, false, true));
  }

  private record Key(String reference, Literal literal, @Nullable String accessKeyId) {
    /** The server wants none. */
    static Key none() {
      return of(Provider.NO_KEY);
    }

    static Key of(String reference) {
      return new Key(reference, Literal.none(), null);
    }
  }

  private Key key(Vendor vendor, Mapping parameters, Address address) {
    Yaml given = parameters.value("api_key");
    if (given == null || (given instanceof Scalar scalar && Meaning.isNothing(scalar))) {
      return implied(vendor, parameters, address);
    }
    if (!(given instanceof Scalar scalar)) {
      remarks.lost(given.at(), PARAMETERS + "api_key", "It is no key.", "Write a reference.");
      return Key.none();
    }
    if (address.isOwn() && Secrets.isPlaceholder(scalar)) {
      remarks.note(
          scalar.at(),
          PARAMETERS + "api_key",
          "It says that the server wants no key; none is sent.");
      return Key.none();
    }
    return referenced(scalar);
  }

  private static Key referenced(Scalar scalar) {
    Optional<String> variable = Secrets.variable(scalar);
    if (variable.isPresent()) {
      return Key.of("env:" + variable.get());
    }
    return new Key(Provider.STORED, Literal.of(scalar), null);
  }

  /** What LiteLLM looks for in its environment. */
  private Key implied(Vendor vendor, Mapping parameters, Address address) {
    String variable = vendor.keyVariable();
    if (variable == null) {
      return Key.none();
    }
    boolean elsewhere = address.isOwn() && vendor.baseVariable() == null;
    if (elsewhere) {
      remarks.step(
          parameters.at(),
          PARAMETERS + "api_key",
          "LiteLLM would send %s to this address, which is not the vendor's; Gatehouse sends no key."
              .formatted(variable),
          "Where the server wants a key, set api-key = \"env:NAME\" of this provider.");
      return Key.none();
    }
    return Key.of("env:" + variable);
  }

  /** An access key in two parts. */
  private Key bedrockKey(Mapping parameters) {
    if (parameters.value("api_key") instanceof Scalar scalar && !Meaning.isNothing(scalar)) {
      remarks.lost(
          scalar.at(),
          PARAMETERS + "api_key",
          "Gatehouse signs in at AWS with an access key only, not with an API key of Bedrock.",
          "Set the variables that access-key-id and secret-access-key name.");
    }
    Key secret =
        parameters.value("aws_secret_access_key") instanceof Scalar scalar
                && !Meaning.isNothing(scalar)
            ? referenced(scalar)
            : Key.of("env:AWS_SECRET_ACCESS_KEY");
    return new Key(secret.reference(), secret.literal(), accessKeyId(parameters));
  }

  private String accessKeyId(Mapping parameters) {
    Yaml given = parameters.value("aws_access_key_id");
    if (!(given instanceof Scalar scalar) || Meaning.isNothing(scalar)) {
      return "env:AWS_ACCESS_KEY_ID";
    }
    return Secrets.variable(scalar).map(name -> "env:" + name).orElse(Provider.STORED);
  }

  private @Nullable String sessionToken(Mapping parameters) {
    if (!(parameters.value("aws_session_token") instanceof Scalar scalar)
        || Meaning.isNothing(scalar)) {
      return null;
    }
    Optional<String> variable = Secrets.variable(scalar);
    if (variable.isEmpty()) {
      remarks.step(
          scalar.at(),
          PARAMETERS + "aws_session_token",
          "It stands in the YAML; it is not copied.",
          "Set the variable AWS_SESSION_TOKEN to it where the gateway runs, or use a lasting key.");
    }
    return "env:" + variable.orElse("AWS_SESSION_TOKEN");
  }

  private String region(Mapping parameters, Target target) {
    Yaml value = parameters.value("aws_region_name");
    Optional<String> given = values.reference(value, PARAMETERS + "aws_region_name");
    if (value != null && given.isPresent() && !REGION.matcher(given.get()).matches()) {
      remarks.lost(
          value.at(),
          PARAMETERS + "aws_region_name",
          "It is no region such as eu-central-1; AWS_REGION is read instead.",
          "Set region of this provider.");
      given = Optional.empty();
    }
    return given.orElse(target.region().isEmpty() ? "env:AWS_REGION" : target.region());
  }

  private @Nullable String azureOnly(Vendor vendor, Mapping parameters) {
    Yaml given = parameters.value("api_version");
    Optional<String> version = values.reference(given, PARAMETERS + "api_version");
    boolean isAzure = vendor.type().equals(Vendor.AZURE);
    if (version.isEmpty()) {
      return null;
    }
    if (isAzure && AZURE_VERSION.matcher(version.get()).matches()) {
      return version.get();
    }
    if (isAzure) {
      remarks.lost(
          Objects.requireNonNull(given).at(),
          PARAMETERS + "api_version",
          "It is no date of a version such as 2024-10-21; Gatehouse asks that one.",
          "Set api-version of this provider.");
      return null;
    }
    remarks.note(
        Objects.requireNonNull(given).at(),
        PARAMETERS + "api_version",
        "Only Azure has versions of its API.");
    return null;
  }

  private @Nullable String organization(Mapping parameters) {
    Yaml given = parameters.value("organization");
    if (given instanceof Yaml.Sequence) {
      remarks.lost(
          given.at(),
          PARAMETERS + "organization",
          "One provider has one organization.",
          "Write a model of the same name for each organization, and import again.");
      return null;
    }
    Optional<String> name = values.text(given, PARAMETERS + "organization");
    if (given != null && name.isPresent() && !HEADER_VALUE.matcher(name.get()).matches()) {
      remarks.lost(
          given.at(),
          PARAMETERS + "organization",
          "It is read from a variable, or no name of an organization.",
          "Write it as organization of this provider.");
      return null;
    }
    return name.orElse(null);
  }
}
