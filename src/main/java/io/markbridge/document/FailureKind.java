package io.markbridge.document;

/** What went wrong with a request; decides in one place what follows. */
public enum FailureKind {
  /** No connection: the request never left. */
  NOT_REACHED,
  /** The request left, and no readable answer came back. */
  ANSWER_LOST,
  /** The operator failed: 5xx. */
  OPERATOR_FAILED,
  /** Over the limit: 429, 420, or 503 with Retry-After. */
  OVER_LIMIT,
  /** The token was refused, or no token can be had. */
  NOT_AUTHENTICATED,
  /** The account may not do this: 403, error 201. */
  NOT_PERMITTED,
  /** The operator does not know the id (yet): 404. */
  NOT_FOUND,
  /** The operator refused the request for what it says: other 4xx, errors in a document. */
  REFUSED
}
