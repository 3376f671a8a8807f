package io.markbridge.step;

/** Counts requests that came back, so that whoever waits for one need not look again and again. */
final class Returns {
  private long count;

  synchronized long count() {
    return count;
  }

  synchronized void one() {
    count++;
    notifyAll();
  }

  /** Waits until more have come back than these, or for so long; whether some have. */
  synchronized boolean await(long seen, long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + milliseconds * 1_000_000;
    while (count == seen) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
