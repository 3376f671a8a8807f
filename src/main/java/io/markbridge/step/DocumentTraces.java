package io.markbridge.step;

import io.markbridge.settings.Settings;
import io.markbridge.traces.OtlpTraces;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.UUID;
import org.apache.camel.spi.CamelEvent;
import org.eclipse.microprofile.config.Config;

/**
 * Sends the spans of documents to {@code markbridge.traces.endpoint}. Without one nothing of
 * OpenTelemetry is even loaded.
 */
@ApplicationScoped
// The exporter finds its HTTP client by name.
@RegisterForReflection(
    classNames = "io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider")
public class DocumentTraces {
  private static final String SUBJECT = "traces";

  private final Settings settings;
  private final Config config;
  private final Troubles troubles;
  private OtlpTraces traces;

  @Inject
  public DocumentTraces(Settings settings, Config config, Troubles troubles) {
    this.settings = settings;
    this.config = config;
    this.troubles = troubles;
  }

  /** Before the first document is collected. */
  void starting(@Observes CamelEvent.CamelContextStartingEvent event) {
    settings
        .text("traces.endpoint")
        .ifPresent(
            endpoint ->
                traces =
                    OtlpTraces.start(
                        new OtlpTraces.Target(
                            URI.create(endpoint),
                            settings.secret("traces.authorization"),
                            config
                                .getOptionalValue("quarkus.application.version", String.class)
                                .orElse("unknown"),
                            UUID.randomUUID().toString()),
                        failure -> troubles.lasts(SUBJECT, "they are dropped", failure),
                        () -> troubles.over(SUBJECT)));
  }

  @PreDestroy
  void close() {
    if (traces != null) {
      traces.close();
    }
  }
}
