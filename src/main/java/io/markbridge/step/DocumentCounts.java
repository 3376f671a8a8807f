package io.markbridge.step;

import io.markbridge.document.Document;
import io.micrometer.core.instrument.Metrics;
import org.jboss.logging.Logger;

/**
 * What is counted of documents, and the one line of the log that each has: when the legacy side was
 * told its end. Whoever collects from a source and writes its replies tells it here.
 */
public final class DocumentCounts {
  /** Documents taken, by source. */
  public static final String RECEIVED = "markbridge.documents.received";

  private static final String ENDED = "markbridge.documents.ended";
  private static final Logger LOG = Logger.getLogger(DocumentCounts.class);

  private DocumentCounts() {}

  /** The journal has so many documents more from this source. */
  static void received(String source, int documents) {
    Metrics.counter(RECEIVED, "source", source).increment(documents);
  }

  /** The replies of a document were written; does nothing where they were not its last. */
  static void replied(Document document) {
    if (!document.state().terminal()) {
      return;
    }
    String kind = document.kind().orElse("unknown");
    Metrics.counter(
            ENDED, "source", document.source(), "kind", kind, "state", document.state().name())
        .increment();
    try (LogContext context = LogContext.of(document)) {
      LOG.infof("%s %s", LogText.line(document.sourcePath()), document.state());
    }
  }
}
