package io.markbridge.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a setting, or a pattern of such names: a {@code *} stands for a name that the site
 * chooses, which may be quoted and hold dots then.
 *
 * @param text such as {@code markbridge.groups.*.report-on}
 */
public record SettingName(String text) {
  private static final Pattern SEGMENT = Pattern.compile("\"[^\"]*\"|[^.]+");

  /** {@code markbridge.openapi.url} is {@code MARKBRIDGE_OPENAPI_URL}. */
  public String variable() {
    StringBuilder variable = new StringBuilder(text.length());
    for (char one : text.toCharArray()) {
      if (one >= 'a' && one <= 'z') {
        variable.append((char) (one - 'a' + 'A'));
      } else {
        boolean kept = one >= 'A' && one <= 'Z' || one >= '0' && one <= '9' || one == '*';
        variable.append(kept ? one : '_');
      }
    }
    return variable.toString();
  }

  /** Whether a part of it is chosen by the site. */
  public boolean isPattern() {
    return text.contains("*");
  }

  /** Whether this pattern stands for that name. */
  public boolean fits(String name) {
    // Nearly all are told apart by how they begin; taking them to pieces takes a start noticeably
    // longer.
    if (!name.startsWith(beginning(text))) {
      return false;
    }
    List<String> own = segments(text);
    List<String> other = segments(name);
    if (own.size() != other.size()) {
      return false;
    }
    for (int index = 0; index < own.size(); index++) {
      if (!own.get(index).equals("*") && !own.get(index).equals(other.get(index))) {
        return false;
      }
    }
    return true;
  }

  /** Whether this pattern stands for a name that this environment variable says. */
  public boolean fitsVariable(String variable) {
    String own = variable();
    return variable.startsWith(beginning(own)) && variable.matches(own.replace("*", ".+"));
  }

  /** The pattern with the other name's parts in the place of {@code *}. */
  public String filledFrom(String name) {
    List<String> filled = segments(text);
    List<String> other = segments(name);
    for (int index = 0; index < filled.size(); index++) {
      if (filled.get(index).equals("*") && index < other.size()) {
        filled.set(index, other.get(index));
      }
    }
    return String.join(".", filled);
  }

  /** What stands before the first part that a site chooses. */
  private static String beginning(String pattern) {
    int chosen = pattern.indexOf('*');
    return chosen < 0 ? pattern : pattern.substring(0, chosen);
  }

  private static List<String> segments(String name) {
    List<String> segments = new ArrayList<>();
    Matcher matcher = SEGMENT.matcher(name);
    while (matcher.find()) {
      segments.add(matcher.group());
    }
    return segments;
  }
}
