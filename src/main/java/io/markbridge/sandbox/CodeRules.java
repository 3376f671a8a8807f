package io.markbridge.sandbox;

import java.util.Optional;
import java.util.regex.Pattern;

/** Judges single codes by the state of the operator. */
final class CodeRules {
  private final OperatorState state;
  private final String account;
  private final boolean unknownPass;
  private final Pattern refused;

  CodeRules(OperatorState state, String account) {
    Switches switches = state.work().switches();
    String expression = switches.text(SwitchName.REJECT_CODES);
    this.state = state;
    this.account = account;
    this.unknownPass = switches.is(SwitchName.UNKNOWN_CODES, "accept");
    this.refused = expression.isEmpty() ? null : Pattern.compile(expression);
  }

  /** Section 6: a full code, RECEIVED, of this group. */
  CodeVerdict reported(String code, CodeShape shape, String productGroup) {
    if (!shape.full()) {
      return CodeVerdict.CODE_WITHOUT_CRYPTO_TAIL;
    }
    if (refused != null && refused.matcher(code).find()) {
      return CodeVerdict.CODE_REFUSED_BY_SWITCH;
    }
    CodeVerdict owner = owned(state.issued().find(code, shape), productGroup);
    if (owner != CodeVerdict.FINE) {
      return owner;
    }
    return state.codes().appliedBy(LongHash.of(shape.identity())) == 0
        ? CodeVerdict.FINE
        : CodeVerdict.CODE_ALREADY_APPLIED;
  }

  /** Section 7: without tail, APPLIED or a known unit, and in no other unit. */
  CodeVerdict packed(String code, CodeShape shape) {
    if (shape.full()) {
      return CodeVerdict.CODE_WITH_CRYPTO_TAIL;
    }
    if (refused != null && refused.matcher(code).find()) {
      return CodeVerdict.CODE_REFUSED_BY_SWITCH;
    }
    long hash = LongHash.of(shape.identity());
    int appliedBy = state.codes().appliedBy(hash);
    if (appliedBy == 0) {
      Optional<IssuedCodes.Issued> issued = state.issued().find(code, shape);
      CodeVerdict owner = owned(issued, "");
      if (owner != CodeVerdict.FINE) {
        return owner;
      }
      if (issued.isPresent()) {
        return CodeVerdict.CODE_NOT_APPLIED;
      }
    } else if (!state.number(appliedBy).account().equals(account)) {
      return CodeVerdict.CODE_OF_OTHER_OWNER;
    }
    return state.codes().packedBy(hash) == 0
        ? CodeVerdict.FINE
        : CodeVerdict.CODE_ALREADY_AGGREGATED;
  }

  private CodeVerdict owned(Optional<IssuedCodes.Issued> issued, String productGroup) {
    if (issued.isEmpty()) {
      return unknownPass ? CodeVerdict.FINE : CodeVerdict.CODE_NOT_ISSUED;
    }
    Order order = issued.get().subOrder().order();
    if (!order.account().equals(account)) {
      return CodeVerdict.CODE_OF_OTHER_OWNER;
    }
    return productGroup.isEmpty() || order.productGroup().equals(productGroup)
        ? CodeVerdict.FINE
        : CodeVerdict.CODE_OF_OTHER_PRODUCT_GROUP;
  }
}
