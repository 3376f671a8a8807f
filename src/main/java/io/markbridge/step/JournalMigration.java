package io.markbridge.step;

import io.markbridge.journal.Database;
import io.markbridge.journal.JournalSchema;
import io.quarkus.flyway.runtime.QuarkusFlywayClassProvider;
import io.quarkus.flyway.runtime.QuarkusFlywayResourceProvider;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resource.classpath.ClassPathResource;

/**
 * Brings the tables of a journal to this program's version. Flyway is made only where something is
 * to be done: as part of Quarkus it would take a tenth of every start. Several replicas that start
 * at once wait for each other in the database. Only the start of the bridge does it: a command that
 * made or changed a journal could hide that the bridge's own is lost, or change it under replicas
 * of an earlier version.
 */
@RegisterForReflection(
    // It copies its own settings as JSON.
    classNames = {
      "org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension",
      "org.flywaydb.core.extensibility.ConfigurationExtension",
      "org.flywaydb.core.internal.command.clean.CleanModeConfigurationExtension",
      "org.flywaydb.core.internal.command.clean.CleanModel",
      "org.flywaydb.core.internal.command.clean.SchemaModel",
      "org.flywaydb.core.internal.configuration.extensions.DeployScriptFilenameConfigurationExtension",
      "org.flywaydb.core.internal.configuration.extensions.PrepareScriptFilenameConfigurationExtension",
      "org.flywaydb.core.internal.proprietaryStubs.LicensingConfigurationExtensionStub",
      "org.flywaydb.core.internal.proprietaryStubs.PATTokenConfigurationExtensionStub",
      "org.flywaydb.core.internal.publishing.PublishingConfigurationExtension",
      "org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension",
      "org.flywaydb.database.postgresql.TransactionalModel"
    })
public final class JournalMigration {
  private final DataSource writer;
  private final Database database;

  /**
   * @param writer connections that may make tables
   * @param database over the same journal
   */
  public JournalMigration(DataSource writer, Database database) {
    this.writer = writer;
    this.database = database;
  }

  /**
   * Changes nothing in a journal of this version.
   *
   * @throws org.flywaydb.core.api.FlywayException when a migration fails; each one is done whole or
   *     not at all
   */
  public void bringUpToDate() {
    if (!JournalSchema.begun(database) || JournalSchema.version(database) < JournalSchema.VERSION) {
      migrate();
    }
  }

  private void migrate() {
    ClassLoader program = JournalMigration.class.getClassLoader();
    // Named one by one: a native binary has no folders to look through.
    List<LoadableResource> migrations =
        JournalSchema.MIGRATIONS.stream()
            .<LoadableResource>map(
                name -> new ClassPathResource(null, name, program, StandardCharsets.UTF_8))
            .toList();
    Flyway.configure(program)
        .dataSource(writer)
        .resourceProvider(new QuarkusFlywayResourceProvider(migrations))
        .javaMigrationClassProvider(new QuarkusFlywayClassProvider<>(List.of()))
        .load()
        .migrate();
  }
}
