package io.markbridge.mapping;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds one value in memory, within a budget. Duplicate keys are told with their path. What is
 * over an array's limit is counted, not kept.
 */
final class ValueReader {
  private static final String OTHERS = "";

  /** Rough bytes of an object in memory beside its characters. */
  private static final int BYTES_PER_VALUE = 64;

  private static final int BYTES_PER_CONTAINER = 128;

  private final JsonParser parser;
  private final Limits limits;
  private final Problems problems;

  ValueReader(JsonParser parser, Limits limits, Problems problems) {
    this.parser = parser;
    this.limits = limits;
    this.problems = problems;
  }

  /**
   * How much is held in memory.
   *
   * @param bytes of one item of the streamed array, or of everything outside it
   * @param entries how many entries an array of a name may have
   */
  record Limits(long bytes, Map<String, Long> entries) {
    long of(String name) {
      return entries.getOrDefault(name, entries.getOrDefault(OTHERS, Long.MAX_VALUE));
    }
  }

  /** What one item may still take. */
  static final class Budget {
    private long left;

    private Budget(long bytes) {
      this.left = bytes;
    }

    boolean take(long bytes) {
      left -= bytes;
      return left >= 0;
    }
  }

  Budget budget() {
    return new Budget(limits.bytes());
  }

  /**
   * Reads the value at the current token.
   *
   * @param parent path of the array that it stands in, or its own path where index is negative
   * @return null where JSON says null, or where it was too large (then a problem tells)
   */
  Value read(String parent, long index, Budget budget) throws IOException {
    Path path = new Path(null, parent, index);
    return read(path, budget);
  }

  private Value read(Path path, Budget budget) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (!budget.take(BYTES_PER_CONTAINER)) {
        tooLarge(path);
        parser.skipChildren();
        return null;
      }
      return token == JsonToken.START_OBJECT ? readFields(path, budget) : readItems(path, budget);
    }
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    // Asking for the text also decodes it, so that what is passed over is checked too.
    String text = parser.getText();
    if (!budget.take(text.length() + (long) BYTES_PER_VALUE)) {
      tooLarge(path);
      return null;
    }
    if (token == JsonToken.VALUE_STRING) {
      return new Value.Text(text);
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return new Value.Flag(token == JsonToken.VALUE_TRUE);
    }
    return new Value.Digits(text);
  }

  private Value readFields(Path path, Budget budget) throws IOException {
    Map<String, Value> fields = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Path own = new Path(path, name, -1);
      if (fields.containsKey(name)) {
        problems.add(Problem.of(ProblemCode.DUPLICATE_KEY, own.toString(), ""));
      }
      boolean room = budget.take(name.length() + (long) BYTES_PER_VALUE);
      Value value = read(own, budget);
      if (room) {
        // A null is remembered as a key, so that a second one is seen.
        fields.put(name, value);
      } else {
        tooLarge(own);
      }
    }
    fields.values().removeIf(value -> value == null);
    return new Value.Fields(fields);
  }

  private Value readItems(Path path, Budget budget) throws IOException {
    long limit = limits.of(path.name());
    List<Value> items = new ArrayList<>();
    long count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      count++;
      if (count > limit) {
        parser.skipChildren();
        continue;
      }
      Value item = read(new Path(path, "", count - 1), budget);
      if (item == null && budget.left >= 0) {
        nullItem(path + "[" + (count - 1) + "]");
      } else if (item != null) {
        items.add(item);
      }
    }
    if (count > limit) {
      problems.add(
          Problem.of(
              ProblemCode.OVER_LIMIT,
              path.toString(),
              "",
              "count",
              String.valueOf(count),
              "limit",
              String.valueOf(limit)));
    }
    return new Value.Items(items);
  }

  /** An absent field may be null; an absent entry would move all places behind it. */
  void nullItem(String path) {
    problems.add(
        Problem.of(ProblemCode.FIELD_MALFORMED, path, "", "value", "null", "expected", "a value"));
  }

  private void tooLarge(Path path) {
    problems.add(
        Problem.of(
            ProblemCode.OVER_LIMIT,
            path.root().toString(),
            "",
            "count",
            "> " + limits.bytes(),
            "limit",
            limits.bytes() + " bytes"));
  }

  /** A path that becomes text only when a problem tells it. */
  private record Path(Path parent, String name, long index) {
    Path root() {
      return parent == null ? this : parent.root();
    }

    @Override
    public String toString() {
      String own = parent == null ? name : name.isEmpty() ? parent.toString() : parent + "." + name;
      return index < 0 ? own : own + "[" + index + "]";
    }
  }
}
