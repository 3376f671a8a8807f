package io.markbridge.sandbox;

import java.io.IOException;

/** Serves one call. */
@FunctionalInterface
interface Handler {
  /**
   * @throws RefusedException with the answer that the operator would give
   * @throws IOException when the sandbox's own files fail
   */
  Answer answer(Call call) throws RefusedException, IOException;
}
