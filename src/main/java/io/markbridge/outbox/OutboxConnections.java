package io.markbridge.outbox;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.MySQLExceptionSorter;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;

/** Pools of connections to outboxes, which are several and named by the site: made at run time. */
final class OutboxConnections {
  /** One claims and acknowledges, one answers, and each may need a second for a moment. */
  private static final int MOST = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration CHECKED_AFTER = Duration.ofSeconds(5);

  private OutboxConnections() {}

  /** Opens no connection yet. */
  static AgroalDataSource open(Outbox outbox) throws SQLException {
    OutboxDatabase database = OutboxDatabase.of(outbox.url());
    try {
      Class.forName(database.driver(), false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException absent) {
      throw new SQLException(
          "there is no driver for " + database.folder() + ": " + database.driver(), absent);
    }
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .metricsEnabled(false)
            .connectionPoolConfiguration(pool -> pool(pool, database, outbox)));
  }

  private static AgroalConnectionPoolConfigurationSupplier pool(
      AgroalConnectionPoolConfigurationSupplier pool, OutboxDatabase database, Outbox outbox) {
    pool.maxSize(MOST)
        .acquisitionTimeout(PATIENCE)
        // Connections that the database closed meanwhile are noticed before they are used.
        .connectionValidator(ConnectionValidator.defaultValidator())
        .idleValidationTimeout(CHECKED_AFTER)
        .connectionFactoryConfiguration(factory -> factory(factory, database, outbox));
    switch (database) {
      case POSTGRESQL -> pool.exceptionSorter(new PostgreSQLExceptionSorter());
      case MARIADB -> pool.exceptionSorter(new MySQLExceptionSorter());
      case SQLITE, MSSQL, ORACLE -> {}
    }
    return pool;
  }

  private static AgroalConnectionFactoryConfigurationSupplier factory(
      AgroalConnectionFactoryConfigurationSupplier factory,
      OutboxDatabase database,
      Outbox outbox) {
    factory.jdbcUrl(database.address(outbox.url())).connectionProviderClassName(database.driver());
    if (database != OutboxDatabase.SQLITE) {
      // After a wait for a lock, what the other one wrote is seen; and no gaps are locked.
      factory.jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED);
    }
    database.properties(outbox.url()).forEach(factory::jdbcProperty);
    database.initialSql().ifPresent(factory::initialSql);
    outbox.username().ifPresent(name -> factory.principal(new NamePrincipal(name)));
    outbox.password().ifPresent(word -> factory.credential(new SimplePassword(word)));
    return factory;
  }
}
