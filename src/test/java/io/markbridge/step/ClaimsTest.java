package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  @Test
  void claimsMoreWhenTheFirstAreDoneAndEndsForGood() {
    Deque<List<Integer>> batches = new ArrayDeque<>(List.of(List.of(1, 2), List.of(3), List.of()));
    batches.add(List.of(4));
    Claims<Integer> claims = new Claims<>(batches::remove);
    List<Integer> taken = new ArrayList<>();
    claims.forEachRemaining(taken::add);
    assertThat(taken).containsExactly(1, 2, 3);
    assertThat(claims.hasNext()).as("what is claimed after the end would be dropped").isFalse();
    assertThat(batches).containsExactly(List.of(4));
  }

  @Test
  void endsWhenNothingMayBeBegunAndGivesBackWhatItHeld() {
    List<Integer> givenBack = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of("open"));
    Claims<Integer> claims =
        new Claims<>(
            new Claims.Source<>() {
              @Override
              public List<Integer> claim() {
                return List.of(1, 2, 3);
              }

              @Override
              public boolean open() {
                return !open.isEmpty();
              }

              @Override
              public void giveBack(List<Integer> claimed) {
                givenBack.addAll(claimed);
              }
            });
    assertThat(claims.hasNext()).isTrue();
    assertThat(claims.next()).isEqualTo(1);
    open.clear();
    assertThat(claims.hasNext()).isFalse();
    assertThat(givenBack).containsExactly(2, 3);
    open.add("open again");
    assertThat(claims.hasNext()).as("it stays ended").isFalse();
    assertThat(givenBack).hasSize(2);
  }

  @Test
  void claimsNothingBeforeItIsAsked() {
    List<String> asked = new ArrayList<>();
    Claims<Integer> claims =
        new Claims<>(
            () -> {
              asked.add("claim");
              return List.of(1);
            });
    assertThat(asked).isEmpty();
    assertThat(claims.hasNext()).isTrue();
    assertThat(claims.hasNext()).isTrue();
    assertThat(asked).hasSize(1);
  }
}
