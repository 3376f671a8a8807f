package io.markbridge.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a legacy system gave us.
 *
 * @param id ours, ordered by arrival
 * @param source {@code file}, {@code sftp:<server>}, {@code outbox:<name>}
 * @param sourcePath path below the inbox with {@code /}, or the row's key; replies mirror it
 * @param replyName path below the replies' folder without suffix; unique
 * @param omsId as the legacy side wrote it, byte for byte
 * @param parameters of a legacy call, by old name
 * @param given values of the side file, by new field name
 * @param bodyOffset where the body begins in the bytes received ({@code .http} files)
 * @param problems why it was rejected, held or parked
 * @param answer a legacy answer that the bridge made itself, as JSON text
 * @param answeredBy the equal document whose answer this one gets
 */
public record Document(
    String id,
    String source,
    String sourcePath,
    Optional<String> replyName,
    Optional<String> account,
    Optional<String> productGroup,
    Optional<String> kind,
    Optional<String> omsId,
    Map<String, String> parameters,
    Map<String, String> given,
    Optional<String> charset,
    long bodyOffset,
    DocumentState state,
    Optional<String> contentKey,
    Optional<String> orderNumber,
    Optional<String> answeredBy,
    long size,
    long receivedAt,
    Optional<Long> finishedAt,
    List<Problem> problems,
    Optional<String> answer,
    long changeNumber) {

  /** The folder below the inbox, with {@code /}, or empty. */
  public String folder() {
    int slash = sourcePath.lastIndexOf('/');
    return slash < 0 ? "" : sourcePath.substring(0, slash);
  }

  /**
   * Held because a person does elsewhere what it says; not because it looks like another. Drop-outs
   * were once held with the problem of a call that is not served.
   */
  public boolean heldForPerson() {
    return state == DocumentState.HELD
        && problems.stream()
            .map(Problem::code)
            .anyMatch(
                code -> code == ProblemCode.HELD_FOR_PERSON || code == ProblemCode.CALL_NOT_SERVED);
  }

  /** Of this kind. */
  public Document withKind(String told) {
    return described(
        account, productGroup, Optional.of(told), omsId, parameters, charset, bodyOffset);
  }

  /** Of this account. */
  public Document withAccount(String name) {
    return described(Optional.of(name), productGroup, kind, omsId, parameters, charset, bodyOffset);
  }

  /** As the call of a {@code .http} file tells it; its body begins at an offset of the bytes. */
  public Document withCall(
      String told,
      Optional<String> group,
      Optional<String> toldOmsId,
      Map<String, String> toldParameters,
      Optional<String> bodyCharset,
      long offset) {
    return described(
        account, group, Optional.of(told), toldOmsId, toldParameters, bodyCharset, offset);
  }

  /** With other parameters of its call. */
  public Document withParameters(Map<String, String> others) {
    return described(account, productGroup, kind, omsId, others, charset, bodyOffset);
  }

  private Document described(
      Optional<String> account,
      Optional<String> productGroup,
      Optional<String> kind,
      Optional<String> omsId,
      Map<String, String> parameters,
      Optional<String> charset,
      long bodyOffset) {
    return new Document(
        id,
        source,
        sourcePath,
        replyName,
        account,
        productGroup,
        kind,
        omsId,
        parameters,
        given,
        charset,
        bodyOffset,
        state,
        contentKey,
        orderNumber,
        answeredBy,
        size,
        receivedAt,
        finishedAt,
        problems,
        answer,
        changeNumber);
  }

  /** Under its own name and omsId, with id and outcome of the equal document that answers it. */
  public Document withOutcomeOf(Document equal) {
    return new Document(
        equal.id,
        source,
        sourcePath,
        replyName,
        equal.account,
        productGroup,
        kind,
        omsId,
        parameters,
        given,
        charset,
        bodyOffset,
        equal.state,
        equal.contentKey,
        equal.orderNumber,
        answeredBy,
        size,
        receivedAt,
        equal.finishedAt,
        equal.problems,
        equal.answer,
        changeNumber);
  }
}
