package io.markbridge.health;

import io.markbridge.journal.Dialect;
import io.markbridge.journal.PostgresqlSource;
import io.markbridge.settings.Settings;
import io.markbridge.step.JournalPath;
import io.markbridge.step.Replica;
import io.markbridge.step.Troubles;
import io.markbridge.step.Troubles.Trouble;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the journal takes what is committed. It is asked several times a second anyway, so a
 * probe reads what came of that and does not ask again.
 */
@Readiness
@ApplicationScoped
public class JournalCheck implements HealthCheck {
  private final Settings settings;
  private final Replica replica;
  private final Troubles troubles;

  @Inject
  public JournalCheck(Settings settings, Replica replica, Troubles troubles) {
    this.settings = settings;
    this.replica = replica;
    this.troubles = troubles;
  }

  @Override
  public HealthCheckResponse call() {
    Optional<Trouble> trouble = troubles.open(Troubles.JOURNAL);
    HealthCheckResponseBuilder told =
        HealthCheckResponse.named("journal")
            .status(trouble.isEmpty() && replica.works())
            .withData("place", place());
    if (trouble.isEmpty() && !replica.works()) {
      told.withData("trouble", "this process stops, or its heartbeat does not reach the journal");
    }
    trouble.ifPresent(one -> Told.trouble(told, one));
    return told.build();
  }

  private String place() {
    return Dialect.of(settings.journalUrl()) == Dialect.SQLITE
        ? JournalPath.file(settings).toString()
        : PostgresqlSource.shown(settings.journalUrl());
  }
}
