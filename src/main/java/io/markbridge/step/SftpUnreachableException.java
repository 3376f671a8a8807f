package io.markbridge.step;

import java.io.IOException;

/** An SFTP server cannot be used just now; the message says why, and what a person can do. */
final class SftpUnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What keeps the bridge from using a server. */
  enum Kind {
    /** It does not answer, or stopped in the middle; comes back by itself. */
    NO_CONNECTION,
    /** It is perhaps not the server that it should be. */
    HOST_KEY,
    /** It does not let the bridge in. */
    LOGIN,
    /** The time for the next try has not come. */
    LATER
  }

  private final Kind kind;

  SftpUnreachableException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
