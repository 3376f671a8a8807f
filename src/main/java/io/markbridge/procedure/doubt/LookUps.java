package io.markbridge.procedure.doubt;

import io.markbridge.document.Document;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.JournalException;
import io.markbridge.journal.Progress;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.AnswerJson;
import io.markbridge.procedure.Bridge;
import io.markbridge.procedure.Procedures;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds out what became of requests whose answer was lost (design decision 5): never sent again
 * before the operator's lists say that they are not there, and left to a person where these leave
 * it open.
 */
public final class LookUps {
  private static final int AT_ONCE = 50;

  private final Bridge bridge;
  private final Procedures procedures;
  private final Map<String, LookUp> ways;

  /**
   * @param withoutTail a code without its crypto tail; gives back as it is what is no code
   */
  public LookUps(Bridge bridge, Procedures procedures, UnaryOperator<String> withoutTail) {
    this(bridge, procedures, withoutTail, Map.of());
  }

  /**
   * @param further ways of the operators beside the site's own, as {@code looked-up-by} of their
   *     presets names them
   */
  public LookUps(
      Bridge bridge,
      Procedures procedures,
      UnaryOperator<String> withoutTail,
      Map<String, LookUp> further) {
    this.bridge = bridge;
    this.procedures = procedures;
    this.ways = new LinkedHashMap<>(further);
    ways.put("orders", new OrderSearch());
    ways.put("document-search", new DocumentSearch(withoutTail));
    ways.put("sub-orders", new CloseLookUp());
    ways.put("code-packs", new PackLookUp());
  }

  /** Begins to look for whatever is in doubt and due. */
  public void begin() {
    for (Submission lost : bridge.journal().doubts().due(AT_ONCE)) {
      try {
        begin(lost);
      } catch (JournalException busy) {
        throw busy;
      } catch (IOException | RuntimeException strange) {
        // One that nobody can look for keeps no other from being looked for.
        park(lost, "it cannot be looked for: " + strange);
      }
    }
  }

  private void begin(Submission lost) throws IOException {
    Doubt doubt = doubt(document(lost), lost);
    Optional<LookUp> way = way(doubt);
    if (way.isPresent()) {
      bridge.journal().doubts().begin(lost, way.get().first(doubt));
    } else {
      bridge
          .journal()
          .doubts()
          .settle(lost, doubt.parked("the operator has no list that tells what became of it"));
    }
  }

  private void park(Submission lost, String why) {
    bridge
        .journal()
        .doubts()
        .settle(
            lost,
            Progress.to(SubmissionState.PARKED)
                .failed(FailureKind.ANSWER_LOST, List.of(OperatorError.of("", why, "")))
                .note("parked", why)
                .visible());
  }

  /** What the answer to a step of a look-up changes. */
  public Progress answered(Document document, Submission step, OperatorAnswer answer) {
    Optional<Submission> lost = lost(step);
    if (lost.isEmpty()) {
      return over();
    }
    Doubt doubt = doubt(document, lost.get());
    try {
      return way(doubt).orElseThrow().answered(doubt, step, answer, AnswerJson.read(answer));
    } catch (JournalException busy) {
      throw busy;
    } catch (IOException | RuntimeException strange) {
      return doubt.unclear("the answer to " + step.call() + " cannot be understood: " + strange);
    }
  }

  /** What a failed step changes; empty where the kind of failure decides it as for all others. */
  public Optional<Progress> refused(Document document, Submission step, OperatorAnswer answer) {
    Optional<Submission> lost = lost(step);
    if (lost.isEmpty()) {
      return Optional.of(over());
    }
    Doubt doubt = doubt(document, lost.get());
    try {
      return way(doubt).orElseThrow().refused(doubt, step, answer);
    } catch (IOException unreadable) {
      return Optional.of(doubt.unclear("what was sent cannot be read: " + unreadable));
    }
  }

  private static Progress over() {
    return Progress.to(SubmissionState.DONE);
  }

  private Optional<Submission> lost(Submission step) {
    return step.parentId().flatMap(id -> bridge.journal().submissions().find(id));
  }

  private Optional<LookUp> way(Doubt doubt) {
    return Optional.ofNullable(ways.get(doubt.call().lookedUpBy()));
  }

  private Document document(Submission lost) {
    return bridge.journal().documents().find(lost.documentId()).orElseThrow();
  }

  private Doubt doubt(Document document, Submission lost) {
    return new Doubt(
        bridge, document, lost, procedures.of(document.kind().orElseThrow()).orElseThrow());
  }

  /** Ways to look for something, as {@code looked-up-by} of a preset names them. */
  public List<String> names() {
    return ways.keySet().stream().sorted().toList();
  }
}
