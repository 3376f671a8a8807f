package io.markbridge.step;

import io.markbridge.document.Document;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;

/**
 * Puts id, source and kind of a document on every line that this thread logs, until it is closed: a
 * JSON log has them as fields, a text log before the message.
 */
public final class LogContext implements AutoCloseable {
  private static final String DOCUMENT = "document";
  private static final String SOURCE = "source";
  private static final String KIND = "kind";

  private LogContext() {}

  /** From here on it is about this document. */
  public static LogContext of(Document document) {
    String kind = LogText.line(document.kind().orElse("unknown"));
    begin(document.id(), document.id() + " " + document.source() + " " + kind);
    MDC.put(SOURCE, document.source());
    MDC.put(KIND, kind);
    return new LogContext();
  }

  /** Where nothing but its id is known yet; for routes, which end it in another step. */
  static void of(String document) {
    begin(document, document);
  }

  private static void begin(String document, String text) {
    end();
    MDC.put(DOCUMENT, document);
    NDC.push(text + ": ");
  }

  static void end() {
    MDC.remove(DOCUMENT);
    MDC.remove(SOURCE);
    MDC.remove(KIND);
    NDC.clear();
  }

  @Override
  public void close() {
    end();
  }
}
