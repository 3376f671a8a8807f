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
}
