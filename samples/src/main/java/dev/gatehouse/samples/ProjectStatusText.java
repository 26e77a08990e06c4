package dev.gatehouse.samples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project's status as a page states it (PEP 792), one of the four or not. */
record ProjectStatusText(String status, @Nullable String reason) {
  String json() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("status", status);
    if (reason != null) {
      members.put("reason", reason);
    }
    return Json.object(members);
  }

  String html() {
    return Html.meta("pypi:project-status", status)
        + (reason == null ? "" : Html.meta("pypi:project-status-reason", reason));
  }
}
