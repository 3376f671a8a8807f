package io.markbridge.journal;

import java.util.List;
import java.util.Optional;

/** Which version the tables of a journal have: that of the newest migration they went through. */
public final class JournalSchema {
  /** What this program reads and writes. */
  public static final int VERSION = 3;

  /** How a journal came and comes there, oldest first: resources of the program. */
  public static final List<String> MIGRATIONS =
      List.of(
          "db/migration/V1__journal.sql",
          "db/migration/V2__exactly_once.sql",
          "db/migration/V3__queues.sql");

  private JournalSchema() {}

  /** Whether a migration ever began there. */
  public static boolean begun(Database database) {
    String tables =
        switch (database.dialect()) {
          case SQLITE -> "select count(*) from sqlite_master where name = 'flyway_schema_history'";
          case POSTGRESQL ->
              "select count(*) from information_schema.tables where table_name ="
                  + " 'flyway_schema_history' and table_schema = current_schema()";
        };
    return database.read("looking for the journal", reading -> reading.count(tables)) > 0;
  }

  /**
   * The version of a journal where {@link #begun}.
   *
   * @return 0 where no migration came to its end
   * @throws JournalException when it cannot be read
   * @throws NumberFormatException when no migration of this program was there
   */
  public static int version(Database database) {
    Optional<String> version =
        database.read(
            "reading the version of the journal",
            reading ->
                reading.first(
                    "select version from flyway_schema_history where success and version is not null"
                        + " order by installed_rank desc limit 1",
                    row -> row.getString(1)));
    return version.map(text -> Integer.parseInt(text.split("\\.")[0])).orElse(0);
  }
}
