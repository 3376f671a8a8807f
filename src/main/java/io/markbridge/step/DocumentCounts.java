package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What is counted of documents, and the one line of the log that each has: when the legacy side was
 * told its end. Whoever collects from a source and writes its replies tells it here.
 */
public final class DocumentCounts {
  /** Documents taken, by source. */
  public static final String RECEIVED = "markbridge.documents.received";

  private static final String UNKNOWN = "unknown";
  private static final String ENDED = "markbridge.documents.ended";
  private static final Logger LOG = Logger.getLogger(DocumentCounts.class);

  private DocumentCounts() {}

  /**
   * Each end of each kind of document at 0: of a counter that begins with its first document nobody
   * would see how many came before it was first read.
   */
  public static void known(MeterRegistry registry, String source, Set<String> kinds) {
    for (DocumentState state : DocumentState.values()) {
      if (state.terminal()) {
        kinds.forEach(kind -> ended(registry, source, kind, state));
        ended(registry, source, UNKNOWN, state);
      }
    }
  }

  private static Counter ended(
      MeterRegistry registry, String source, String kind, DocumentState state) {
    return Counter.builder(ENDED)
        .description("Documents whose end the legacy side was told")
        .tags("source", source, "kind", kind, "state", state.name())
        .register(registry);
  }

  /** The journal has so many documents more from this source. */
  static void received(String source, int documents) {
    Metrics.counter(RECEIVED, "source", source).increment(documents);
  }

  /** The replies of a document were written; does nothing where they were not its last. */
  static void replied(Document document) {
    if (!document.state().terminal()) {
      return;
    }
    String kind = document.kind().orElse(UNKNOWN);
    ended(Metrics.globalRegistry, document.source(), kind, document.state()).increment();
    try (LogContext context = LogContext.of(document)) {
      LOG.infof("%s %s", LogText.line(document.sourcePath()), document.state());
    }
  }
}
