package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.markbridge.mapping.Value.Digits;
import io.markbridge.mapping.Value.Fields;
import io.markbridge.mapping.Value.Flag;
import io.markbridge.mapping.Value.Items;
import io.markbridge.mapping.Value.Text;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes one body: compact UTF-8 JSON, keys sorted A–Z at every level, non-ASCII as it is. The
 * entries of the streamed array come one by one.
 */
final class PartWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();
  private static final int BUFFER = 16 * 1024;

  private final CountingStream counter;
  private final JsonGenerator generator;
  private final TreeMap<String, Value> fields;
  private final String[] stream;
  private final int number;
  private final int level;
  private final Map<String, String> query;
  private long entries;
  private long codes;

  /**
   * @param fields of the document, nested, without the streamed array
   * @param stream new name of the streamed array; {@code boxes[].items} is an array in the one
   *     object of another array
   */
  PartWriter(
      OutputStream output,
      TreeMap<String, Value> fields,
      String stream,
      int number,
      int level,
      Map<String, String> query)
      throws IOException {
    this.counter = new CountingStream(new BufferedOutputStream(output, BUFFER));
    this.generator = generator(counter);
    this.fields = fields;
    this.stream = stream.split("\\[]\\.");
    this.number = number;
    this.level = level;
    this.query = query;
    generator.writeStartObject();
    for (Map.Entry<String, Value> field : fields.headMap(this.stream[0], false).entrySet()) {
      generator.writeFieldName(field.getKey());
      write(generator, field.getValue());
    }
    generator.writeArrayFieldStart(this.stream[0]);
    for (int inner = 1; inner < this.stream.length; inner++) {
      generator.writeStartObject();
      generator.writeArrayFieldStart(this.stream[inner]);
    }
  }

  /** A generator of the one form that bodies have. */
  static JsonGenerator generator(OutputStream output) throws IOException {
    return JSON.createGenerator(output);
  }

  void entry(Value entry, long codesInside) throws IOException {
    write(generator, entry);
    entries++;
    codes += codesInside;
  }

  long entries() {
    return entries;
  }

  MappedPart close(String call) throws IOException {
    for (int inner = 1; inner < stream.length; inner++) {
      generator.writeEndArray();
      generator.writeEndObject();
    }
    generator.writeEndArray();
    for (Map.Entry<String, Value> field : fields.tailMap(stream[0], false).entrySet()) {
      generator.writeFieldName(field.getKey());
      write(generator, field.getValue());
    }
    generator.writeEndObject();
    generator.close();
    return new MappedPart(number, level, call, query, counter.written, codes);
  }

  /** Closes without ending the body: the document was rejected. */
  void abandon() throws IOException {
    counter.close();
  }

  static void write(JsonGenerator generator, Value value) throws IOException {
    if (value instanceof Text text) {
      generator.writeString(text.text());
    } else if (value instanceof Digits digits) {
      generator.writeNumber(digits.text());
    } else if (value instanceof Flag flag) {
      generator.writeBoolean(flag.on());
    } else if (value instanceof Items items) {
      generator.writeStartArray();
      for (Value item : items.items()) {
        write(generator, item);
      }
      generator.writeEndArray();
    } else if (value instanceof Fields object) {
      generator.writeStartObject();
      for (Map.Entry<String, Value> field : nested(object.fields()).entrySet()) {
        generator.writeFieldName(field.getKey());
        write(generator, field.getValue());
      }
      generator.writeEndObject();
    }
  }

  /** Dotted names become objects; names are sorted. */
  static TreeMap<String, Value> nested(Map<String, Value> dotted) {
    TreeMap<String, Value> sorted = new TreeMap<>();
    TreeMap<String, Map<String, Value>> inner = new TreeMap<>();
    dotted.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot < 0) {
            sorted.put(name, value);
          } else {
            inner
                .computeIfAbsent(name.substring(0, dot), key -> new TreeMap<>())
                .put(name.substring(dot + 1), value);
          }
        });
    inner.forEach((name, object) -> sorted.put(name, new Fields(object)));
    return sorted;
  }

  private static final class CountingStream extends OutputStream {
    private final OutputStream output;
    private long written;

    private CountingStream(OutputStream output) {
      this.output = output;
    }

    @Override
    public void write(int value) throws IOException {
      output.write(value);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      output.write(bytes, from, length);
      written += length;
    }

    @Override
    public void flush() throws IOException {
      output.flush();
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }
}
