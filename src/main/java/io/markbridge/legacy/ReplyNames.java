package io.markbridge.legacy;

import java.util.function.Predicate;

/**
 * Names of replies. All replies of one document share a stem ({@code <stem>.reply.json}, {@code
 * <stem>.status.json}, …), which is decided once, when the document is taken, and kept in the
 * journal: so a reply never overwrites another document's.
 */
public final class ReplyNames {
  private static final int SHORT = 8;

  private ReplyNames() {}

  /**
   * The stem of a document's replies: its own name where that is free; {@code <name>~<last eight
   * characters of the id>} where another document has it (foo.json and foo.http in one folder, a
   * second foo.json after the first was answered); the whole id where even that is taken.
   *
   * @param name the document's name without its ending
   * @param documentId the journal's id, which no other document has
   * @param taken tells whether another document of the same folder has a stem; it must compare
   *     without regard to case, because some file systems do
   */
  public static String stem(String name, String documentId, Predicate<String> taken) {
    String own = SafeName.of(name);
    if (!taken.test(own)) {
      return own;
    }
    String id = documentId.replaceAll("[^A-Za-z0-9-]", "");
    String withShortId = own + "~" + id.substring(Math.max(0, id.length() - SHORT));
    return taken.test(withShortId) ? own + "~" + id : withShortId;
  }
}
