package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which failures of PostgreSQL are tried again, and which are not. */
class SeparateCommitsTest {
  @TempDir Path directory;
  private final AtomicInteger runs = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private JournalFixture fixture;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, Dialect.POSTGRESQL);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    fixture.close();
  }

  @Test
  void ofTwoThatWaitForEachOtherBothAreCommitted() throws Exception {
    Database database = fixture.journal().database();
    database.change(
        JournalCommit.NOTE,
        transaction -> {
          insert(transaction, "first");
          insert(transaction, "second");
        });
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    Future<?> one = threads.submit(() -> updateBoth(database, bothHoldOne, "first", "second"));
    Future<?> other = threads.submit(() -> updateBoth(database, bothHoldOne, "second", "first"));
    one.get();
    other.get();
    assertThat(runs.get()).as("one of them ran again").isGreaterThan(2);
    assertThat(fixture.count("select count(*) from arrivals where document_id = 'dd'")).isZero();
    assertThat(fixture.count("select count(*) from arrivals where document_id = 'ddd'"))
        .isEqualTo(2);
  }

  private void updateBoth(Database database, CyclicBarrier bothHoldOne, String... identities) {
    database.change(
        JournalCommit.NOTE,
        transaction -> {
          boolean firstRun = runs.incrementAndGet() <= 2;
          for (String identity : identities) {
            transaction.update(
                "update arrivals set document_id = document_id || 'd' where identity = ?",
                identity);
            if (firstRun && identity.equals(identities[0])) {
              await(bothHoldOne);
            }
          }
        });
  }

  @Test
  void connectionLostBeforeTheCommitCostsNothing() {
    Database database = fixture.journal().database();
    database.change(
        JournalCommit.NOTE,
        transaction -> {
          insert(transaction, "number " + runs.incrementAndGet());
          if (runs.get() == 1) {
            transaction.list("select pg_terminate_backend(pg_backend_pid())", row -> row);
          }
        });
    assertThat(runs).hasValue(2);
    assertThat(fixture.count("select count(*) from arrivals where identity = 'number 2'"))
        .isEqualTo(1);
    assertThat(fixture.count("select count(*) from arrivals")).isEqualTo(1);
  }

  @Test
  void connectionLostWhileReadingCostsNothing() {
    Database database = fixture.journal().database();
    assertThat(
            database.<Integer>read(
                "reading",
                transaction -> {
                  if (runs.incrementAndGet() == 1) {
                    transaction.list("select pg_terminate_backend(pg_backend_pid())", row -> row);
                  }
                  return (int) transaction.count("select 7");
                }))
        .isEqualTo(7);
    assertThat(runs).hasValue(2);
  }

  @Test
  void connectionLostInTheCommitIsNotTriedAgain() {
    DataSource source =
        PostgresqlSource.of(fixture.url(), Optional.empty(), Optional.empty(), false);
    Database database = new Database(losesItsAnswerToCommit(source), source, Dialect.POSTGRESQL);
    assertThatThrownBy(
            () ->
                database.change(
                    JournalCommit.NOTE,
                    transaction -> insert(transaction, "number " + runs.incrementAndGet())))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("adding to a timeline");
    assertThat(runs).hasValue(1);
    assertThat(fixture.count("select count(*) from arrivals")).isEqualTo(1);
  }

  @Test
  void refusedStatementIsNotTriedAgain() {
    Database database = fixture.journal().database();
    assertThatThrownBy(
            () ->
                database.change(
                    JournalCommit.NOTE,
                    transaction -> {
                      runs.incrementAndGet();
                      insert(transaction, "same");
                      insert(transaction, "same");
                    }))
        .isInstanceOf(JournalException.class);
    assertThat(runs).hasValue(1);
    assertThat(fixture.count("select count(*) from arrivals")).isZero();
  }

  @Test
  void textThatPostgresqlCannotHoldIsKeptAsFarAsItCan() {
    String id = fixture.accept("pharma/a", "{}").id();
    fixture
        .journal()
        .documents()
        .note(id, "event", "zero \u0000, half \ud800 end, pair \ud83d\ude00");
    assertThat(fixture.journal().documents().timeline(id))
        .last()
        .extracting(entry -> entry.detail())
        .isEqualTo("zero \ufffd, half \ufffd end, pair \ud83d\ude00");
  }

  @Test
  void placeIsShownWithoutSecrets() {
    assertThat(
            List.of(
                PostgresqlSource.shown("jdbc:postgresql://host/journal?user=a&password=hush"),
                PostgresqlSource.shown("jdbc:postgresql://a:hush@host/journal")))
        .containsOnly("jdbc:postgresql://host/journal");
  }

  private static void insert(Transaction transaction, String identity) throws SQLException {
    transaction.update("insert into arrivals (identity, document_id) values (?, 'd')", identity);
  }

  /** Commits, and tells that the connection broke. */
  private static DataSource losesItsAnswerToCommit(DataSource source) {
    return proxy(
        DataSource.class,
        source,
        result ->
            result instanceof Connection connection
                ? proxy(Connection.class, connection, unchanged -> unchanged)
                : result);
  }

  private interface Wrapping {
    Object wrap(Object result);
  }

  private static <T> T proxy(Class<T> type, T real, Wrapping wrapping) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                Object result = wrapping.wrap(method.invoke(real, arguments));
                if (method.getName().equals("commit")) {
                  throw new SQLException("the connection broke", "08006");
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            }));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
