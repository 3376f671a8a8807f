package io.markbridge.openapi;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.markbridge.Patience;
import io.markbridge.document.ManualClock;
import io.markbridge.journal.Database;
import io.markbridge.journal.Dialect;
import io.markbridge.journal.Journal;
import io.markbridge.journal.SharedPauses;
import io.markbridge.process.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The limits of several replicas on one real PostgreSQL, with a time that tests move. */
final class SharedLimits implements AutoCloseable {
  private final String url = PostgresServer.shared().newJournal();
  private final AgroalDataSource source;
  private final ManualClock clock;

  SharedLimits(ManualClock clock) throws SQLException {
    this.clock = clock;
    this.source =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(false)
                .connectionPoolConfiguration(
                    pool -> {
                      pool.maxSize(4).acquisitionTimeout(Patience.LONG);
                      pool.connectionFactoryConfiguration(
                          factory ->
                              factory
                                  .jdbcUrl(url)
                                  .connectionProviderClass(org.postgresql.Driver.class));
                      return pool;
                    }));
  }

  RequestLimits replica(int perMinute) {
    return replica(perMinute, clock);
  }

  RequestLimits replica(int perMinute, ManualClock time) {
    Journal journal = new Journal(new Database(source, source, Dialect.POSTGRESQL), clock);
    journal.replicas().renew(Duration.ofMinutes(1));
    return new RequestLimits(
        name -> new RequestLimits.Limit(perMinute, 5, 0),
        Buckets.shared(source, () -> time.millis() * 1_000_000),
        new SharedPauses(journal.pauses(), clock));
  }

  /** The database's clock goes by itself, and so not as the test's does. */
  void endPauses() throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update pauses set paused_until = 0");
    }
  }

  @Override
  public void close() {
    source.close();
    PostgresServer.shared().drop(url);
  }
}
