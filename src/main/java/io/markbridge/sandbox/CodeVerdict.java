package io.markbridge.sandbox;

import java.util.Locale;

/** What is wrong with a code or unit of a report or document; the name on the wire follows. */
enum CodeVerdict {
  FINE,
  /** A report wants the crypto tail. */
  CODE_WITHOUT_CRYPTO_TAIL,
  /** A document does not. */
  CODE_WITH_CRYPTO_TAIL,
  /** No order here gave it out. */
  CODE_NOT_ISSUED,
  CODE_OF_OTHER_OWNER,
  CODE_OF_OTHER_PRODUCT_GROUP,
  /** Reported before, so no longer RECEIVED. */
  CODE_ALREADY_APPLIED,
  CODE_TWICE_IN_REPORT,
  /** RECEIVED, so not yet APPLIED. */
  CODE_NOT_APPLIED,
  CODE_ALREADY_AGGREGATED,
  /** The switch {@code reject-codes} matches. */
  CODE_REFUSED_BY_SWITCH,
  UNIT_MALFORMED,
  UNIT_ALREADY_EXISTS,
  UNIT_REFUSED,
  UNIT_HOLDS_ITSELF,
  TOO_MANY_UNITS,
  TOO_MANY_CODES_IN_UNIT;

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
