package io.markbridge.journal;

import io.markbridge.document.Document;
import io.markbridge.document.DocumentState;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import io.markbridge.document.Submission;
import io.markbridge.document.TimelineEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What people ask the journal. Reads only. */
public final class Lookup {
  private static final Pattern PART_OF_ID = Pattern.compile("[0-9a-f-]{4,36}");
  private static final int AT_ONCE = 500;

  private static final String FOR_A_PERSON =
      "(state in ('HELD', 'PARKED') or exists (select 1 from submissions where document_id = documents.id"
          + " and submissions.state = 'PARKED'))";

  private final Database database;

  public Lookup(Journal journal) {
    this.database = journal.database();
  }

  /**
   * The documents that a person may mean: by id, by an id of the operator, by the name of the
   * replies or of the file, or by the beginning or the end of the id (four characters or more).
   *
   * @return the matches of the first of these ways that has any, newest first, at most {@code
   *     limit}
   */
  public List<Document> named(String name, int limit) {
    String lower = name.toLowerCase(Locale.ROOT);
    return database.read(
        "looking for a document",
        transaction -> {
          List<Document> found =
              transaction.list("select * from documents where id = ?", Rows::document, lower);
          if (found.isEmpty()) {
            found =
                transaction.list(
                    "select * from documents where id in (select document_id from submissions"
                        + " where lower(operator_id) = ? and purpose = 'STATEMENT') order by id desc limit ?",
                    Rows::document,
                    lower,
                    limit);
          }
          if (found.isEmpty()) {
            found =
                transaction.list(
                    "select * from documents where reply_name = ? or source_path = ? order by id desc limit ?",
                    Rows::document,
                    name,
                    name,
                    limit);
          }
          if (found.isEmpty() && PART_OF_ID.matcher(lower).matches()) {
            found =
                transaction.list(
                    "select * from documents where id like ? or id like ? order by id desc limit ?",
                    Rows::document,
                    lower + "%",
                    "%" + lower,
                    limit);
          }
          return found;
        });
  }

  /** The newest documents that wait for a person, or that have a submission which does. */
  public List<Document> forPerson(Optional<DocumentState> state, int limit) {
    return database.read(
        "listing documents that wait for a person",
        transaction ->
            transaction.list(
                "select * from documents where state in "
                    + Documents.states(state)
                    + " and "
                    + FOR_A_PERSON
                    + " order by id desc limit ?",
                Rows::document,
                limit));
  }

  /** The submissions of many documents, by document. */
  public Map<String, List<Submission>> submissions(Collection<String> documents) {
    Map<String, List<Submission>> byDocument = new LinkedHashMap<>();
    List<String> ids = List.copyOf(documents);
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      String places = String.join(", ", Collections.nCopies(some.size(), "?"));
      List<Submission> found =
          database.read(
              "reading submissions",
              transaction ->
                  transaction.list(
                      "select * from submissions where document_id in ("
                          + places
                          + ") order by document_id, number, id",
                      Rows::submission,
                      some.toArray()));
      for (Submission submission : found) {
        byDocument
            .computeIfAbsent(submission.documentId(), document -> new ArrayList<>())
            .add(submission);
      }
    }
    return byDocument;
  }

  /** What each of some documents waits for: ids of earlier documents, where it does. */
  public Map<String, List<String>> waitsFor(Collection<String> documents) {
    Map<String, List<String>> byDocument = new LinkedHashMap<>();
    List<String> ids = List.copyOf(documents);
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      database
          .read(
              "reading what documents wait for",
              transaction ->
                  transaction.list(
                      "select document_id, prerequisite_id from prerequisites where document_id in "
                          + CodesUnderWay.places(some.size())
                          + " order by document_id, prerequisite_id",
                      row -> Map.entry(row.getString(1), row.getString(2)),
                      some.toArray()))
          .forEach(
              row ->
                  byDocument
                      .computeIfAbsent(row.getKey(), document -> new ArrayList<>())
                      .add(row.getValue()));
    }
    return byDocument;
  }

  /** The newest document that was taken. */
  public Optional<Document> lastTaken() {
    return database.read(
        "looking for the newest document",
        transaction ->
            transaction.first(
                "select * from documents where state <> 'RECEIVING' order by id desc limit 1",
                Rows::document));
  }

  /** The oldest document whose end the legacy side still waits for. */
  public Optional<Document> oldestWaiting() {
    return database.read(
        "looking for the oldest waiting document",
        transaction ->
            transaction.first(
                "select * from documents where state in ('RECEIVED', 'PLANNED', 'HELD', 'PARKED')"
                    + " order by id limit 1",
                Rows::document));
  }

  /**
   * @param at milliseconds since 1970
   */
  public long rejectedSince(long at) {
    return database.read(
        "counting rejected documents",
        transaction ->
            transaction.count(
                "select count(*) from documents where state = 'REJECTED' and finished_at >= ?",
                at));
  }

  /**
   * The problems of documents that were rejected with one of a kind.
   *
   * @param since milliseconds since 1970
   */
  public List<List<Problem>> rejections(long since, ProblemCode code) {
    return database.read(
        "listing rejected documents",
        transaction ->
            transaction.list(
                "select problems from documents where state = 'REJECTED' and finished_at >= ?"
                    + " and problems like ?",
                row -> JournalJson.problems(row.getString(1)),
                since,
                "%" + code.name() + "%"));
  }

  /** Problems that a timeline entry keeps as JSON; empty where its detail is something else. */
  public static List<Problem> problems(TimelineEntry entry) {
    return entry.detail().startsWith("[{\"code\"")
        ? JournalJson.problems(entry.detail())
        : List.of();
  }

  /** Which facts the order memory holds for at least one order of an account and a group. */
  public record Remembered(boolean releaseType, boolean country, boolean place) {
    public static final Remembered NOTHING = new Remembered(false, false, false);
  }

  public Remembered remembered(String account, String productGroup) {
    return database
        .read(
            "looking into the order memory",
            transaction ->
                transaction.first(
                    "select count(release_type), count(manufacturer_country), count(business_place_id)"
                        + " from order_memory where account = ? and product_group = ?",
                    row ->
                        new Remembered(row.getLong(1) > 0, row.getLong(2) > 0, row.getLong(3) > 0),
                    account,
                    productGroup))
        .orElse(Remembered.NOTHING);
  }
}
