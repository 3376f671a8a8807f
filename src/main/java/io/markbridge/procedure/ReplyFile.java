package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * One answer to the legacy side.
 *
 * @param suffix behind the reply's name, such as {@code reply}, {@code status}, {@code error},
 *     {@code codes-<gtin>-1}
 * @param content read when it is written: an order can have a hundred packs of codes, and they are
 *     never held together
 */
public record ReplyFile(String suffix, Content content) {
  public static final String REPLY = "reply";
  public static final String STATUS = "status";
  public static final String ERROR = "error";

  private static final String CODES = "codes-";

  /** Whether it holds codes, which are told once. */
  public boolean hasCodes() {
    return suffix.startsWith(CODES);
  }

  /** Gives the JSON to write; missing where it is no longer kept. */
  @FunctionalInterface
  public interface Content {
    JsonNode read() throws IOException;
  }

  /** A small answer. */
  public ReplyFile(String suffix, JsonNode content) {
    this(suffix, () -> content);
  }
}
