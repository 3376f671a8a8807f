package io.markbridge.traces;

import io.markbridge.document.Document;
import java.time.Instant;
import java.util.Optional;

/**
 * The way of each document as spans, where the site has a collector for them; otherwise each call
 * costs one look at a field. All spans of a document are one trace, whose id is the document's: it
 * goes on after a restart, and is found by the id that everybody knows.
 */
public final class Traces {
  /** Names of attributes. */
  public static final String DOCUMENT = "markbridge.document";

  public static final String SOURCE = "markbridge.source";
  public static final String KIND = "markbridge.kind";

  private static volatile Recorder recorder;

  private Traces() {}

  /** Makes spans, and sends them away. */
  interface Recorder {
    Span begin(String step, String document);

    Optional<Span> current();

    Span call(String name);

    Span first(String document, Instant begun);

    Span past(String step, String document, Instant begun);
  }

  static void record(Recorder wanted) {
    recorder = wanted;
  }

  /** Whether spans are made. */
  public static boolean wanted() {
    return recorder != null;
  }

  /** A step of a document begins on this thread. */
  public static Span begin(String step, Document document) {
    Recorder active = recorder;
    if (active == null) {
      return Span.NONE;
    }
    Span span = active.begin(step, document.id());
    span.about(document);
    return span;
  }

  /** The same where no more is known of the document than its id. */
  public static Span begin(String step, String document) {
    Recorder active = recorder;
    return active == null ? Span.NONE : active.begin(step, document);
  }

  /** A request to another host begins, as a part of the step that this thread is in. */
  public static Span call(String name) {
    Recorder active = recorder;
    return active == null ? Span.NONE : active.call(name);
  }

  /** What the step that this thread is in is about. */
  public static void about(Document document) {
    Recorder active = recorder;
    if (active != null) {
      active.current().ifPresent(span -> span.about(document));
    }
  }

  /**
   * A document was collected, which is where its trace begins.
   *
   * @param begun when its collecting did
   */
  public static void collected(
      String document, String source, Optional<String> kind, Instant begun) {
    Recorder active = recorder;
    if (active != null) {
      try (Span span = active.first(document, begun)) {
        span.with(SOURCE, source);
        kind.ifPresent(known -> span.with(KIND, known));
      }
    }
  }

  /** A step of a document that has ended now; several were done together. */
  public static void ended(String step, Document document, Instant begun) {
    Recorder active = recorder;
    if (active != null) {
      try (Span span = active.past(step, document.id(), begun)) {
        span.about(document);
      }
    }
  }
}
