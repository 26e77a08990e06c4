package dev.gatehouse.advisories;

/**
 * A record that could not be read; the others count.
 *
 * @param where the file, or the entry of the archive; a stranger's text
 * @param why a clause; may quote a stranger's text
 */
public record UnreadRecord(String where, String why) {}
