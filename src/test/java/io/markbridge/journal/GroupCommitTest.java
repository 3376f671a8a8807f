package io.markbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Dialect.class)
class GroupCommitTest {
  @Parameter Dialect dialect;
  @TempDir Path directory;
  private final ExecutorService threads = Executors.newFixedThreadPool(40);
  private JournalFixture fixture;
  private Database database;

  @BeforeEach
  void open() {
    fixture = new JournalFixture(directory, dialect);
    database = fixture.journal().database();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    fixture.close();
  }

  @Test
  void worksOfManyThreadsAreAllCommitted() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int number = 0; number < 40; number++) {
      int first = number * 25;
      all.add(
          threads.submit(
              () -> {
                for (int index = first; index < first + 25; index++) {
                  insert("arrival-" + index);
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    assertThat(count()).isEqualTo(1000);
  }

  @Test
  void failingWorkLeavesNothingAndDisturbsNobody() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<?> leader =
        threads.submit(
            () ->
                database.change(
                    JournalCommit.NOTE,
                    transaction -> {
                      inside.countDown();
                      await(goOn);
                    }));
    inside.await();
    // These two wait and share the next commit.
    Future<?> failing =
        threads.submit(
            () ->
                database.change(
                    JournalCommit.NOTE,
                    transaction -> {
                      insert(transaction, "failing");
                      throw new SQLException("no");
                    }));
    Future<?> good = threads.submit(() -> insert("good"));
    goOn.countDown();

    leader.get();
    good.get();
    assertThatThrownBy(failing::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("adding to a timeline");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void whatWasWrittenIsSeenAtOnce() {
    insert("one");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void transactionInsideAnotherIsRefused() {
    assertThatThrownBy(() -> database.change(JournalCommit.NOTE, transaction -> insert("inner")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(count()).isZero();
  }

  private void insert(String name) {
    database.change(JournalCommit.NOTE, transaction -> insert(transaction, name));
  }

  private static void insert(Transaction transaction, String name) throws SQLException {
    transaction.update("insert into arrivals (identity, document_id) values (?, 'd')", name);
  }

  private long count() {
    return database.read(
        "counting", transaction -> transaction.count("select count(*) from arrivals"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
