package io.markbridge.mapping;

import io.markbridge.document.Payload;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A legacy document that is to become one or more requests.
 *
 * @param kind {@code order}, {@code utilisation}, {@code aggregation}, …: the name of a mapping
 *     table
 * @param productGroup the group as the legacy side names it ({@code pharma}); the preset may rename
 *     it
 * @param account the account's name
 * @param accountTin the account's own taxpayer number, where configured (7.2)
 * @param folder the folder below the inbox that the document came from, with {@code /}, or empty
 * @param given values from the side file {@code <name>.meta.json}, from columns or from {@code
 *     --set}, by new field name; they win
 * @param charset set only where a folder or column says windows-1251; otherwise UTF-8 or a byte
 *     order mark decides
 * @param acceptedAt when the journal took it: the {@code documentDate} where the document has none
 *     (7.4)
 * @param payload the legacy body
 * @param documentId the bridge's id of the document, which a number of ours is made of; empty where
 *     it has none
 */
public record MappingRequest(
    String kind,
    String productGroup,
    String account,
    Optional<String> accountTin,
    String folder,
    Map<String, String> given,
    Optional<Charset> charset,
    Instant acceptedAt,
    Payload payload,
    String documentId) {

  /** A document without an id of the bridge. */
  public MappingRequest(
      String kind,
      String productGroup,
      String account,
      Optional<String> accountTin,
      String folder,
      Map<String, String> given,
      Optional<Charset> charset,
      Instant acceptedAt,
      Payload payload) {
    this(kind, productGroup, account, accountTin, folder, given, charset, acceptedAt, payload, "");
  }
}
