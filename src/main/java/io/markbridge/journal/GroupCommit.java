package io.markbridge.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Commits what waits together: a commit waits for the disk, and SQLite has one writer at a time, so
 * whoever comes while one commit is on its way shares the next. Each work has a savepoint of its
 * own: what it did is in the commit whole, or not at all, whatever becomes of the others. No work
 * is ever run twice, and nobody goes on before the commit that holds its work.
 */
final class GroupCommit implements Commits {
  /** Keeps a transaction, and the wait of its first member, short. */
  private static final int MOST = 32;

  private final DataSource writer;
  private final Dialect dialect;
  private final ReentrantLock turn = new ReentrantLock();
  private final Queue<Member<?>> waiting = new ConcurrentLinkedQueue<>();

  GroupCommit(DataSource writer, Dialect dialect) {
    this.writer = writer;
    this.dialect = dialect;
  }

  /** One work and what came of it; the lock of the turn guards it. */
  private static final class Member<T> {
    private final Database.Work<T> work;
    private T result;
    private Throwable failure;
    private boolean ended;

    private Member(Database.Work<T> work) {
      this.work = work;
    }

    private void run(Transaction transaction) throws SQLException {
      result = work.run(transaction);
    }

    private void fail(Throwable cause) {
      if (failure == null) {
        failure = cause;
      }
    }
  }

  @Override
  public <T> T run(Database.Work<T> work) throws SQLException {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction of the journal inside another one");
    }
    Member<T> own = new Member<>(work);
    waiting.add(own);
    turn.lock();
    try {
      while (!own.ended) {
        commit(next());
      }
    } finally {
      turn.unlock();
    }
    return outcome(own);
  }

  private List<Member<?>> next() {
    List<Member<?>> group = new ArrayList<>();
    for (Member<?> one = waiting.poll(); one != null; one = waiting.poll()) {
      group.add(one);
      if (group.size() == MOST) {
        break;
      }
    }
    return group;
  }

  private void commit(List<Member<?>> group) {
    try (Connection connection = writer.getConnection()) {
      // SQLite keeps its write lock on an idle connection that was left without auto-commit.
      connection.setAutoCommit(false);
      try {
        for (Member<?> member : group) {
          run(connection, member);
        }
        connection.commit();
      } catch (SQLException | RuntimeException | Error failure) {
        // Also where memory ran out: turning auto-commit on again would commit the half.
        rollBack(connection::rollback, failure);
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException | RuntimeException | Error failure) {
      // Nothing of the group stays, whoever was at fault.
      group.forEach(member -> member.fail(failure));
    } finally {
      group.forEach(member -> member.ended = true);
    }
  }

  @FunctionalInterface
  private interface Rollback {
    void run() throws SQLException;
  }

  /** A full disk is told as what it is, and not as the rollback that it broke as well. */
  private static void rollBack(Rollback rollback, Throwable first) throws SQLException {
    try {
      rollback.run();
    } catch (SQLException second) {
      if (first instanceof SQLException cause) {
        cause.addSuppressed(second);
        throw cause;
      }
      second.addSuppressed(first);
      throw second;
    }
  }

  private void run(Connection connection, Member<?> member) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      member.run(new Transaction(connection, dialect));
    } catch (SQLException | RuntimeException failure) {
      member.fail(failure);
      // Where the database has given up the whole transaction, this throws, and the group fails.
      rollBack(() -> connection.rollback(before), failure);
    }
    connection.releaseSavepoint(before);
  }

  /** A failure is thrown where the work was asked for; several threads may share its cause. */
  private static <T> T outcome(Member<T> member) throws SQLException {
    if (member.failure == null) {
      return member.result;
    }
    if (member.failure instanceof SQLException failure) {
      throw failure;
    }
    if (member.failure instanceof RuntimeException failure) {
      throw failure;
    }
    if (member.failure instanceof Error failure) {
      throw failure;
    }
    throw new IllegalStateException(member.failure);
  }
}
