package dev.gatehouse.gateway.admin;

import dev.gatehouse.store.audit.AuditEntry;
import dev.gatehouse.store.audit.AuditLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /api/audit-log?after=N}: the next entries of the audit log, as the index gives its own.
 */
final class AuditLogEndpoint {
  private static final int MOST = 1000;

  private final AuditLog log;

  AuditLogEndpoint(AuditLog log) {
    this.log = log;
  }

  AdminAnswer list(AdminRequest request) {
    long after = number(request.query().getOrDefault("after", "0"));
    List<Map<String, Object>> entries =
        log.entries(after, MOST).stream().map(AuditLogEndpoint::entry).toList();
    return AdminAnswer.json(200, Map.of("entries", entries));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw AdminProblem.invalid("after", "the number of an entry");
    }
  }

  private static Map<String, Object> entry(AuditEntry entry) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", entry.number());
    members.put("at", entry.at().toString());
    members.put("actor", entry.actor());
    members.put("action", entry.action());
    members.put("subject", entry.subject());
    members.put("detail", entry.detail());
    members.put("hash", entry.hashText());
    return members;
  }
}
