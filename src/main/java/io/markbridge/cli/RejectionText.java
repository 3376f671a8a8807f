package io.markbridge.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.markbridge.document.Problem;
import io.markbridge.document.ProblemSentences;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** A rejected document as the legacy side reads it (legacy-suz.md section 7). */
final class RejectionText {
  private final ProblemSentences sentences;
  private final boolean objects;

  /**
   * @param shape {@code objects} (with errorCode) or {@code strings}
   */
  RejectionText(ProblemSentences sentences, String shape) {
    this.sentences = sentences;
    this.objects = shape.equals("objects");
  }

  void write(List<Problem> problems, PrintStream output) throws IOException {
    JsonGenerator generator = new JsonFactory().createGenerator(output);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    generator.writeStartObject();
    generator.writeBooleanField("success", false);
    generator.writeArrayFieldStart("globalErrors");
    for (Problem problem : problems) {
      if (problem.path().isEmpty()) {
        writeGlobal(problem, generator);
      }
    }
    generator.writeEndArray();
    generator.writeArrayFieldStart("fieldErrors");
    for (Problem problem : problems) {
      if (!problem.path().isEmpty()) {
        writeField(problem, generator);
      }
    }
    generator.writeEndArray();
    generator.writeEndObject();
    generator.close();
    output.print("\n");
    output.flush();
  }

  private void writeGlobal(Problem problem, JsonGenerator generator) throws IOException {
    if (!objects) {
      generator.writeString(sentences.say(problem));
      return;
    }
    generator.writeStartObject();
    generator.writeStringField("error", sentences.say(problem));
    generator.writeNumberField("errorCode", problem.code().number());
    generator.writeEndObject();
  }

  private void writeField(Problem problem, JsonGenerator generator) throws IOException {
    String path = problem.path();
    generator.writeStartObject();
    generator.writeStringField("fieldError", sentences.say(problem));
    generator.writeStringField("fieldName", path.startsWith("$.") ? path.substring(2) : path);
    if (objects) {
      generator.writeNumberField("errorCode", problem.code().number());
    }
    generator.writeEndObject();
  }
}
