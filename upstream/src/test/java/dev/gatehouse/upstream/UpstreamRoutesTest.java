package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.packaging.name.ProjectName;
import dev.gatehouse.packaging.name.ProjectPattern;
import dev.gatehouse.packaging.simple.PageFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamRoutesTest {
  private static final UpstreamSettings PYPI = upstream("pypi");
  private static final UpstreamSettings INTERNAL = upstream("internal", "acme-*", "acme");

  @Nested
  class AProject {
    @Test
    void isAskedOfTheUpstreamThatClaimsIt() {
      UpstreamRoutes routes = routes(List.of(PYPI, INTERNAL));

      assertThat(source(routes, "acme-tools")).isEqualTo("internal");
      assertThat(source(routes, "acme")).isEqualTo("internal");
    }

    @Test
    void isAskedOfTheUpstreamWithoutProjectsWhenNoOtherClaimsIt() {
      UpstreamRoutes routes = routes(List.of(INTERNAL, PYPI));

      assertThat(source(routes, "requests")).isEqualTo("pypi");
      assertThat(source(routes, "acmetools")).isEqualTo("pypi");
    }

    @Test
    void hasNoSourceWhenNobodyClaimsIt() {
      assertThat(source(routes(List.of(INTERNAL)), "requests")).isEqualTo("nobody");
      assertThat(source(routes(List.of()), "requests")).isEqualTo("nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme-tools", "ACME-TOOLS", "acme_tools", "Acme.Tools", "acme-_.tools"})
    void hasOneSourceInAllSpellings(String spelling) {
      assertThat(source(routes(List.of(PYPI, INTERNAL)), spelling)).isEqualTo("internal");
    }
  }

  @Nested
  class APrivateName {
    @ParameterizedTest
    @ValueSource(strings = {"acme-tools", "ACME-TOOLS", "acme_tools", "Acme.Tools", "acme-_.tools"})
    void isAskedOfNobodyWhoDoesNotListIt(String spelling) {
      UpstreamRoutes routes = routes(List.of(PYPI), "acme-*");

      assertThat(source(routes, spelling)).isEqualTo("nobody");
      assertThat(source(routes, "requests")).isEqualTo("pypi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme-*", "ACME_*", "Acme.*", "acme--*"})
    void isMeantByPatternsInAllSpellings(String pattern) {
      assertThat(source(routes(List.of(PYPI), pattern), "acme-tools")).isEqualTo("nobody");
    }

    @Test
    void isAskedOfTheUpstreamThatListsIt() {
      assertThat(source(routes(List.of(PYPI, INTERNAL), "acme-*"), "acme_tools"))
          .isEqualTo("internal");
    }

    @Test
    void isNotListedByWhoClaimsEverything() {
      UpstreamRoutes routes = routes(List.of(upstream("pypi", "*")), "acme-*");

      assertThat(source(routes, "acme-tools")).isEqualTo("nobody");
      assertThat(source(routes, "requests")).isEqualTo("pypi");
    }

    @Test
    void isListedByWhoNamesItBesidesEverything() {
      UpstreamRoutes routes = routes(List.of(upstream("mirror", "*", "acme-*")), "acme-*");

      assertThat(source(routes, "acme-tools")).isEqualTo("mirror");
    }
  }

  @Nested
  class TwoUpstreams {
    @ParameterizedTest
    @ValueSource(strings = {"acme-*", "ACME_*", "acme-tools", "acme", "a*", "*"})
    void mayNotClaimTheSameProject(String pattern) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> routes(List.of(INTERNAL, upstream("other", pattern))))
          .withMessageContaining("internal")
          .withMessageContaining("other")
          .withMessageContaining("two sources");
    }

    @Test
    void mayNotBothBeAskedForEverythingElse() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> routes(List.of(PYPI, upstream("mirror"))))
          .withMessageContaining("pypi")
          .withMessageContaining("mirror")
          .withMessageContaining("everything else");
    }

    @Test
    void mayNotHaveOneName() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> routes(List.of(PYPI, upstream("pypi", "acme"))))
          .withMessageContaining("called pypi");
    }
  }

  @Test
  void keepsTheUpstreamsInOrder() {
    assertThat(routes(List.of(INTERNAL, PYPI)).upstreams())
        .extracting(Upstream::name)
        .containsExactly("internal", "pypi");
  }

  private static UpstreamSettings upstream(String name, String... projects) {
    return new UpstreamSettings(
        name,
        URI.create("https://%s.example.com/simple/".formatted(name)),
        null,
        Stream.of(projects).map(ProjectPattern::parse).toList(),
        List.of());
  }

  private static UpstreamRoutes routes(List<UpstreamSettings> settings, String... privateNames) {
    List<Upstream> upstreams = new ArrayList<>();
    settings.forEach(each -> upstreams.add(new Named(each.name())));
    return UpstreamRoutes.of(
        settings, upstreams, Stream.of(privateNames).map(ProjectPattern::parse).toList());
  }

  private static String source(UpstreamRoutes routes, String project) {
    return routes.route(ProjectName.parse(project)).map(Upstream::name).orElse("nobody");
  }

  /** Is routed to, and never asked. */
  private record Named(String name) implements Upstream {
    @Override
    public PageOutcome page(ProjectName project, @Nullable Validator validator) {
      return new PageOutcome.Absent();
    }

    @Override
    public FileOutcome artifact(PageFile file) {
      return new FileOutcome.Absent();
    }

    @Override
    public FileOutcome metadata(PageFile file) {
      return new FileOutcome.Absent();
    }

    @Override
    public FileOutcome provenance(PageFile file) {
      return new FileOutcome.Absent();
    }

    @Override
    public List<ProjectName> projects() {
      return List.of();
    }

    @Override
    public boolean datedByOperator() {
      return false;
    }
  }
}
