package io.markbridge.procedure;

import io.markbridge.document.Document;
import io.markbridge.document.ProblemText;
import io.markbridge.document.Purpose;
import io.markbridge.journal.Journal;
import io.markbridge.journal.NewSubmission;
import io.markbridge.legacy.LegacyAnswers;
import io.markbridge.legacy.LegacyApi;
import io.markbridge.legacy.LegacyErrors;
import io.markbridge.legacy.LegacyQueries;
import io.markbridge.legacy.LegacyWords;
import io.markbridge.operator.OperatorPreset;
import io.markbridge.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every procedure works with.
 *
 * @param refusedCredentials by account: why the operator refused its newest login, where it did
 */
public record Bridge(
    Journal journal,
    Settings settings,
    OperatorPreset preset,
    Waits waits,
    LegacyApi legacyApi,
    LegacyWords words,
    LegacyAnswers answers,
    LegacyErrors errors,
    ProblemText text,
    LegacyQueries queries,
    Function<String, Optional<String>> refusedCredentials) {

  /** What is echoed: the {@code omsId} as it came, else the account's own (G5). */
  public String omsId(Document document) {
    return LegacyAnswers.omsId(
        document.omsId(), accountName(document).flatMap(settings::omsId).orElse(""));
  }

  /**
   * Also where a document was refused before anyone asked whose it is: with one account there is no
   * question.
   */
  private Optional<String> accountName(Document document) {
    return document
        .account()
        .or(
            () ->
                settings.accounts().size() == 1
                    ? settings.accounts().stream().findFirst()
                    : Optional.empty());
  }

  /**
   * The operator that a document goes to: that of its kind; else of a folder that has an operator's
   * name; else the site's own.
   */
  public OperatorPreset operator(Document document) {
    return preset.named(
        document
            .kind()
            .map(kind -> legacyApi.call(kind).operator())
            .or(document::productGroup)
            .orElse(""));
  }

  /** Errors in the shape that whoever wrote this document expects. */
  public LegacyErrors errors(Document document) {
    OperatorPreset operator = operator(document);
    return operator.name().equals(preset.name()) ? errors : LegacyErrors.of(operator, text);
  }

  /**
   * The order document that has this id, the bridge's own, as {@code <name>.status.json} told it;
   * one that was answered by an equal order is that order.
   */
  public Optional<Document> orderOfOurs(String id) {
    return journal
        .documents()
        .find(id)
        .filter(document -> document.kind().equals(Optional.of("order")))
        .map(
            document ->
                document
                    .answeredBy()
                    .flatMap(other -> journal.documents().find(other))
                    .orElse(document));
  }

  /** The new name of a document's product group (G3). */
  public Optional<String> productGroup(Document document) {
    return document
        .productGroup()
        .map(group -> preset.table("mapping/product-groups").getOrDefault(group, group));
  }

  /** A request without a body that belongs to a document. */
  public NewSubmission ask(
      Document document,
      Optional<String> parentId,
      Purpose purpose,
      String call,
      Map<String, String> pathValues,
      Map<String, String> query,
      long at) {
    return new NewSubmission(
        parentId,
        purpose,
        call,
        document.account().orElseThrow(),
        preset.call(call).limit(),
        pathValues,
        query,
        at);
  }

  /**
   * Whether the codes of a ready order become replies without being asked for; a group may differ
   * from the rest.
   */
  public boolean fetchesCodes(Document document) {
    return settings
        .text("groups." + document.productGroup().orElse("") + ".fetch-codes")
        .or(() -> settings.text("orders.fetch-codes"))
        .orElse("all")
        .equals("all");
  }
}
