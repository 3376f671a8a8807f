package io.markbridge;

/** Entry of the program. */
public final class Markbridge {
  private Markbridge() {}

  public static void main(String[] arguments) {
    System.out.println("markbridge");
  }
}
