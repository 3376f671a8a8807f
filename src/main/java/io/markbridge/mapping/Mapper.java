package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import io.markbridge.document.Payload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns a legacy document into the bodies of new requests, streamed. */
public interface Mapper {

  /**
   * @param accepted tells codes (without tail) that the operator accepted from an earlier, partly
   *     accepted sending: they are left out
   * @throws DocumentRejectedException when the document cannot become a request; what was written
   *     to the sink is then worthless
   * @throws IOException when reading or writing failed: nothing is said about the document
   */
  MappedDocument map(
      MappingRequest request, OrderMemory memory, AcceptedCodes accepted, PartSink sink)
      throws DocumentRejectedException, IOException;

  /**
   * The call that a document becomes, before anything of it is read.
   *
   * @throws DocumentRejectedException when nothing tells it
   */
  default String call(MappingRequest request) throws DocumentRejectedException {
    return request.kind();
  }

  /**
   * What an operator names of one request.
   *
   * @param body of the request
   * @param names places in it ({@code aggregationUnits[0].codes[2]}), or codes as they stand there
   */
  record Named(Payload body, Set<String> names) {}

  /**
   * Where in the legacy document that stands which an operator names in requests that it became.
   *
   * @return for each request, by name, the place in the legacy document ({@code
   *     aggregationUnits[3].sntins[7]}); names that were not found there are missing
   * @throws DocumentRejectedException when the document cannot be read any more
   */
  default List<Map<String, String>> places(MappingRequest request, List<Named> requests)
      throws DocumentRejectedException, IOException {
    return requests.stream().map(one -> Map.<String, String>of()).toList();
  }

  /** Codes that are known as accepted. */
  interface AcceptedCodes {
    boolean contains(String codeWithoutTail);

    AcceptedCodes NONE = code -> false;
  }
}
