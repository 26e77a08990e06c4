package dev.gatehouse.provenance.workflow;

/**
 * What a publisher's form asks for, apart from the owner and the name of the repository.
 *
 * @param index for people
 * @param forge {@code GitHub} or {@code GitLab}
 * @param workflow the file: its name alone on GitHub, its path on GitLab
 * @param environment empty where the job has none
 */
public record PublishedBy(String index, String forge, String workflow, String environment) {}
