package io.markbridge.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** An accepted utilisation report (section 6): processed as a whole when its time comes. */
final class Report implements Stored, OperatorState.Pending {
  private final String id;
  private final String account;
  private final String productGroup;
  private final Instant createDate;
  private final Instant due;
  private final String contentHash;
  private final int codes;
  private final ErrorList errors = new ErrorList();
  private int number;
  private boolean processed;
  private String firstBad = "";

  Report(
      String id,
      String account,
      String productGroup,
      Instant createDate,
      Instant due,
      String contentHash,
      int codes) {
    this.id = id;
    this.account = account;
    this.productGroup = productGroup;
    this.createDate = createDate;
    this.due = due;
    this.contentHash = contentHash;
    this.codes = codes;
  }

  void setNumber(int value) {
    number = value;
  }

  @Override
  public void process(OperatorState state) throws IOException {
    CodeRules rules = new CodeRules(state, account);
    Set<Long> seen = new HashSet<>();
    BodyCodes.report(
        state.work(), id, (unit, place, code) -> judge(state, rules, seen, place, code));
    if (errors.size() == 0) {
      seen.forEach(hash -> state.codes().apply(hash, number));
    }
    processed = true;
  }

  private void judge(OperatorState state, CodeRules rules, Set<Long> seen, int place, String code) {
    CodeShape shape = CodeShape.of(code);
    long hash = LongHash.of(shape.identity());
    CodeVerdict verdict = rules.reported(code, shape, productGroup);
    if (verdict == CodeVerdict.CODE_ALREADY_APPLIED) {
      String first = state.number(state.codes().appliedBy(hash)).id();
      state.duplicates().add(Duplicate.Kind.CODE_REPORTED, shape.identity(), first, id);
    } else if (verdict == CodeVerdict.FINE && !seen.add(hash)) {
      verdict = CodeVerdict.CODE_TWICE_IN_REPORT;
      state.duplicates().add(Duplicate.Kind.CODE_REPORTED, shape.identity(), id, id);
    }
    if (verdict != CodeVerdict.FINE) {
      if (errors.size() == 0) {
        firstBad = shape.identity();
      }
      errors.add(verdict, 0, place);
    }
  }

  @Override
  public Instant due() {
    return due;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String type() {
    return "UTILISATION";
  }

  @Override
  public String account() {
    return account;
  }

  @Override
  public String productGroup() {
    return productGroup;
  }

  @Override
  public Instant createDate() {
    return createDate;
  }

  @Override
  public String contentHash() {
    return contentHash;
  }

  int codes() {
    return codes;
  }

  ErrorList errors() {
    return errors;
  }

  /** IN_PROCESS, SUCCESS, ERROR. */
  String reportStatus() {
    if (!processed) {
      return "IN_PROCESS";
    }
    return errors.size() == 0 ? "SUCCESS" : "ERROR";
  }

  @Override
  public String status(Instant now) {
    return reportStatus();
  }

  Optional<String> rejectReason() {
    if (errors.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        errors.verdict(0).code() + ": " + firstBad + " (" + errors.size() + " of " + codes + ")");
  }
}
