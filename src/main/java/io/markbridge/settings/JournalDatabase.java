package io.markbridge.settings;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus which of the journal's databases is used: the one that {@code
 * markbridge.journal.url} names. The others are not opened, and need not be there.
 */
public final class JournalDatabase implements ConfigSourceFactory {
  /** Name of the datasource for a journal on PostgreSQL. */
  public static final String POSTGRESQL = "journal-postgresql";

  /** Name of the datasource that writes a journal on SQLite. */
  public static final String SQLITE = "journal";

  /** Name of the datasource that reads a journal on SQLite. */
  public static final String SQLITE_READER = "journal-read";

  /** Nobody else sets these. */
  private static final int ORDINAL = 1000;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean postgresql = value(context, "url").startsWith("jdbc:postgresql:");
    Map<String, String> derived = new LinkedHashMap<>();
    derived.put("quarkus.datasource." + SQLITE + ".active", Boolean.toString(!postgresql));
    derived.put("quarkus.datasource." + SQLITE_READER + ".active", Boolean.toString(!postgresql));
    derived.put("quarkus.datasource." + POSTGRESQL + ".active", Boolean.toString(postgresql));
    if (postgresql) {
      secret(derived, "username", value(context, "username"));
      secret(derived, "password", password(context));
    }
    return List.of(new PropertiesConfigSource(derived, "the journal's database", ORDINAL));
  }

  private static void secret(Map<String, String> derived, String name, String value) {
    if (!value.isEmpty()) {
      // Nothing in it is an expression.
      derived.put("quarkus.datasource." + POSTGRESQL + "." + name, value.replace("$", "$$"));
    }
  }

  private static String password(ConfigSourceContext context) {
    String file = value(context, "password-file");
    try {
      return file.isEmpty() ? value(context, "password") : SecretFile.read(file);
    } catch (UncheckedIOException unreadable) {
      // The start tells it, in one line.
      return "";
    }
  }

  private static String value(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue("markbridge.journal." + name);
    return value == null || value.getValue() == null ? "" : value.getValue().strip();
  }
}
