package io.markbridge.outbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A statement of a site with parameters by name ({@code :id}), so that a site may use them in any
 * order and more than once.
 *
 * @param sql for JDBC, with {@code ?}
 * @param parameters their names, in the order of the {@code ?}
 */
record NamedStatement(String sql, List<String> parameters) {
  private static final Pattern BLOCK = Pattern.compile("(?i)(begin|declare)\\b");

  /** Reads one statement; what is quoted or a comment holds no parameters. */
  static NamedStatement read(String text) {
    StringBuilder sql = new StringBuilder();
    List<String> parameters = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char one = text.charAt(at);
      int end;
      if (text.startsWith("--", at)) {
        end = after(text, "\n", at);
        sql.append('\n');
      } else if (text.startsWith("/*", at)) {
        end = after(text, "*/", at + 2);
        sql.append(' ');
      } else if (one == '\'' || one == '"' || one == '`') {
        end = after(text, String.valueOf(one), at + 1);
        sql.append(text, at, end);
      } else if (text.startsWith("::", at)) {
        end = at + 2;
        sql.append("::");
      } else if (one == ':' && at + 1 < text.length() && letter(text.charAt(at + 1))) {
        end = at + 1;
        while (end < text.length() && letter(text.charAt(end))) {
          end++;
        }
        parameters.add(text.substring(at + 1, end));
        sql.append('?');
      } else {
        end = at + 1;
        sql.append(one);
      }
      at = end;
    }
    return new NamedStatement(withoutEnd(sql.toString().strip()), List.copyOf(parameters));
  }

  /** A semicolon ends a statement, which drivers do not want; of a block it is a part. */
  private static String withoutEnd(String sql) {
    return BLOCK.matcher(sql).lookingAt() ? sql : sql.replaceFirst(";\\s*$", "");
  }

  private static int after(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  private static boolean letter(char one) {
    return Character.isLetterOrDigit(one) || one == '_';
  }

  /**
   * Sets all parameters.
   *
   * @param values text, a whole number, or null
   */
  void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
    for (int index = 0; index < parameters.size(); index++) {
      Object value = values.get(parameters.get(index));
      if (value instanceof Number number && number.longValue() == number.intValue()) {
        // What every function and clause takes.
        statement.setInt(index + 1, number.intValue());
      } else if (value instanceof Number number) {
        statement.setLong(index + 1, number.longValue());
      } else if (value == null) {
        statement.setNull(index + 1, Types.VARCHAR);
      } else {
        statement.setString(index + 1, value.toString());
      }
    }
  }
}
