package io.markbridge.traces;

import io.markbridge.document.Document;

/** One step of a document's way, from its beginning until it is closed; on one thread. */
public interface Span extends AutoCloseable {
  /** While nobody wants traces. */
  Span NONE =
      new Span() {
        @Override
        public Span with(String name, String value) {
          return this;
        }

        @Override
        public Span with(String name, long value) {
          return this;
        }

        @Override
        public void about(Document document) {}

        @Override
        public void failed(String kind) {}

        @Override
        public void close() {}
      };

  /** An attribute; never a secret and never a code. */
  Span with(String name, String value);

  /** The same for a number. */
  Span with(String name, long value);

  /** Its document is known now, and that of the steps around it. */
  void about(Document document);

  /**
   * It did not do what it was to do.
   *
   * @param kind of few, such as a failure kind
   */
  void failed(String kind);

  @Override
  void close();
}
