package io.markbridge.sandbox;

/** A 64-bit hash of a text: 24 million codes collide with a chance of one in a hundred thousand. */
final class LongHash {
  private LongHash() {}

  static long of(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int index = 0; index < text.length(); index++) {
      hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
