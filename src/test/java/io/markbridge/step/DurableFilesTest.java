package io.markbridge.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reply is there whole, or it is not there. */
class DurableFilesTest {
  @TempDir Path directory;

  @Test
  void aReaderNeverSeesHalfAFile() throws Exception {
    Path target = directory.resolve("pharma/a.status.json");
    byte[] first = new byte[1_000_000];
    byte[] second = new byte[300_000];
    DurableFiles.write(target, first);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean half = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!ended.get()) {
                try {
                  long size = Files.readAllBytes(target).length;
                  half.compareAndSet(false, size != first.length && size != second.length);
                } catch (IOException missing) {
                  half.set(true);
                }
              }
            });
    reader.start();
    for (int time = 0; time < 20; time++) {
      DurableFiles.write(target, time % 2 == 0 ? second : first);
    }
    ended.set(true);
    reader.join();
    assertThat(half).isFalse();
    try (var files = Files.list(target.getParent())) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldReply() throws IOException {
    Path target = directory.resolve("a.reply.json");
    DurableFiles.write(target, new byte[] {1});
    Files.createDirectory(directory.resolve("a.reply.json.tmp"));
    assertThatThrownBy(() -> DurableFiles.write(target, new byte[] {2}))
        .isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(target)).containsExactly(1);
  }

  @Test
  void whatAnEarlierProcessLeftHalfWrittenIsOverwritten() throws IOException {
    Path target = directory.resolve("a.reply.json");
    Files.write(directory.resolve("a.reply.json.tmp"), new byte[500]);
    DurableFiles.write(target, new byte[] {2});
    assertThat(Files.readAllBytes(target)).containsExactly(2);
  }

  @Test
  void movesIntoFoldersThatAreNotThereYet() throws IOException {
    Path from = Files.write(directory.resolve("a.json"), new byte[] {1});
    Path to = directory.resolve("done/pharma/a.json");
    DurableFiles.move(from, to);
    DurableFiles.force(to.getParent());
    assertThat(from).doesNotExist();
    assertThat(to).hasBinaryContent(new byte[] {1});
  }

  @Test
  void forcingWhatIsNoFolderDoesNoHarm() {
    DurableFiles.force(directory.resolve("nowhere"));
    assertThat(directory).isEmptyDirectory();
  }
}
