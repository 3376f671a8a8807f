package io.markbridge.crash;

/**
 * Places between two arrows that are no commit of the journal, where a process may end: what has
 * happened outside the journal is not in it yet, or the other way round. The commits themselves are
 * such places too, see {@code JournalCommit}.
 */
public enum CrashPoint {
  /** A whole file was seen in the inbox; nothing of it is stored. */
  FILE_SEEN,
  /** The document is accepted, its original still in the inbox. */
  ORIGINAL_ACCEPTED,
  /** Side file and marker have left the inbox, the original has not. */
  ORIGINAL_ALONE,
  /** The original and all beside it have left the inbox; the journal still guards the arrival. */
  ORIGINAL_GONE,
  /** The folders are on the disk as they are now; the journal still guards the arrivals. */
  REMOVALS_ON_DISK,
  /** A claimed submission has become a request; nothing has left. */
  REQUEST_MADE,
  /** The request has its token and leaves next. */
  REQUEST_LEAVES,
  /** The operator has answered, the journal does not know. */
  ANSWER_CAME,
  /** A login or a refresh leaves next. */
  LOGIN_LEAVES,
  /** The operator gave tokens, which live in memory only. */
  LOGIN_ANSWERED,
  /** A reply is whole under its temporary name. */
  REPLY_NOT_RENAMED,
  /** A reply has its name, which may not be on the disk. */
  REPLY_RENAMED,
  /** Codes lie beside the inbox; the journal does not know that they were told. */
  CODES_ON_DISK,
  /** All replies of a document are on the disk. */
  REPLIES_ON_DISK,
  /** The original of a refused document lies in its last folder. */
  ORIGINAL_PLACED
}
