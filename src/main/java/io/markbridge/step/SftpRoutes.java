package io.markbridge.step;

import io.markbridge.settings.Settings;
import io.markbridge.settings.SftpServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.jboss.logging.Logger;

/** Makes the routes of each configured server from the templates in {@code routes/}. */
@ApplicationScoped
public class SftpRoutes {
  private static final Logger LOG = Logger.getLogger(SftpRoutes.class);
  private static final String COLLECT = "collect-sftp";
  private static final String REPLY = "reply-sftp";
  private static final String WATCH = "watch-sftp";

  private final Settings settings;
  private final SourceHealth health;

  @Inject
  public SftpRoutes(Settings settings, SourceHealth health) {
    this.settings = settings;
    this.health = health;
  }

  /** The routes of the folders are the sign that the bridge itself runs, and not a command. */
  void started(@Observes CamelEvent.CamelContextStartedEvent event) {
    CamelContext camel = event.getContext();
    if (camel.getRoute("collect-files") == null) {
      return;
    }
    for (String name : settings.sftpServers()) {
      SftpServer server = settings.sftpServer(name);
      health.watch(server.source(), server.poll());
      add(camel, COLLECT, server);
      add(camel, REPLY, server);
      add(camel, WATCH, server);
    }
  }

  private static void add(CamelContext camel, String template, SftpServer server) {
    ModelCamelContext model = (ModelCamelContext) camel;
    if (model.getRouteTemplateDefinition(template) == null) {
      LOG.errorf(
          "%s needs %s.yaml, which the folder routes/ does not have: copy it there",
          server, template);
      return;
    }
    TemplatedRouteBuilder.builder(camel, template)
        .routeId(template + "-" + server.name())
        .parameter("source", server.source())
        .parameter("server", server.name())
        .parameter("milliseconds", Long.toString(server.poll().toMillis()))
        .add();
  }
}
