package io.markbridge.procedure.doubt;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.FailureKind;
import io.markbridge.document.Submission;
import io.markbridge.document.SubmissionState;
import io.markbridge.journal.NewSubmission;
import io.markbridge.journal.Packs;
import io.markbridge.journal.Progress;
import io.markbridge.legacy.OperatorTime;
import io.markbridge.openapi.FailureRules;
import io.markbridge.openapi.OperatorAnswer;
import io.markbridge.procedure.AnswerJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A pack of codes that was asked for without the pack before it: by the list of packs (open-api.md
 * section 5). A pack that the journal does not know is read with the one before it; the first of
 * all has none and is asked for as it was. If the operator makes a new one then, both are told.
 */
final class PackLookUp implements LookUp {
  private static final String LOST = "lost";
  private static final String TOLD = "told";
  private static final String LAST = "lastPackId";

  @Override
  public NewSubmission first(Doubt doubt) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String name : List.of("orderId", "gtin")) {
      query.put(name, doubt.lost().query().get(name));
    }
    return doubt.ask(doubt.call().lookedUpBy(), Trail.begin(0).values(), query, null);
  }

  @Override
  public Progress answered(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body)
      throws IOException {
    return step.call().equals(doubt.lost().call())
        ? codes(doubt, step, answer, body)
        : listed(doubt, step, answer, body);
  }

  private Progress listed(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body) {
    long earliest =
        doubt.firstSentAt() - doubt.ahead(answer).orElse(0L) - Doubt.TOLERANCE.toMillis();
    boolean another =
        doubt.journal().beside(doubt.lost(), SubmissionState.SENDING).stream()
            .anyMatch(other -> sameChain(doubt.lost(), other));
    Set<String> known = known(doubt);
    String before = "";
    for (JsonNode pack : body.path("packs")) {
      String packId = pack.path("packId").asText();
      boolean since =
          OperatorTime.instant(pack.path("packDateTime"), doubt.bridge().preset().zone())
              .map(made -> made.toEpochMilli() >= earliest)
              .orElse(true);
      // What was made before was taken by somebody beside the bridge.
      if (since && !known.contains(packId.toLowerCase(Locale.ROOT))) {
        return another
            ? doubt.later("another request for these codes is on its way")
            : Progress.to(SubmissionState.DONE).add(read(doubt, pack, before));
      }
      before = packId;
    }
    return doubt.lateEnough(step.sentAt().orElse(0L), 1)
        ? doubt.absent("no pack was made")
        : doubt.later("no pack yet");
  }

  private static NewSubmission read(Doubt doubt, JsonNode pack, String before) {
    Map<String, String> query = new LinkedHashMap<>(doubt.lost().query());
    if (!before.isEmpty()) {
      query.put(LAST, before);
    }
    String packId = pack.path("packId").asText();
    return doubt.ask(
        doubt.lost().call(),
        Map.of(LOST, packId, TOLD, "pack " + packId + " of " + pack.path("quantity").asText()),
        query,
        null);
  }

  private Progress codes(Doubt doubt, Submission step, OperatorAnswer answer, JsonNode body) {
    String wanted = step.pathValues().get(LOST);
    String got = AnswerJson.text(body, "packId").orElse("");
    if (got.equalsIgnoreCase(wanted)) {
      return doubt.found(answer, "pack " + wanted + " was made and its answer lost; read again");
    }
    return doubt.found(
        answer,
        step.pathValues().get(TOLD)
            + " codes was made, its answer was lost, and the operator gives pack "
            + got
            + " instead: the codes of "
            + wanted
            + " cannot be read; ask the operator for them or count them as lost");
  }

  @Override
  public Optional<Progress> refused(Doubt doubt, Submission step, OperatorAnswer answer) {
    FailureKind kind = answer.failure().orElseThrow();
    boolean codes = step.call().equals(doubt.lost().call());
    if (codes && FailureRules.mayHaveHadEffect(kind)) {
      // It may have made one more: the list is read anew.
      return Optional.of(doubt.later("the answer was lost again"));
    }
    if (codes && kind == FailureKind.REFUSED) {
      return Optional.of(
          doubt.unclear(
              step.pathValues().get(TOLD)
                  + " codes was made and cannot be read: "
                  + answer.errors().stream()
                      .map(error -> error.verbatim())
                      .collect(Collectors.joining("; "))));
    }
    return Optional.empty();
  }

  private static Set<String> known(Doubt doubt) {
    List<String> known = new ArrayList<>();
    for (Packs.Pack pack :
        doubt
            .bridge()
            .journal()
            .packs()
            .of(doubt.lost().query().get("orderId"), doubt.lost().query().get("gtin"))) {
      known.add(pack.packId().toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(known);
  }

  private static boolean sameChain(Submission one, Submission other) {
    return one.query().get("orderId").equalsIgnoreCase(other.query().getOrDefault("orderId", ""))
        && one.query().get("gtin").equals(other.query().get("gtin"));
  }
}
