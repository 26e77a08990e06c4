package dev.gatehouse.inspection.code;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where credentials lie: what LiteLLM 1.82.8 and its like collect, and where else they might look.
 * A word is looked for as a part of a path; one that begins with a dot and has no slash must be a
 * whole part.
 */
final class CredentialStore {
  private static final Set<String> PERSONAL =
      Set.of(
          "SSH",
          "wallet",
          "browser",
          "shell history",
          "system passwords",
          "git",
          "keychain",
          "password manager",
          "messenger",
          "GnuPG",
          "TLS keys",
          "FTP");

  private static final Map<String, String> STORES = new LinkedHashMap<>();

  static {
    put("SSH", "/.ssh", "id_rsa", "id_ed25519", "id_ecdsa", "id_dsa", ".ssh", "ssh_host_");
    put("AWS", ".aws", "aws/credentials");
    put(
        "cloud metadata",
        "169.254.169.254",
        "169.254.170.2",
        "metadata.google.internal",
        "100.100.100.200",
        "fd00:ec2::254");
    put(
        "Google Cloud",
        "application_default_credentials",
        "/gcloud",
        ".boto",
        "gcloud/credentials");
    put("Azure", ".azure", "msal_token_cache", "accesstokens.json");
    put(
        "Kubernetes",
        ".kube",
        "kubeconfig",
        "/var/run/secrets/kubernetes.io",
        "/run/secrets/kubernetes.io",
        "serviceaccount/token",
        "/etc/kubernetes/",
        "kubelet.conf");
    put("Docker", ".docker", ".dockercfg", "docker/config.json", "containers/auth.json");
    put("git", ".git-credentials", ".gitconfig", "git/credentials");
    put("GitHub", "gh/hosts.yml", ".config/gh", "hub.yml");
    put("npm", ".npmrc", ".yarnrc");
    put("PyPI", ".pypirc");
    put("netrc", ".netrc", "_netrc");
    put("Vault", ".vault-token");
    put("database", ".pgpass", ".my.cnf", ".mylogin.cnf", ".mongorc", "pgpass.conf", ".dbshell");
    put(
        "shell history",
        ".bash_history",
        ".zsh_history",
        ".sh_history",
        ".python_history",
        ".mysql_history",
        ".psql_history",
        ".rediscli_history",
        ".node_repl_history",
        "fish_history",
        "consolehost_history");
    put(
        "wallet",
        "wallet.dat",
        ".bitcoin",
        ".ethereum",
        "ethereum/keystore",
        ".electrum",
        "electrum/wallets",
        ".litecoin",
        ".dogecoin",
        ".monero",
        ".zcash",
        ".solana",
        "solana/id.json",
        ".cardano",
        "exodus.wallet",
        "exodus/",
        "atomic/local storage",
        "nkbihfbeogaeaoehlefnkodbefgpgknn",
        "bfnaelmomeimhlpmgjnjophhpkkoljpa",
        ".config/solana",
        "ledger live");
    put(
        "browser",
        "/login data",
        "cookies.sqlite",
        "key4.db",
        "logins.json",
        "/local state",
        "/web data",
        "user data/default");
    put("system passwords", "/etc/shadow", "/etc/gshadow", "/etc/sudoers");
    put(".env files", ".env", ".env.local", ".env.production", ".envrc", ".env.development");
    put("TLS keys", "/etc/ssl/private", "/etc/letsencrypt", "/etc/pki/tls/private", "privkey.pem");
    put("GnuPG", ".gnupg", "secring.gpg");
    put("Terraform", ".terraform.d", ".terraformrc", "terraform.tfstate", "terraform.tfvars");
    put("keychain", "login.keychain", "/keychains/", "kwallet", "/keyrings/");
    put("password manager", ".kdbx", "bitwarden", ".password-store", ".config/op/", "1password/");
    put("messenger", "discord/local storage", "tdata", "slack/local storage", "leveldb");
    put("cargo", "cargo/credentials");
    put("Hugging Face", "huggingface/token");
    put("rclone", "rclone.conf", ".s3cfg");
    put("FTP", "recentservers.xml", "sitemanager.xml", "winscp.ini");
    put("Databricks", ".databrickscfg", ".snowsql", ".bigqueryrc");
    put("Ansible", ".vault_pass", ".ansible");
    put("Helm", "helm/repositories", ".helm");
    put("CI", ".circleci/cli.yml", ".travis/config.yml", "_work/_temp", "jenkins/secrets");
  }

  private CredentialStore() {}

  private static void put(String store, String... words) {
    for (String word : words) {
      STORES.putIfAbsent(word, store);
    }
  }

  /**
   * Whether what lies there belongs to a person or a machine, and no library has a reason to send
   * it anywhere: the token of a service is sent to that service by its own library.
   */
  static boolean isPersonal(String store) {
    return PERSONAL.contains(store);
  }

  /** Words, and the name of the store that each stands for. */
  static Map<String, String> words() {
    return STORES;
  }

  /** Whether a word that ends there stands for itself: as a part of a path, not of a name. */
  static boolean isWhole(String word, CharSequence text, int end) {
    int start = end - word.length();
    if (word.indexOf('/') >= 0) {
      return true;
    }
    boolean before = start == 0 || !isNamePart(text.charAt(start - 1));
    boolean after = end == text.length() || !isNamePart(text.charAt(end));
    return before && after;
  }

  private static boolean isNamePart(char c) {
    return (Character.isLetterOrDigit(c) && c != Value.HOLE) || c == '_' || c == '-' || c == '.';
  }
}
