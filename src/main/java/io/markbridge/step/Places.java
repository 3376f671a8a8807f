package io.markbridge.step;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Places for requests that are on their way at once. What is claimed has a place and leaves at
 * once: nothing waits in memory while the journal says that it may have left, and a slow request
 * keeps its own place only.
 */
final class Places {
  private final Semaphore free;

  Places(int all) {
    this.free = new Semaphore(all);
  }

  /** Waits a little for a place; gives how many are taken now, all that were free or none. */
  int take(long milliseconds) throws InterruptedException {
    if (!free.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
      return 0;
    }
    return 1 + free.drainPermits();
  }

  void giveBack(int places) {
    free.release(places);
  }
}
