package io.markbridge.health;

import io.markbridge.step.SourceHealth;
import io.markbridge.step.SourceKnown;
import io.markbridge.step.Troubles;
import io.markbridge.step.Troubles.Trouble;
import io.smallrye.health.api.HealthRegistry;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * One check for each source of documents: a plant whose SFTP server is down still wants its files
 * taken, so none of them makes the bridge unready.
 */
@ApplicationScoped
public class SourceChecks {
  private final HealthRegistry registry;
  private final SourceHealth sources;
  private final Troubles troubles;

  @Inject
  public SourceChecks(@Wellness HealthRegistry registry, SourceHealth sources, Troubles troubles) {
    this.registry = registry;
    this.sources = sources;
    this.troubles = troubles;
  }

  void known(@Observes SourceKnown source) {
    registry.register("source " + source.name(), () -> check(source.name()));
  }

  /** What the health says of a source now. */
  public HealthCheckResponse check(String source) {
    List<Trouble> open = troubles.of(source);
    HealthCheckResponseBuilder told =
        HealthCheckResponse.named("source " + source)
            .status(open.isEmpty())
            .withData("last success", Told.time(sources.lastSuccess(source)));
    Told.troubles(told, open);
    return told.build();
  }
}
