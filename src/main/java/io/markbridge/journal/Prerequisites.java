package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.FailureKind;
import io.markbridge.document.OperatorError;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.ProblemSentences;
import io.markbridge.document.Purpose;
import io.markbridge.document.Submission;
import io.markbridge.mapping.MappedDocument;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Documents that wait for earlier ones: an aggregation for the report of its codes and for the
 * aggregation of its units, a report for its order. The parts of a plan and of an answer's commit
 * that deal with them; a row stands as long as the wait.
 */
final class Prerequisites {
  private static final int AT_ONCE = 500;
  private static final int MOST = 1000;

  /** What a timeline tells of them one by one. */
  private static final int TOLD = 20;

  private static final int LONGEST_REASON = 300;

  /**
   * Fulfilled as soon as the operator has accepted all that it states: an order whose codes are
   * still being fetched is.
   */
  private static final String OPEN =
      "(state in ('RECEIVED', 'HELD') or (state in ('PLANNED', 'PARKED') and exists (select 1 from submissions"
          + " where document_id = documents.id and purpose = 'STATEMENT' and submissions.state <> 'DONE')))";

  private final Journal journal;
  private final Transaction transaction;

  Prerequisites(Journal journal, Transaction transaction) {
    this.journal = journal;
    this.transaction = transaction;
  }

  /**
   * The orders with the number that a report or an aggregation names, also later ones: an order
   * waits for nobody.
   */
  List<String> ordersOfNumber(Document document, String account, MappedDocument mapped)
      throws SQLException {
    if (mapped.orderNumber().isEmpty()) {
      return List.of();
    }
    return transaction.list(
        "select id from documents where order_number = ? and kind = 'order' and account = ? and product_group = ?"
            + " order by id limit ?",
        row -> row.getString(1),
        mapped.orderNumber(),
        account,
        document.productGroup(),
        MOST);
  }

  /** Those of some documents that are not fulfilled; none of them ends before this commit. */
  List<Document> open(Collection<String> candidates) throws SQLException {
    List<String> ids = candidates.stream().sorted().toList();
    List<Document> open = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      Object[] some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE)).toArray();
      String places = CodesUnderWay.places(some.length);
      transaction.list(
          "select id from documents where id in "
              + places
              + " order by id"
              + transaction.dialect().lockShared(),
          row -> row.getString(1),
          some);
      open.addAll(
          transaction.list(
              "select * from documents where id in " + places + " and " + OPEN + " order by id",
              Rows::document,
              some));
    }
    return open;
  }

  /** A document that is being planned waits for others. */
  void add(String document, List<Document> others, long waitsUntil) throws SQLException {
    if (others.isEmpty()) {
      return;
    }
    transaction.updateAll(
        "insert into prerequisites (document_id, prerequisite_id, waits_until) values (?, ?, ?)",
        others.stream().map(other -> new Object[] {document, other.id(), waitsUntil}).toList());
    transaction.update(
        "update submissions set state = 'WAITING' where document_id = ? and state in ('PLANNED', 'IN_DOUBT')",
        document);
    for (Document other : others.subList(0, Math.min(TOLD, others.size()))) {
      tell(document, "waits", "for " + named(other) + why(other));
    }
    if (others.size() > TOLD) {
      tell(document, "waits", "for " + (others.size() - TOLD) + " more");
    }
  }

  /** What follows for the documents that wait for one which has just ended. */
  void ended(String document, DocumentState state) throws SQLException {
    if (state == DocumentState.REJECTED) {
      refused(document);
    } else {
      // Of one that was taken in part the operator knows best which codes were not.
      met(document, state == DocumentState.PARTLY_DONE ? "was taken in part" : "is accepted");
    }
  }

  /** The operator has accepted what a document states: those that waited for it go on. */
  void met(String document, String how) throws SQLException {
    List<String> dependents = lockDependents(document);
    if (dependents.isEmpty()) {
      return;
    }
    String event = named(find(document)) + " " + how;
    transaction.update("delete from prerequisites where prerequisite_id = ?", document);
    for (String dependent : dependents) {
      tell(dependent, "waits no more", event);
      if (countOpen(dependent) == 0) {
        transaction.update(
            // Of a restored copy it may have left before: then it is looked for first.
            "update submissions set state = case when sent_at is null then 'PLANNED' else 'IN_DOUBT' end,"
                + " next_attempt_at = ? where document_id = ? and state = 'WAITING' and level = 0",
            journal.now(),
            dependent);
      }
    }
  }

  /** Those that need a refused document are refused, and those that need them. */
  private void refused(String document) throws SQLException {
    Deque<String> refused = new ArrayDeque<>(List.of(document));
    String reason = "";
    while (!refused.isEmpty()) {
      String id = refused.removeFirst();
      List<String> dependents = lockDependents(id);
      if (dependents.isEmpty()) {
        continue;
      }
      Document cause = find(id);
      reason = reason.isEmpty() ? reason(cause) : reason;
      for (String dependent : dependents) {
        refuse(dependent, cause, reason);
        refused.addLast(dependent);
      }
    }
  }

  private void refuse(String dependent, Document cause, String reason) throws SQLException {
    Problem problem =
        Problem.of(
            ProblemCode.PREREQUISITE_REFUSED,
            "",
            "",
            "kind",
            cause.kind().orElse(""),
            "document",
            cause.id(),
            "file",
            cause.sourcePath(),
            "reason",
            reason);
    String text = "not sent: " + named(cause) + why(cause) + ", was refused: " + reason;
    transaction.update("delete from prerequisites where document_id = ?", dependent);
    transaction.update(
        "update submissions set state = 'REJECTED', failure_kind = ?, failures = ? where document_id = ?"
            + " and state = 'WAITING'",
        FailureKind.REFUSED,
        JournalJson.errors(List.of(OperatorError.of("", text, ""))),
        dependent);
    transaction.update(
        "update documents set state = 'REJECTED', problems = ?, finished_at = ? where id = ?",
        JournalJson.problems(List.of(problem)),
        journal.now(),
        dependent);
    CodesUnderWay.forget(transaction, dependent);
    Documents.changed(transaction, dependent);
    tell(dependent, "rejected", text);
  }

  /**
   * The wait was too long: a person decides. The higher levels of a document go on waiting for its
   * lowest.
   */
  void park(String dependent) throws SQLException {
    List<Document> others =
        transaction.list(
            "select * from documents where id in (select prerequisite_id from prerequisites where document_id = ?)"
                + " order by id limit ?",
            Rows::document,
            dependent,
            TOLD);
    List<Problem> problems =
        others.stream()
            .map(
                other ->
                    Problem.of(
                        ProblemCode.PREREQUISITE_LATE,
                        "",
                        "",
                        "kind",
                        other.kind().orElse(""),
                        "document",
                        other.id(),
                        "file",
                        other.sourcePath()))
            .toList();
    String text =
        "waited too long for "
            + others.stream()
                .map(other -> named(other) + why(other))
                .collect(Collectors.joining("; "));
    transaction.update("delete from prerequisites where document_id = ?", dependent);
    transaction.update(
        "update submissions set state = 'PARKED', failures = ? where document_id = ? and state = 'WAITING' and level = 0",
        JournalJson.errors(List.of(OperatorError.of("", text, ""))),
        dependent);
    transaction.update(
        "update documents set state = 'PARKED', problems = ? where id = ? and state = 'PLANNED'",
        JournalJson.problems(problems),
        dependent);
    Documents.changed(transaction, dependent);
    tell(dependent, "parked", text);
  }

  /** Two that end at once, with one dependent: the second sees what the first has removed. */
  private List<String> lockDependents(String document) throws SQLException {
    transaction.list(
        "select id from documents where id = ?" + transaction.dialect().lockRows(),
        row -> row.getString(1),
        document);
    return transaction.list(
        "select id from documents where id in"
            + " (select document_id from prerequisites where prerequisite_id = ?) order by id"
            + transaction.dialect().lockRows(),
        row -> row.getString(1),
        document);
  }

  private long countOpen(String dependent) throws SQLException {
    return transaction.count("select count(*) from prerequisites where document_id = ?", dependent);
  }

  private Document find(String id) throws SQLException {
    return transaction
        .first("select * from documents where id = ?", Rows::document, id)
        .orElseThrow(() -> new SQLException("the journal has no document " + id));
  }

  private String reason(Document document) throws SQLException {
    List<Submission> submissions = SubmissionRows.of(transaction, document.id());
    ProblemSentences sentences = new ProblemSentences(Locale.ENGLISH);
    String reason =
        Stream.concat(
                document.problems().stream().map(sentences::say),
                submissions.stream()
                    .filter(one -> one.purpose() == Purpose.STATEMENT)
                    .flatMap(one -> one.failures().stream())
                    .map(OperatorError::verbatim))
            .filter(text -> !text.isBlank())
            .distinct()
            .collect(Collectors.joining("; "));
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }

  private static String named(Document document) {
    return "document " + document.id() + " (" + document.sourcePath() + ")";
  }

  private static String why(Document document) {
    return switch (document.kind().orElse("")) {
      case "order" -> ", which is its order";
      case "aggregation" -> ", which makes its units";
      default -> ", which reports its codes";
    };
  }

  private void tell(String document, String event, String detail) throws SQLException {
    Timeline.add(transaction, journal, document, null, event, detail);
  }
}
