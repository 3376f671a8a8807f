package io.markbridge.mapping;

import io.markbridge.document.DocumentRejectedException;
import java.io.IOException;

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

  /** Codes that are known as accepted. */
  interface AcceptedCodes {
    boolean contains(String codeWithoutTail);

    AcceptedCodes NONE = code -> false;
  }
}
