package io.markbridge.step;

import io.markbridge.document.Submission;
import io.markbridge.traces.Span;
import io.markbridge.traces.Traces;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** The span of a request's way: from its making to its answer in the journal. */
final class SubmissionSpan {
  private SubmissionSpan() {}

  /** Begins it; it ends with the exchange, however that ends. */
  static void begin(Exchange exchange, Submission submission) {
    if (!Traces.wanted()) {
      return;
    }
    Span span =
        Traces.begin(step(submission), submission.documentId())
            .with("markbridge.call", submission.call())
            .with("markbridge.submission", submission.id());
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                span.close();
              }
            });
  }

  private static String step(Submission submission) {
    return switch (submission.purpose()) {
      case STATEMENT, QUERY -> "send";
      case TRACKING -> "track";
      case DETAIL -> "fetch";
      case LOOK_UP -> "look up";
    };
  }
}
