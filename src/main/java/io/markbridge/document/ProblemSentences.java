package io.markbridge.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says a {@link Problem} in words that a person in the plant understands: what is wrong, where,
 * what to do. English, or Russian where the locale's language is {@code ru}.
 */
public final class ProblemSentences {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");

  /** A hostile value is told, but not in full; our longest list of settings is. */
  private static final int LONGEST_ARGUMENT = 400;

  /** Half-sentences that are said only where the problem has the argument they tell. */
  private static final Map<String, String> OPTIONAL = Map.of("for-code", "code", "or-say", "where");

  private final Properties sentences;

  public ProblemSentences(Locale locale) {
    String language = "ru".equals(locale.getLanguage()) ? "ru" : "en";
    this.sentences = read("/messages/problems_" + language + ".properties");
  }

  /** One problem as one text, without its number. */
  public String say(Problem problem) {
    String template = sentences.getProperty(problem.code().name());
    return fill(template == null ? problem.code().name() : template, problem);
  }

  /** The text of a key that belongs to no code, such as {@code MORE}. */
  public String text(String key) {
    return sentences.getProperty(key, key);
  }

  private String fill(String template, Problem problem) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(argument(match.group(1), problem)));
  }

  private String argument(String name, Problem problem) {
    if (name.equals("path")) {
      return problem.path();
    }
    if (name.equals("at")) {
      return problem.path().isEmpty() ? "" : fill(text("at"), problem);
    }
    Map<String, String> arguments = problem.arguments();
    if (OPTIONAL.containsKey(name)) {
      return arguments.containsKey(OPTIONAL.get(name)) ? fill(text(name), problem) : "";
    }
    String value = arguments.getOrDefault(name, "?");
    String translated = name.equals("reason") ? sentences.getProperty("reason." + value) : null;
    return translated == null ? printable(value) : fill(translated, problem);
  }

  /** Control characters (a group separator, a line end) would break a log line or a terminal. */
  private static String printable(String value) {
    String shortened =
        value.length() <= LONGEST_ARGUMENT ? value : value.substring(0, LONGEST_ARGUMENT) + "…";
    StringBuilder text = new StringBuilder(shortened.length());
    for (int index = 0; index < shortened.length(); index++) {
      char character = shortened.charAt(index);
      if (Character.isISOControl(character)) {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        text.append(character);
      }
    }
    return text.toString();
  }

  private static Properties read(String resource) {
    Properties properties = new Properties();
    try (InputStream input = ProblemSentences.class.getResourceAsStream(resource)) {
      if (input == null) {
        throw new IllegalStateException("finding packaged resource " + resource);
      }
      properties.load(new InputStreamReader(input, StandardCharsets.UTF_8));
    } catch (IOException exception) {
      throw new UncheckedIOException("reading packaged resource " + resource, exception);
    }
    return properties;
  }
}
