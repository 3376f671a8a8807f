package io.markbridge.outbox;

import io.markbridge.settings.SiteFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The statements of one outbox, from {@code config/sql}: a site fits them to its own tables. */
final class Statements {
  private static final String FOLDER = "config/sql/";

  /** What is said to the database. */
  enum Name {
    DUE("batch", "count"),
    CLAIM("id", "owner", "lease"),
    RENEW("id", "owner", "attempt", "lease"),
    PAYLOAD("id", "start", "count"),
    TAKEN("id", "owner", "attempt", "document"),
    ROW("id"),
    ANSWER("id", "document", "state", "outcome", "reply", "status", "error", "change"),
    GIVEN("id", "document", "name"),
    CODES("id", "document", "name", "content");

    private final Set<String> parameters;

    Name(String... parameters) {
      this.parameters = Set.of(parameters);
    }
  }

  private final Map<Name, NamedStatement> statements = new EnumMap<>(Name.class);
  private final Map<Name, String> from = new EnumMap<>(Name.class);

  /**
   * Reads all of them: from the outbox's own folder where there is such a file, otherwise the
   * database's.
   *
   * @throws IOException when a file is nowhere, or names a parameter that the bridge does not give
   */
  Statements(SiteFiles files, OutboxDatabase database, Optional<String> own) throws IOException {
    for (Name name : Name.values()) {
      String file = "/" + name.name().toLowerCase(Locale.ROOT) + ".sql";
      if (own.isPresent()) {
        try {
          put(files, FOLDER + own.get() + file, name);
          continue;
        } catch (FileNotFoundException notItsOwn) {
          // The database's does.
        }
      }
      put(files, FOLDER + database.folder() + file, name);
    }
  }

  private void put(SiteFiles files, String file, Name name) throws IOException {
    statements.put(name, read(files, file, name));
    from.put(name, file);
  }

  NamedStatement get(Name name) {
    return statements.get(name);
  }

  /** The file that a statement was read from, as a site knows it. */
  String file(Name name) {
    return from.get(name);
  }

  private static NamedStatement read(SiteFiles files, String file, Name name) throws IOException {
    try (InputStream input = files.open(file)) {
      NamedStatement statement =
          NamedStatement.read(new String(input.readAllBytes(), StandardCharsets.UTF_8));
      Set<String> unknown = new LinkedHashSet<>(statement.parameters());
      unknown.removeAll(name.parameters);
      if (!unknown.isEmpty() || statement.sql().isEmpty()) {
        throw new IOException(
            "reading "
                + file
                + (unknown.isEmpty()
                    ? ": it is empty"
                    : ": no value for :" + String.join(", :", unknown))
                + "; there are :"
                + String.join(", :", new java.util.TreeSet<>(name.parameters)));
      }
      return statement;
    }
  }
}
