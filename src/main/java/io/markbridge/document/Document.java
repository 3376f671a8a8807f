package io.markbridge.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a legacy system gave us.
 *
 * @param id ours, ordered by arrival
 * @param source {@code file}, {@code sftp}, {@code outbox}
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
}
