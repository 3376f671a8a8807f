package io.markbridge.legacy;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/**
 * How bodies of legacy systems are read, wherever one is looked into: what recognises a body must
 * take what the mapping takes.
 */
public final class LegacyJson {
  private LegacyJson() {}

  /**
   * Parsers with limits on depth and on the length of names and values; the caller closes what it
   * reads from.
   */
  public static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(64)
                .maxStringLength(1_000_000)
                .maxNumberLength(1_000)
                .maxNameLength(1_000)
                .build())
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        // Lines write a raw group separator into their JSON strings.
        .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);
  }
}
