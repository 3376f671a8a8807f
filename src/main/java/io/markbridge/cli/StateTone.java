package io.markbridge.cli;

import io.markbridge.document.DocumentState;

/** How a state stands out on a terminal. */
final class StateTone {
  private StateTone() {}

  static Tone of(DocumentState state) {
    return switch (state) {
      case RECEIVING, RECEIVED, PLANNED -> Tone.PLAIN;
      case HELD, PARKED, PARTLY_DONE -> Tone.CAREFUL;
      case DONE -> Tone.GOOD;
      case REJECTED -> Tone.BAD;
    };
  }
}
