package dev.gatehouse.advisories;

/**
 * A string that one incident, and nothing benign, contains.
 *
 * @param text as it stands in code: a domain, an IP address or a path; ASCII, lower case where case
 *     does not matter
 * @param incident the advisory or name that people know it by
 * @param what what it is, for a sentence: "the address that received the stolen secrets"
 */
public record Indicator(String text, String incident, String what) {}
