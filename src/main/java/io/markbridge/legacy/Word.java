package io.markbridge.legacy;

import java.util.Optional;

/**
 * An old word for a new state.
 *
 * @param legacy what the legacy side is told
 * @param operator the operator's own word
 * @param known whether the table has it; otherwise {@link #legacy} is the fallback
 */
public record Word(String legacy, String operator, boolean known) {

  /** For the timeline, where the table does not have the operator's word. */
  public Optional<String> note() {
    return known
        ? Optional.empty()
        : Optional.of("unknown state " + LegacyQuery.printable(operator) + " told as " + legacy);
  }
}
