package io.markbridge.step;

import io.markbridge.step.Drop.Folder;
import io.markbridge.step.Drop.Place;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollEndpoint;

/**
 * Tells after each look into the inbox whether it could be looked into: a share that is not mounted
 * looks like an empty folder otherwise. A look ends when all that was found is taken; that it goes
 * on is told by {@link CollectFiles}.
 */
@Named("inboxPolls")
@ApplicationScoped
@Unremovable
@RegisterForReflection
public class InboxPolls implements PollingConsumerPollStrategy {
  private final LocalDrop drop;
  private final SourceHealth health;

  @Inject
  public InboxPolls(LocalDrop drop, SourceHealth health) {
    this.drop = drop;
    this.health = health;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    health.watch(LocalDrop.SOURCE, interval(endpoint));
    return true;
  }

  /** As the route says it, whichever the site has. */
  private static Duration interval(Endpoint endpoint) {
    return endpoint instanceof ScheduledPollEndpoint polled
        ? Duration.of(polled.getDelay(), polled.getTimeUnit().toChronoUnit())
        : Duration.ZERO;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    Path folder = drop.path(new Place(Folder.INBOX, ""));
    if (!Files.isDirectory(folder)) {
      failed(new IOException(folder + " is no folder"));
    } else if (!Files.isReadable(folder) || !Files.isWritable(folder)) {
      failed(new IOException(folder + " may not be read and written by this user"));
    } else {
      health.worked(LocalDrop.SOURCE);
    }
  }

  /** The next poll tries again; not at once. */
  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
    failed(cause);
    return false;
  }

  private void failed(Exception cause) {
    health.failed(LocalDrop.SOURCE, "the inbox cannot be looked into, it is tried again", cause);
  }
}
