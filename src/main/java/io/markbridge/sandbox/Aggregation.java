package io.markbridge.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** An accepted aggregation document (section 7); it takes effect when its time comes. */
final class Aggregation implements Stored, OperatorState.Pending {
  /** The times of its life. */
  record Times(Instant created, Duration visibleAfter, Duration finalAfter) {}

  private final String id;
  private final String account;
  private final Times times;
  private final String contentHash;
  private final AggregationReader.Read read;
  private final ErrorList errors = new ErrorList();
  private int number;
  private boolean processed;
  private long accepted;
  private String productGroup = "";

  Aggregation(
      String id, String account, Times times, String contentHash, AggregationReader.Read read) {
    this.id = id;
    this.account = account;
    this.times = times;
    this.contentHash = contentHash;
    this.read = read;
  }

  void setNumber(int value) {
    number = value;
  }

  @Override
  public void process(OperatorState state) throws IOException {
    if (read.limit() == CodeVerdict.FINE) {
      BodyCodes.aggregation(state.work(), id, new Packing(state));
    } else {
      errors.add(read.limit(), read.unit(), ErrorList.WHOLE);
    }
    processed = true;
  }

  /** Judges a unit's codes, then the unit, whose number comes after them; then packs. */
  private final class Packing implements BodyCodes.UnitVisitor {
    private final OperatorState state;
    private final CodeRules rules;
    private final Set<Long> fine = new HashSet<>();

    Packing(OperatorState state) {
      this.state = state;
      this.rules = new CodeRules(state, account);
    }

    @Override
    public void code(int unit, int place, String code) {
      CodeShape shape = CodeShape.of(code);
      long hash = LongHash.of(shape.identity());
      CodeVerdict verdict = rules.packed(code, shape);
      if (verdict == CodeVerdict.FINE && fine.contains(hash)) {
        verdict = CodeVerdict.CODE_ALREADY_AGGREGATED;
        state.duplicates().add(Duplicate.Kind.CODE_PACKED, shape.identity(), id, id);
      } else if (verdict == CodeVerdict.CODE_ALREADY_AGGREGATED) {
        String first = state.number(state.codes().packedBy(hash)).id();
        state.duplicates().add(Duplicate.Kind.CODE_PACKED, shape.identity(), first, id);
      }
      if (verdict == CodeVerdict.FINE) {
        learnGroup(state.codes().appliedBy(hash));
        fine.add(hash);
      } else {
        errors.add(verdict, unit, place);
      }
    }

    /** The document does not say its group; its first code does, by the report that applied it. */
    private void learnGroup(int appliedBy) {
      if (productGroup.isEmpty() && appliedBy != 0) {
        productGroup = state.number(appliedBy).productGroup();
      }
    }

    @Override
    public void unitEnds(int unit, String unitSerialNumber) {
      CodeShape shape = CodeShape.of(unitSerialNumber);
      long hash = LongHash.of(shape.identity());
      CodeVerdict verdict = unit(shape, unitSerialNumber, hash);
      if (verdict == CodeVerdict.FINE && !fine.isEmpty()) {
        fine.forEach(code -> state.codes().pack(code, number));
        state.codes().apply(hash, -number);
        accepted += fine.size();
      } else if (verdict != CodeVerdict.FINE) {
        errors.add(verdict, unit, ErrorList.WHOLE);
      }
      fine.clear();
    }

    private CodeVerdict unit(CodeShape shape, String unitSerialNumber, long hash) {
      if (shape.full() || unitSerialNumber.matches("[0-9]{18}") || unitSerialNumber.length() > 74) {
        return CodeVerdict.UNIT_MALFORMED;
      }
      int madeBy = state.codes().appliedBy(hash);
      if (madeBy < 0) {
        String first = state.number(madeBy).id();
        state.duplicates().add(Duplicate.Kind.UNIT, unitSerialNumber, first, id);
        return CodeVerdict.UNIT_ALREADY_EXISTS;
      }
      return fine.contains(hash) ? CodeVerdict.UNIT_HOLDS_ITSELF : CodeVerdict.FINE;
    }
  }

  @Override
  public Instant due() {
    return times.created().plus(times.finalAfter());
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String type() {
    return "AGGREGATION";
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
    return times.created();
  }

  @Override
  public String contentHash() {
    return contentHash;
  }

  int units() {
    return read.units();
  }

  long codes() {
    return read.codes();
  }

  /** How many codes it packed. */
  long accepted() {
    return accepted;
  }

  ErrorList errors() {
    return errors;
  }

  @Override
  public boolean isVisible(Instant now) {
    return !now.isBefore(times.created().plus(times.visibleAfter()));
  }

  @Override
  public String status(Instant now) {
    if (processed) {
      if (errors.size() == 0) {
        return "SUCCESS";
      }
      return accepted > 0 ? "PARTIALLY_PROCESSED" : "ERROR";
    }
    Duration third = times.finalAfter().dividedBy(3);
    if (now.isBefore(times.created().plus(third))) {
      return "CREATED";
    }
    return now.isBefore(times.created().plus(third.multipliedBy(2))) ? "VALIDATING" : "IN_PROCESS";
  }
}
