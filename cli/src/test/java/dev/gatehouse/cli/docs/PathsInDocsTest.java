package dev.gatehouse.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages name must be there: files of the checkout, and targets of links. */
class PathsInDocsTest {
  private static final Path ROOT = Checkout.root();
  private static final Pattern CODE = Pattern.compile("`([A-Za-z0-9._/-]++)`");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]++)[^)]*+\\)");

  @Test
  void everyFileThatAPageNamesExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int seen = 0;
    Set<String> atTheTop = namesAtTheTop();
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (String name : matches(CODE, text)) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        boolean isOurs =
            path.contains("/") && atTheTop.contains(path.substring(0, path.indexOf('/')));
        if ((isOurs || name.startsWith("./")) && !path.contains("/target/")) {
          seen++;
          if (!Files.exists(ROOT.resolve(path))) {
            missing.add(ROOT.relativize(page) + ": " + name);
          }
        }
      }
      for (String link : matches(LINK, text)) {
        if (!link.contains("://") && !link.startsWith("mailto:")) {
          seen++;
          if (!Files.exists(page.resolveSibling(link))) {
            missing.add(ROOT.relativize(page) + ": " + link);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(seen).as("a test that sees nothing passes for ever").isGreaterThan(20);
  }

  private static List<String> matches(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }

  private static Set<String> namesAtTheTop() throws IOException {
    try (Stream<Path> top = Files.list(ROOT)) {
      return top.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
