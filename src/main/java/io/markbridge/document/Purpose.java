package io.markbridge.document;

/** Why a submission is made. */
public enum Purpose {
  /** It says what the legacy document says: an order, a report. */
  STATEMENT,
  /** It asks what the legacy document asks: codes, a status. */
  QUERY,
  /** It asks how far a statement is. */
  TRACKING,
  /**
   * It fetches what a finished statement brought: codes, errors. Its failure does not fail the
   * document.
   */
  DETAIL,
  /** It finds out what became of a request whose answer was lost: its parent. */
  LOOK_UP
}
