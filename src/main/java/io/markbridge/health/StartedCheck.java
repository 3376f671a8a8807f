package io.markbridge.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Whether the routes run: before that the journal is migrated and looked through. */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {
  private final CamelContext camel;

  @Inject
  public StartedCheck(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("routes").status(camel.isStarted()).build();
  }
}
