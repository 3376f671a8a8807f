package io.markbridge.cli;

import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.journal.NewSubmission;
import io.markbridge.operator.OperatorPreset;
import java.util.Map;
import java.util.Optional;

/** The question how far a statement is that a person found at the operator. */
final class TrackingQuestion {
  private TrackingQuestion() {}

  static NewSubmission of(OperatorPreset preset, Submission statement, String operatorId, long at) {
    return switch (statement.call()) {
      case "order" ->
          question(preset, statement, "orders", Map.of(), Map.of("orderId", operatorId), at);
      case "utilisation" ->
          question(
              preset,
              statement,
              "utilisation-status",
              Map.of("reportId", operatorId),
              Map.of(),
              at);
      case "aggregation" ->
          question(
              preset, statement, "document-status", Map.of("documentId", operatorId), Map.of(), at);
      default ->
          throw new CommandFailedException(
              "submission "
                  + statement.id()
                  + " is a "
                  + statement.call()
                  + ", which has no status at the operator; use --as not-sent");
    };
  }

  private static NewSubmission question(
      OperatorPreset preset,
      Submission statement,
      String call,
      Map<String, String> pathValues,
      Map<String, String> query,
      long at) {
    return new NewSubmission(
        Optional.of(statement.id()),
        Purpose.TRACKING,
        call,
        statement.account(),
        preset.call(call).limit(),
        pathValues,
        query,
        at);
  }
}
