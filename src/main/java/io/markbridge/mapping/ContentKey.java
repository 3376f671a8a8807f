package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a document says, as one number: equal for two documents of an account that say the same. The
 * entries count as they are sent, the other fields only where the document said them itself:
 * neither the clock nor a setting nor a field that is dropped (6.1) makes a difference.
 */
final class ContentKey {
  private final MessageDigest digest;
  private final JsonGenerator generator;

  ContentKey(MappingRequest request) throws IOException {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException("every Java has SHA-256", exception);
    }
    generator =
        PartWriter.generator(
            new BufferedOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
    generator.writeStartArray();
    generator.writeString(request.account());
    generator.writeString(request.kind());
    generator.writeString(request.productGroup());
  }

  void entry(Value entry) throws IOException {
    PartWriter.write(generator, entry);
  }

  /** Ends the document. */
  String finish(Map<String, Value> said) throws IOException {
    PartWriter.write(generator, new Value.Fields(said));
    generator.writeEndArray();
    generator.close();
    return HexFormat.of().formatHex(digest.digest());
  }
}
