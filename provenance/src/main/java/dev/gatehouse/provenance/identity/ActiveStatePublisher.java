package dev.gatehouse.provenance.identity;

/** A project on ActiveState's platform. */
public record ActiveStatePublisher(String organization, String project) implements Publisher {
  @Override
  public Forge forge() {
    return Forge.ACTIVESTATE;
  }

  @Override
  public String text() {
    return "activestate:%s/%s".formatted(organization, project);
  }
}
