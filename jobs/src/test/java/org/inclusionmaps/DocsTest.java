package org.inclusionmaps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.inclusionmaps.contract.Field;
import org.inclusionmaps.contract.Table;
import org.inclusionmaps.contract.Tables;
import org.inclusionmaps.error.ErrorCode;
import org.junit.jupiter.api.Test;

/**
 * Keeps the documents that come from the code in step with it. To write them anew: {@code mvn test
 * -Dtest=DocsTest -Dwrite.docs=true}.
 */
class DocsTest {
  private static final Path DOCS = Path.of("docs");

  @Test
  void tablesAreDocumentedAsDeclared() throws IOException {
    StringBuilder text = new StringBuilder("# Tables\n\nWritten from the code by DocsTest.\n");
    section(text, "Inputs", Tables.INPUTS);
    section(text, "Between stages", Tables.BETWEEN_STAGES);
    same("tables.md", text.toString());
  }

  @Test
  void errorsAreDocumentedAsDeclared() throws IOException {
    StringBuilder text =
        new StringBuilder(
            "# Errors\n\nWritten from the code by DocsTest. A message begins with the code. What to do stands below"
                + " it; some messages have their own in place of the one of their code.\n\n"
                + "| code | exit status | what to do |\n|---|---|---|\n");
    for (ErrorCode code : ErrorCode.values()) {
      text.append("| `%s` | %d | %s |\n".formatted(code, code.exitStatus(), code.remedy()));
    }
    same("errors.md", text.toString());
  }

  @Test
  void settingsAreDocumentedAsTheyAre() throws IOException {
    same(
        "settings.md",
        "# Settings\n\nWritten from conf/inclusion.yaml by DocsTest.\n\n```yaml\n"
            + Files.readString(Path.of("../conf/inclusion.yaml"))
            + "```\n");
  }

  private static void section(StringBuilder text, String title, List<Table> tables) {
    text.append("\n## ").append(title).append('\n');
    for (Table table : tables) {
      text.append("\n### ").append(table.name()).append('\n').append('\n');
      text.append(table.description()).append(" Key: ");
      text.append(table.key().isEmpty() ? "none" : String.join(", ", table.key())).append(".\n\n");
      text.append("| column | type | what | values |\n|---|---|---|---|\n");
      for (Field field : table.fields()) {
        text.append(
            "| %s%s | %s | %s | %s |\n"
                .formatted(
                    field.name(),
                    field.optional() ? "?" : "",
                    field.type().simpleString().toLowerCase(Locale.ROOT),
                    field.description(),
                    field.rule()));
      }
    }
  }

  private static void same(String name, String expected) throws IOException {
    Path file = DOCS.resolve(name);
    if (Boolean.getBoolean("write.docs")) {
      Files.createDirectories(DOCS);
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("%s is out of step; run mvn test -Dtest=DocsTest -Dwrite.docs=true", name)
        .exists()
        .hasContent(expected);
  }
}
