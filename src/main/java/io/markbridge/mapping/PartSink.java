package io.markbridge.mapping;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Where the bodies of the requests go while they are written: journal chunks or temporary files.
 */
public interface PartSink {

  /**
   * Opens the body of a part; several parts may be open at once; the mapper closes each. Numbers
   * count from 1.
   */
  OutputStream open(int part) throws IOException;

  /**
   * The document reports a code, or makes a packing unit: once it is accepted, units can hold it.
   *
   * @param code without crypto tail, an SSCC with its 00
   */
  default void brings(String code) {}

  /**
   * The document packs a code, or a smaller unit, that must be known to the operator before.
   *
   * @param code in the form of {@link #brings}
   */
  default void needs(String code) {}
}
