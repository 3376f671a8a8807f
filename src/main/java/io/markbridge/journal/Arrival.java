package io.markbridge.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a document at the moment it arrives.
 *
 * @param source {@code file}, {@code sftp}, {@code outbox}
 * @param sourcePath path below the inbox with {@code /}, or the row's key
 * @param replyName the name under which replies are wanted, without suffix; where it is taken, the
 *     document's id is added
 * @param identity where it came from, without the content: path, size and time, or the row's key
 * @param given values of the side file
 * @param expectedSize bytes; another number means that the file was not at rest; {@link
 *     #UNKNOWN_SIZE} where nobody knows it before the end
 * @param madeAt milliseconds: when the legacy system wrote it, where the source tells
 */
public record Arrival(
    String source,
    String sourcePath,
    Optional<String> replyName,
    String identity,
    Optional<String> account,
    Optional<String> productGroup,
    Optional<String> kind,
    Map<String, String> given,
    Optional<String> charset,
    long expectedSize,
    Optional<Long> madeAt) {
  public static final long UNKNOWN_SIZE = -1;

  /**
   * The mark beside what was given that tells the planner of a person's decision: not to hold a
   * document again.
   */
  public static final String DECISION = "replay";

  /** A document cannot decide for a person: that name becomes one that no field has. */
  public Arrival {
    if (given.containsKey(DECISION)) {
      Map<String, String> said = new LinkedHashMap<>(given);
      said.put("meta." + DECISION, said.remove(DECISION));
      given = said;
    }
  }

  /** An arrival of which nobody knows when it was made. */
  public Arrival(
      String source,
      String sourcePath,
      Optional<String> replyName,
      String identity,
      Optional<String> account,
      Optional<String> productGroup,
      Optional<String> kind,
      Map<String, String> given,
      Optional<String> charset,
      long expectedSize) {
    this(
        source,
        sourcePath,
        replyName,
        identity,
        account,
        productGroup,
        kind,
        given,
        charset,
        expectedSize,
        Optional.empty());
  }
}
