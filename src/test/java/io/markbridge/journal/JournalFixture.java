package io.markbridge.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.markbridge.Patience;
import io.markbridge.document.Document;
import io.markbridge.document.ManualClock;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.document.TimelineEntry;
import io.markbridge.mapping.MappedDocument;
import io.markbridge.mapping.MappedPart;
import io.markbridge.mapping.OrderFacts;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.process.PostgresServer;
import io.markbridge.settings.SiteFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A journal over a real SQLite file or a real PostgreSQL: as Flyway migrates it, with the settings
 * of {@code config/application.yaml}, and a clock that tests move.
 */
public final class JournalFixture implements AutoCloseable {
  public static final String ACCOUNT = "default";
  private static final Duration LEASE = Duration.ofMinutes(10);

  public final ManualClock clock = new ManualClock();
  private final Dialect dialect;
  private final String url;
  private final AgroalDataSource writer;
  private final AgroalDataSource reader;
  private final OperatorPreset preset;
  private Journal journal;
  private int arrivals;

  /**
   * @param directory an empty one of the test
   */
  public JournalFixture(Path directory) {
    this(directory, Dialect.SQLITE);
  }

  /**
   * @param directory an empty one of the test
   */
  public JournalFixture(Path directory, Dialect dialect) {
    this.dialect = dialect;
    this.preset = Packaged.PRESET;
    try {
      JsonNode settings = Packaged.DATASOURCES;
      switch (dialect) {
        case SQLITE -> {
          url = "jdbc:sqlite:" + directory.resolve("markbridge.db");
          if (!SqliteFile.holdsSomething(directory.resolve("markbridge.db"))) {
            MigratedJournal.write(directory.resolve("markbridge.db"));
          }
          writer = pool(url, 1, settings.path("journal"), org.sqlite.JDBC.class);
          reader = pool(url, 4, settings.path("journal-read"), org.sqlite.JDBC.class);
        }
        case POSTGRESQL -> {
          url = PostgresServer.shared().newJournal();
          writer = pool(url, 16, settings.path("journal-postgresql"), org.postgresql.Driver.class);
          reader = writer;
        }
        default -> throw new IllegalArgumentException(dialect.name());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (SQLException unusable) {
      throw new JournalException("opening the journal of a test", unusable);
    }
    this.journal = open();
  }

  /** Read once: each of hundreds of tests has a journal. */
  private static final class Packaged {
    static final JsonNode DATASOURCES;
    static final OperatorPreset PRESET;

    static {
      try (var input = SiteFiles.here().open("config/application.yaml")) {
        DATASOURCES = new YAMLMapper().readTree(input).path("quarkus").path("datasource");
        PRESET = OperatorPreset.load(SiteFiles.here(), "uz");
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  private static AgroalDataSource pool(
      String url, int connections, JsonNode settings, Class<? extends java.sql.Driver> driver)
      throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .metricsEnabled(false)
            .connectionPoolConfiguration(
                pool -> {
                  pool.maxSize(connections).acquisitionTimeout(Patience.LONG);
                  if (driver == org.postgresql.Driver.class) {
                    // As Quarkus does it: a broken connection leaves the pool.
                    pool.exceptionSorter(new PostgreSQLExceptionSorter());
                  }
                  pool.connectionFactoryConfiguration(
                      factory -> {
                        factory.jdbcUrl(url).connectionProviderClass(driver);
                        settings
                            .path("jdbc")
                            .path("additional-jdbc-properties")
                            .properties()
                            .forEach(
                                entry ->
                                    factory.jdbcProperty(
                                        entry.getKey(), entry.getValue().asText()));
                        if (driver == org.sqlite.JDBC.class) {
                          // Nobody cuts the power: what one process has written, the next one
                          // reads.
                          factory.jdbcProperty("synchronous", "OFF");
                        }
                        return factory;
                      });
                  return pool;
                }));
  }

  private Journal open() {
    return new Journal(new Database(writer, reader, dialect), clock);
  }

  /** Where the journal is. */
  String url() {
    return url;
  }

  public Journal journal() {
    return journal;
  }

  public OperatorPreset preset() {
    return preset;
  }

  /** The journal as another process has it open at the same time. */
  public Journal another() {
    return open();
  }

  /**
   * Another process on the same database, whose clocks go with the test's.
   *
   * @param nanos that never jump
   */
  public Journal another(java.util.function.LongSupplier nanos) {
    return new Journal(new Database(writer, reader, dialect), clock, nanos);
  }

  /**
   * The journal of a process whose commits are watched.
   *
   * @param writing told before each of them
   */
  Journal watched(Runnable writing) {
    DataSource watched =
        (DataSource)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  writing.run();
                  return method.invoke(writer, arguments);
                });
    return new Journal(new Database(watched, reader, dialect), clock);
  }

  public AgroalDataSource source() {
    return writer;
  }

  /** The process ends without warning and another one starts; without its recovery. */
  public Journal restart() {
    journal = open();
    return journal;
  }

  public int recover() {
    return new Recovery(journal, preset.calls()).recover();
  }

  /** A file that never came before. */
  public Arrival arrival(String replyName, long size) {
    return arrival(replyName, size, "identity " + ++arrivals);
  }

  public Arrival arrival(String replyName, long size, String identity) {
    return new Arrival(
        "file",
        replyName + ".json",
        Optional.of(replyName),
        identity,
        Optional.empty(),
        Optional.of("pharma"),
        Optional.of("utilisation"),
        Map.of(),
        Optional.empty(),
        size);
  }

  /** Stores a document of this content. */
  public Document accept(String replyName, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      String id =
          journal
              .documents()
              .accept(arrival(replyName, bytes.length), new ByteArrayInputStream(bytes))
              .document();
      return find(id);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public Document find(String id) {
    return journal.documents().find(id).orElseThrow();
  }

  /** A document as it is when it was recognised. */
  public Document accepted(String replyName, String kind) {
    Document stored = accept(replyName, "{\"document\":\"" + replyName + "\"}");
    claimAll();
    return described(stored, kind, Map.of());
  }

  public void claimAll() {
    journal.documents().claimReceived(1000, journal.now() + LEASE.toMillis());
  }

  public static Document described(Document stored, String kind, Map<String, String> parameters) {
    return new Document(
        stored.id(),
        stored.source(),
        stored.sourcePath(),
        stored.replyName(),
        Optional.of(ACCOUNT),
        stored.productGroup(),
        Optional.of(kind),
        stored.omsId(),
        parameters,
        stored.given(),
        stored.charset(),
        stored.bodyOffset(),
        stored.state(),
        stored.contentKey(),
        stored.orderNumber(),
        stored.answeredBy(),
        stored.size(),
        stored.receivedAt(),
        stored.finishedAt(),
        stored.problems(),
        stored.answer(),
        stored.changeNumber());
  }

  /** Plans a document as statements of these levels. */
  public List<Submission> plan(Document document, int... levels) {
    return plan(document, "content of " + document.id(), List.of(), levels);
  }

  public List<Submission> plan(
      Document document, String contentKey, List<OrderFacts> remembered, int... levels) {
    PlannedBodies bodies = journal.submissions().begin(document);
    List<MappedPart> parts = new ArrayList<>();
    String call = document.kind().orElseThrow();
    for (int index = 0; index < levels.length; index++) {
      byte[] body = ("{\"part\":" + (index + 1) + "}").getBytes(StandardCharsets.UTF_8);
      write(bodies, index + 1, body);
      parts.add(new MappedPart(index + 1, levels[index], call, Map.of(), body.length, 2));
    }
    journal
        .submissions()
        .plan(
            document,
            ACCOUNT,
            new MappedDocument(parts, List.of(), remembered, contentKey, Optional.empty()),
            bodies,
            name -> preset.call(name).limit(),
            "planned by a test",
            journal.documents().equalTo(contentKey, ACCOUNT, document.id()).map(Document::id));
    return journal.submissions().of(document.id());
  }

  static void write(PlannedBodies bodies, int part, byte[] body) {
    try (OutputStream stream = bodies.open(part)) {
      stream.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Claims everything of some purposes that is due, whatever the limits say. */
  public List<Submission> claim(Purpose... purposes) {
    List<Submission> claimed = new ArrayList<>();
    for (Submissions.Waiting waiting : journal.submissions().waiting(Set.of(purposes))) {
      claimed.addAll(journal.submissions().claim(waiting, 1000, journal.now() + LEASE.toMillis()));
    }
    return claimed;
  }

  public void record(Submission submission, SubmissionState state) {
    journal.submissions().record(submission, Progress.to(state));
  }

  public Submission submission(String id) {
    return journal.submissions().find(id).orElseThrow();
  }

  public List<String> events(String document) {
    return journal.documents().timeline(document).stream().map(TimelineEntry::event).toList();
  }

  /** The number in the first column of the first row. */
  public long count(String sql, Object... parameters) {
    return journal
        .database()
        .read("counting for a test", transaction -> transaction.count(sql, parameters));
  }

  @Override
  public void close() {
    writer.close();
    reader.close();
    if (dialect == Dialect.POSTGRESQL) {
      PostgresServer.shared().drop(url);
    }
  }
}
