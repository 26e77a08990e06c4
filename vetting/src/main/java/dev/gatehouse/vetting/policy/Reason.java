package dev.gatehouse.vetting.policy;

/**
 * Why a verdict is what it is.
 *
 * @param code a stable name in kebab case, for programs
 * @param text one sentence for a person, without the project and version, which its reader knows
 */
public record Reason(String code, String text) {}
