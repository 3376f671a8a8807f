package io.markbridge.step;

import io.markbridge.document.Document;
import io.markbridge.traces.Span;
import io.markbridge.traces.Traces;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;

/**
 * Puts id, source and kind of a document on every line that this thread logs, until it is closed: a
 * JSON log has them as fields, a text log before the message. Where traces are wanted, what is done
 * meanwhile is a span.
 */
public final class LogContext implements AutoCloseable {
  private static final String DOCUMENT = "document";
  private static final String SOURCE = "source";
  private static final String KIND = "kind";

  private final Object[] around = {MDC.get(DOCUMENT), MDC.get(SOURCE), MDC.get(KIND), NDC.peek()};
  private final Span span;

  private LogContext(Span span) {
    this.span = span;
  }

  /** From here on it is about this document. */
  public static LogContext of(Document document) {
    LogContext context = new LogContext(Span.NONE);
    Traces.about(document);
    begin(document);
    return context;
  }

  /**
   * The same for a step of its way.
   *
   * @param step as its span is called, such as {@code plan}
   */
  static LogContext of(Document document, String step) {
    LogContext context = new LogContext(Traces.begin(step, document));
    begin(document);
    return context;
  }

  private static void begin(Document document) {
    String kind = LogText.line(document.kind().orElse("unknown"));
    begin(document.id(), document.id() + " " + document.source() + " " + kind);
    MDC.put(SOURCE, document.source());
    MDC.put(KIND, kind);
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

  /** What this was inside of, goes on. */
  @Override
  public void close() {
    span.close();
    end();
    put(DOCUMENT, around[0]);
    put(SOURCE, around[1]);
    put(KIND, around[2]);
    if (around[3] instanceof String text && !text.isEmpty()) {
      NDC.push(text);
    }
  }

  private static void put(String name, Object value) {
    if (value != null) {
      MDC.put(name, value);
    }
  }
}
