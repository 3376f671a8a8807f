package io.markbridge.procedure;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One answer to the legacy side.
 *
 * @param suffix behind the reply's name, such as {@code reply}, {@code status}, {@code error},
 *     {@code codes-<gtin>-1}
 */
public record ReplyFile(String suffix, JsonNode content) {
  public static final String REPLY = "reply";
  public static final String STATUS = "status";
  public static final String ERROR = "error";
}
