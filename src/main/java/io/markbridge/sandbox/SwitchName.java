package io.markbridge.sandbox;

import java.util.Optional;

/**
 * Every switch of the sandbox: its name on the command line and over HTTP, its default, and what it
 * does. Where the contract leaves a behaviour open there is a switch here; {@code docs/sandbox.md}
 * lists them all, and a test holds that page to this list.
 */
public enum SwitchName {
  USERS("users", "demo:demo", "Logins as login:password, comma-separated; a login is an account."),
  KEYS("keys", "demo-key:demo", "API keys as key:account, comma-separated."),
  TOKEN_LIFE("token-life", "30m", "Life of an access token."),
  TOKEN_LIFE_FORM("token-life-form", "string", "accessTokenExpiresIn as string or number."),
  REFRESH_LIFE("refresh-life", "24h", "Life of a refresh token."),
  REFRESH_REUSE("refresh-reuse", "false", "true: a refresh token lives on after its use."),
  BAD_LOGIN_STATUS("bad-login-status", "400", "HTTP status of a refused login."),
  EXPIRED_TOKEN_STATUS(
      "expired-token-status",
      "401",
      "HTTP status for an expired token; its body names inactive-token."),
  FAMILY_API("family-api", "token,key", "Credentials that open /api: token, key or both."),
  FAMILY_PUBLIC("family-public", "token,key", "Credentials that open /public/api."),
  WRONG_CREDENTIAL_STATUS(
      "wrong-credential-status", "401", "HTTP status when a family does not take the credential."),
  ACCEPT("accept", "strict", "strict: an Accept without */* gets 406 with an empty body; any."),
  LIMIT("limit", "100", "Calls in any sliding minute; 0 is no limit."),
  LIMIT_SCOPE(
      "limit-scope",
      "kind",
      "kind: each credential has a window for POST and one for GET; credential: one for both."),
  RETRY_AFTER("retry-after", "true", "Whether a 429 of the limit says Retry-After."),
  FAIL("fail", "", "Failures on demand: call:shape[:times[:skip]], semicolon-separated."),
  LATENCY("latency", "0ms", "How long each answer takes."),
  SLOW_DELAY("slow-delay", "2s", "How long the failure shape slow waits."),
  UNKNOWN_QUERY("unknown-query", "reject", "reject or ignore a query parameter nobody knows."),
  MAXIMUM_BODY("maximum-body", "67108864", "Bytes of a request body; more gets 413."),
  ORDER_DELAY("order-delay", "300ms", "From acceptance to READY."),
  ORDER_OUTCOME("order-outcome", "READY", "READY, REJECTED or OUTSOURCED: where orders end up."),
  ORDER_REJECTION_REASON(
      "order-rejection-reason", "Order declined: sandbox switch", "rejectionReason of such."),
  PAID_GTINS("paid-gtins", "", "GTINs that need isPaid, comma-separated, or *."),
  MAXIMUM_ACTIVE_ORDERS("maximum-active-orders", "0", "Active orders an account; 0 is no limit."),
  CODES_WITHOUT_PACK(
      "codes-without-pack", "new", "No lastPackId though packs exist: a new pack, or the first."),
  MAXIMUM_PACK("maximum-pack", "30000", "Codes in one answer of codes."),
  UTILISATION_GROUP_IN("utilisation-group-in", "query", "productGroup of a report: query or body."),
  DATE_FORM("date-form", "any", "Dates of a report: date-time, date or any."),
  UTILISATION_DELAY("utilisation-delay", "300ms", "From IN_PROCESS to SUCCESS or ERROR."),
  SERIES_REQUIRED("series-required", "pharma,medicine", "Groups that require seriesNumber."),
  DATES_NOT_REQUIRED("dates-not-required", "appliances", "Groups without required dates."),
  MAXIMUM_REPORT_CODES("maximum-report-codes", "30000", "Codes in one report."),
  UNKNOWN_CODES("unknown-codes", "reject", "accept: codes that no order here issued pass."),
  REJECT_CODES("reject-codes", "", "Regular expression: codes that match are refused."),
  DOCUMENT_VISIBLE_AFTER(
      "document-visible-after", "100ms", "Until then a document's status is 404."),
  DOCUMENT_DELAY(
      "document-delay", "300ms", "From acceptance to the final status, through the others."),
  MAXIMUM_UNIT_CODES("maximum-unit-codes", "1000", "Codes in one aggregation unit."),
  MAXIMUM_UNITS("maximum-units", "200", "Units in one aggregation document."),
  DOCUMENT_BODY("document-body", "decoded", "A document's body: decoded or wrapped."),
  DOCUMENT_CODES("document-codes", "array", "A document's codes: array, or wrapped in codes."),
  MARKET_KEYS("market-keys", "ACMA:demo-key", "Keys and tokens of all campaigns, comma-separated."),
  MARKET_ORDERS(
      "market-orders", "any", "any: an unknown order is made of what is sent; known: it gets 404."),
  MARKET_LIMIT("market-limit", "10000", "Calls of a method and campaign a period; 0 is no limit."),
  MARKET_PERIOD("market-period", "1h", "The period, which begins on the clock."),
  MARKET_AT_ONCE("market-at-once", "4", "Requests of a campaign at once; 0 is no limit."),
  MARKET_CHECK("market-check", "300ms", "From a PUT to the end of the check of its codes."),
  MARKET_INVALID_CODES(
      "market-invalid-codes", "", "Regular expression: codes that match do not pass the check."),
  MARKET_ERROR_STATUS(
      "market-error-status", "ERROR", "The word status in errors: ERROR, or OK as in examples.");

  private final String label;
  private final String initial;
  private final String meaning;

  SwitchName(String label, String initial, String meaning) {
    this.label = label;
    this.initial = initial;
    this.meaning = meaning;
  }

  /** The name used outside, such as {@code token-life}. */
  public String label() {
    return label;
  }

  /** The default value. */
  public String initial() {
    return initial;
  }

  /** One sentence of what it does. */
  public String meaning() {
    return meaning;
  }

  static Optional<SwitchName> byLabel(String label) {
    for (SwitchName name : values()) {
      if (name.label.equals(label)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }
}
