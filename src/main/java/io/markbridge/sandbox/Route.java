package io.markbridge.sandbox;

import java.util.Set;

/**
 * One call that the sandbox serves.
 *
 * @param name the name that presets use for it
 * @param template path; ends in {@code {id}} or holds it in the middle
 * @param family which credentials open it
 * @param query the query parameters it knows
 */
record Route(String name, String method, String template, Family family, Set<String> query) {

  /** Families of paths, which credentials open separately. */
  enum Family {
    NONE,
    API,
    PUBLIC,
    CONTROL
  }

  /** The id in the path: empty where the template has none, null where the path does not match. */
  String match(String path) {
    int open = template.indexOf("{id}");
    if (open < 0) {
      return template.equals(path) ? "" : null;
    }
    String before = template.substring(0, open);
    String after = template.substring(open + 4);
    boolean fits =
        path.length() > before.length() + after.length()
            && path.startsWith(before)
            && path.endsWith(after);
    if (!fits) {
      return null;
    }
    String id = path.substring(before.length(), path.length() - after.length());
    return id.contains("/") ? null : id;
  }
}
