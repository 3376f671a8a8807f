package io.markbridge.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.markbridge.document.OperatorError;
import io.markbridge.operator.OperatorPreset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * How far the marketplace is with the check of the codes that were sent: those that it does not
 * list (yet) are not checked.
 */
final class CodeChecks {
  private static final String MISSING = "";

  private final OperatorPreset operator;
  private final Map<SentItems.Code, JsonNode> checks = new HashMap<>();
  private final List<SentItems.Code> codes;

  /**
   * @param codes without their tails: those are in no error and on no timeline
   */
  private CodeChecks(OperatorPreset operator, List<SentItems.Code> codes) {
    this.operator = operator;
    this.codes = codes;
  }

  /**
   * @param operator its preset says which words end a check
   * @param answer of the status call
   */
  static CodeChecks of(
      OperatorPreset operator, SentItems sent, JsonNode answer, UnaryOperator<String> withoutTail) {
    CodeChecks checks =
        new CodeChecks(
            operator, sent.codes().stream().map(code -> code.with(withoutTail)).toList());
    for (JsonNode item : answer.at("/result/items")) {
      for (String field : SentItems.CHECKED) {
        for (JsonNode code : item.path(field)) {
          checks.checks.put(
              new SentItems.Code(item.path("id").asText(), field, code.path("value").asText())
                  .with(withoutTail),
              code);
        }
      }
    }
    return checks;
  }

  /** Whether the marketplace lists what was sent, and nothing else. */
  boolean listsJustThese() {
    return checks.keySet().equals(Set.copyOf(codes));
  }

  private String status(SentItems.Code code) {
    JsonNode check = checks.get(code);
    return check == null ? MISSING : check.path("status").asText();
  }

  /**
   * Whether a code is still being checked.
   *
   * @param longEnough whether a check that has not begun by now will not begin
   */
  boolean pending(boolean longEnough) {
    return codes.stream().anyMatch(code -> pending(status(code), longEnough));
  }

  private boolean pending(String status, boolean longEnough) {
    boolean unchecked = operator.list("status/unchecked").contains(status);
    return !operator.list("status/final").contains(status) && !(unchecked && longEnough);
  }

  /** One word for all: the worst. */
  String word(boolean longEnough) {
    if (pending(longEnough)) {
      return "IN_PROGRESS";
    }
    return codes.stream()
        .map(this::status)
        .filter(this::refuses)
        .findFirst()
        .orElseGet(
            () ->
                codes.stream().map(this::status).distinct().count() == 1
                    ? status(codes.get(0))
                    : "OK");
  }

  /** How many codes have which word, in the order in which they were sent. */
  String counted() {
    Map<String, Long> words = new LinkedHashMap<>();
    codes.forEach(
        code -> words.merge(checks.containsKey(code) ? status(code) : "not listed", 1L, Long::sum));
    return words.entrySet().stream()
        .map(one -> one.getValue() + " " + one.getKey())
        .collect(Collectors.joining(", "));
  }

  private boolean refuses(String status) {
    return operator.list("status/refused").contains(status);
  }

  boolean allRefused() {
    return codes.stream().map(this::status).allMatch(this::refuses);
  }

  /** The codes that were refused, each with the marketplace's own words. */
  List<OperatorError> refused() {
    List<OperatorError> errors = new ArrayList<>();
    for (SentItems.Code code : codes) {
      String status = status(code);
      if (refuses(status)) {
        String substatus = checks.get(code).path("substatus").asText("");
        errors.add(
            OperatorError.of(
                substatus.isEmpty() ? status : substatus,
                status + ": " + code.field() + " " + code.value() + ", item " + code.item(),
                "items"));
      }
    }
    return errors;
  }
}
