package dev.gatehouse.inspection.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a string tells by itself: that it is a path, an address or a text that matters. */
final class Signs {
  private static final Map<String, Fact> FACTS = new LinkedHashMap<>();

  static {
    put(
        Fact.NAMES_PERSISTENCE,
        ".config/systemd",
        "/etc/systemd/system",
        "/lib/systemd/system",
        "systemd/user",
        "library/launchagents",
        "library/launchdaemons",
        "currentversion/run",
        ".config/autostart",
        "/etc/cron",
        "/var/spool/cron",
        "start menu/programs/startup",
        "/etc/rc.local",
        "/etc/init.d/",
        "/etc/profile.d",
        "/etc/ld.so.preload",
        ".ssh/authorized_keys",
        "crontab",
        "schtasks");
    put(
        Fact.NAMES_RUNTIME,
        "bun.sh",
        "oven-sh/bun",
        "deno.land",
        "denoland/deno",
        "deno.com",
        "nodejs.org/d",
        "/bun-linux",
        "bun-linux-",
        "bun-darwin-",
        "bun-windows-",
        "deno-x86_64");
    put(
        Fact.NAMES_WEBHOOK,
        "discord.com/api/webhooks/",
        "discordapp.com/api/webhooks/",
        "hooks.slack.com/services/t",
        "api.telegram.org/bot",
        "webhook.site/",
        "requestbin.",
        ".pipedream.net",
        ".oast.",
        ".interact.sh",
        "burpcollaborator",
        ".ngrok.",
        "beeceptor.com",
        "transfer.sh",
        "file.io",
        "pastebin.com/raw",
        "paste.ee/r/",
        "gist.githubusercontent.com");
    put(Fact.REVERSE_SHELL, "/dev/tcp/", "/dev/udp/");
    put(Fact.PRIVILEGED, "privileged: true", "\"privileged\": true", "\"privileged\":true");
    put(Fact.PRIVILEGED, "--privileged", "securitycontext:{privileged:true");
    put(Fact.MOUNTS_HOST, "hostpath", "-v /:/", "--volume /:/", "hostpid");
    put(Fact.WRITES_STARTUP, "sitecustomize.py", "usercustomize.py");
    put(
        Fact.WRITES_TOOL_FILE,
        ".vscode/tasks.json",
        ".claude/settings",
        ".cursor/",
        ".git/hooks/",
        ".gemini/settings",
        ".idea/workspace.xml");
  }

  private final List<String> stores = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();
  private final WordSearch search;

  Signs() {
    List<String> words = new ArrayList<>();
    CredentialStore.words()
        .forEach(
            (word, store) -> {
              words.add(word);
              stores.add(store);
            });
    FACTS.forEach(
        (word, fact) -> {
          words.add(word);
          facts.add(fact);
        });
    search = new WordSearch(words);
  }

  private static void put(Fact fact, String... words) {
    for (String word : words) {
      FACTS.put(word, fact);
    }
  }

  /**
   * Looks through a string.
   *
   * @param text backslashes are taken for slashes
   * @param onStore receives the name of a credential store
   * @param onFact receives what else there is, with the word
   */
  void in(String text, Consumer<String> onStore, BiConsumer<Fact, String> onFact) {
    String plain = text.indexOf('\\') >= 0 ? text.replace("\\\\", "/").replace('\\', '/') : text;
    search.search(
        plain,
        (word, end) -> {
          if (word >= stores.size()) {
            onFact.accept(facts.get(word - stores.size()), search.word(word));
          } else if (CredentialStore.isWhole(search.word(word), plain, end)) {
            onStore.accept(stores.get(word));
          }
        });
  }
}
