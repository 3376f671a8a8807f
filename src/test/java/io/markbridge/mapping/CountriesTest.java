package io.markbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.markbridge.settings.SiteFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountriesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "UZ, UZ",
    "uzb, UZ",
    "860, UZ",
    "Узбекистан, UZ",
    "УЗБЕКИСТАН, UZ",
    "O'zbekiston, UZ",
    "Oʻzbekiston, UZ",
    "Өзбекстан, UZ",
    "Республика Казахстан, KZ",
    "Қазақстан, KZ",
    "398, KZ",
    "Россия, RU",
    "РФ, RU",
    "643, RU",
    "51, AM",
    "051, AM",
    "Germany, DE",
    "Côte d'Ivoire, CI",
  })
  void findsCodesAndNames(String text, String code) throws Exception {
    assertThat(Directories.load(new SiteFiles(directory)).countries().find(text)).contains(code);
  }

  @Test
  void guessesNothing() throws Exception {
    Countries countries = Directories.load(new SiteFiles(directory)).countries();
    assertThat(countries.find("Country")).isEmpty();
    assertThat(countries.find("")).isEmpty();
    assertThat(countries.find("XX")).isEmpty();
  }
}
