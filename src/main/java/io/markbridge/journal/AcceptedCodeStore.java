package io.markbridge.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Codes that the operator accepted out of documents that it took in part: a document sent again
 * carries only the rest.
 */
public final class AcceptedCodeStore {
  private final Database database;

  AcceptedCodeStore(Database database) {
    this.database = database;
  }

  /**
   * @param code without crypto tail
   */
  public boolean contains(String account, String kind, String code) {
    return database.read(
        "looking for an accepted code",
        transaction ->
            transaction.count(
                    "select count(*) from accepted_codes where account = ? and kind = ? and code = ?",
                    account,
                    kind,
                    code)
                > 0);
  }

  /**
   * Whether anything was ever accepted in part for a kind: where not, no code needs to be looked
   * up.
   */
  public boolean any(String account, String kind) {
    return database.read(
        "looking for accepted codes",
        transaction ->
            !transaction
                .list(
                    "select code from accepted_codes where account = ? and kind = ? limit 1",
                    row -> row.getString(1),
                    account,
                    kind)
                .isEmpty());
  }

  /** Remembers codes as part of the commit that records the answer. */
  public Database.Change remember(
      String account, String kind, String document, Collection<String> codes) {
    return transaction -> {
      List<Object[]> rows = new ArrayList<>(codes.size());
      for (String code : codes) {
        rows.add(new Object[] {account, kind, code, document});
      }
      transaction.updateAll(
          "insert into accepted_codes (account, kind, code, document_id) values (?, ?, ?, ?)"
              + " on conflict (account, kind, code) do nothing",
          rows);
    };
  }
}
