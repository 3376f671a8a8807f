package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import io.markbridge.mapping.Value.Fields;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Text;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a document says, as one number: equal for two documents of an account that say the same. The
 * entries count as they are sent, the other fields only where the document said them itself:
 * neither the clock nor a setting nor a field that is dropped (6.1) makes a difference. Nor does
 * the order of entries, or of codes in them: a second report lists the same codes as a database
 * gave them.
 */
final class ContentKey {
  private final MappingRequest request;
  private final MessageDigest entry = sha256();

  /** Of the entries' 256 bits each, lane by lane: a sum knows no order and takes no memory. */
  private final long[] sum = new long[4];

  private long count;

  ContentKey(MappingRequest request) {
    this.request = request;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException exception) {
      throw new IllegalStateException("every Java has SHA-256", exception);
    }
  }

  void entry(Value value) throws IOException {
    // Most entries are codes, and there are millions of them.
    if (value instanceof Text text) {
      entry.update(text.text().getBytes(StandardCharsets.UTF_8));
    } else {
      write(withoutOrder(value), digesting(entry));
    }
    ByteBuffer hash = ByteBuffer.wrap(entry.digest());
    for (int lane = 0; lane < sum.length; lane++) {
      sum[lane] += hash.getLong();
    }
    count++;
  }

  /** Ends the document. */
  String finish(Map<String, Value> said) throws IOException {
    MessageDigest digest = sha256();
    try (JsonGenerator generator = PartWriter.generator(digesting(digest))) {
      generator.writeStartArray();
      generator.writeString(request.account());
      generator.writeString(request.kind());
      generator.writeString(request.productGroup());
      generator.writeNumber(count);
      for (long lane : sum) {
        generator.writeNumber(lane);
      }
      PartWriter.write(generator, new Fields(said));
      generator.writeEndArray();
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static OutputStream digesting(MessageDigest digest) {
    return new BufferedOutputStream(
        new DigestOutputStream(OutputStream.nullOutputStream(), digest));
  }

  private static void write(Value value, OutputStream output) throws IOException {
    try (JsonGenerator generator = PartWriter.generator(output)) {
      PartWriter.write(generator, value);
    }
  }

  private static Value withoutOrder(Value value) {
    if (value instanceof Items array) {
      List<Value> items =
          array.items().stream()
              .map(ContentKey::withoutOrder)
              .sorted(Comparator.comparing(ContentKey::shown))
              .toList();
      return new Items(items);
    }
    if (value instanceof Fields object) {
      Map<String, Value> fields = new LinkedHashMap<>();
      object.fields().forEach((name, field) -> fields.put(name, withoutOrder(field)));
      return new Fields(fields);
    }
    return value;
  }

  private static String shown(Value value) {
    if (value instanceof Value.Scalar scalar) {
      return scalar.text();
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      write(value, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return json.toString(StandardCharsets.UTF_8);
  }
}
