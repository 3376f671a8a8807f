package io.markbridge.legacy;

import io.markbridge.document.Problem;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/** What a {@code .http} file says. */
public sealed interface HttpReading {

  /**
   * One legacy request. Its headers are not here: {@code clientToken} and {@code Authorization} are
   * secrets, and nothing else in them matters but the body's encoding.
   *
   * @param call which call it is
   * @param productGroup the group in the path, as it is written there; empty for calls without one
   * @param omsId as sent, byte for byte; empty where none or an empty one came
   * @param parameters query parameters, decoded, in order, without {@code omsId} and without
   *     tokens; ids keep their case
   * @param bodyOffset where the body begins in the file, in bytes
   * @param bodyLength its length in bytes; 0 where there is none but white space
   * @param charset the body's encoding where it is not for the bytes to tell: by Content-Type
   *     (windows-1251), or UTF-16 whose mark stands at the file's beginning
   */
  record Request(
      LegacyCall call,
      Optional<String> productGroup,
      Optional<String> omsId,
      Map<String, String> parameters,
      long bodyOffset,
      long bodyLength,
      Optional<Charset> charset)
      implements HttpReading {}

  /** The file cannot be read as one legacy request. */
  record Unreadable(Problem problem) implements HttpReading {}
}
