package org.inclusionmaps.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inclusionmaps.error.ErrorCode;
import org.inclusionmaps.error.InclusionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges by RFC 9110, section 14. */
class ViewServerTest {
  @TempDir private Path output;

  @BeforeEach
  void release() throws Exception {
    Path viewer = Files.createDirectories(output.resolve("releases/r1/viewer"));
    Files.writeString(viewer.resolve("index.html"), "0123456789");
    Files.writeString(output.resolve("releases/CURRENT"), "r1\n");
    Files.writeString(output.resolve("releases/secret"), "not of the release");
  }

  private static HttpResponse<String> get(String address, String range) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void servesTheCurrentReleaseWholeAndByRanges() throws Exception {
    try (ViewServer server = ViewServer.start(output, 0)) {
      var whole = get(server.address(), "");
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.body()).isEqualTo("0123456789");
      var part = get(server.address(), "bytes=2-4");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(part.body()).isEqualTo("234");
      assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
      assertThat(get(server.address(), "bytes=7-99").body()).isEqualTo("789");
      assertThat(get(server.address(), "bytes=10-12").statusCode()).isEqualTo(416);
    }
  }

  @Test
  void servesNothingOutsideTheRelease() throws Exception {
    try (ViewServer server = ViewServer.start(output, 0)) {
      String root = server.address().replace("/viewer/index.html", "");
      assertThat(get(root + "/..%2fsecret", "").statusCode()).isEqualTo(404);
      assertThat(get(root + "/%2e%2e/secret", "").statusCode()).isEqualTo(404);
      assertThat(get(root + "/missing", "").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void servesOtherReleasesBesideItAndNothingElse() throws Exception {
    Path before = Files.createDirectories(output.resolve("releases/r0/viewer"));
    Files.writeString(before.resolve("index.html"), "earlier");
    Files.writeString(before.resolveSibling("inclusion.pmtiles"), "abcdef");
    Path notes = Files.createDirectories(output.resolve("releases/notes"));
    Files.writeString(notes.resolve("note.txt"), "not of a release");
    Files.createSymbolicLink(
        before.resolveSibling("link.txt"), notes.resolve("note.txt").toAbsolutePath());
    try (ViewServer server = ViewServer.start(output, 0)) {
      assertThat(server.address()).endsWith("/r1/viewer/index.html");
      String root = server.address().replace("/r1/viewer/index.html", "");
      assertThat(get(root + "/r0/inclusion.pmtiles", "bytes=1-2").body()).isEqualTo("bc");
      assertThat(get(root + "/", "").statusCode()).isEqualTo(302);
      for (String refused :
          new String[] {
            "/notes/note.txt", "/r0/link.txt", "/CURRENT", "/secret", "/r0", "//etc/passwd"
          }) {
        assertThat(get(root + refused, "").statusCode()).as(refused).isEqualTo(404);
      }
    }
  }

  @Test
  void servesAFolderWithSpacesInItsName() throws Exception {
    Path viewer = Files.createDirectories(output.resolve("a release ñ/viewer"));
    Files.writeString(viewer.resolve("index.html"), "here");
    try (ViewServer server = ViewServer.start(viewer.getParent(), 0)) {
      assertThat(get(server.address(), "").body()).isEqualTo("here");
    }
  }

  @Test
  void aPortThatNoneCanBeIsASettingThatIsWrong() {
    for (int port : new int[] {-1, 65536, 99999}) {
      assertThatThrownBy(() -> ViewServer.start(output, port))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
          .hasMessageContaining("--port is " + port + " but must be 0 to 65535");
    }
  }

  @Test
  void aPortInUseIsASettingThatIsWrong() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> ViewServer.start(output, port))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTINGS_WRONG))
          .hasMessageContaining("port " + port + " cannot be opened")
          .hasMessageContaining("choose another with --port");
    }
  }

  @Test
  void saysWhatToDoWhereThereIsNoRelease() {
    assertThatThrownBy(() -> ViewServer.start(output.resolve("releases/r1/viewer"), 0))
        .isInstanceOfSatisfying(
            InclusionException.class,
            e -> assertThat(e.remedy()).startsWith("Start `inclusion run` first"))
        .hasMessageContaining("is no release and has no releases/CURRENT");
  }

  @Test
  void saysWhatToDoWhereThePointerNamesNoRelease() throws Exception {
    for (byte[] damage : new byte[][] {{}, {(byte) 0xff, 0}, "..".getBytes(UTF_8), {'r', '2'}}) {
      Files.write(output.resolve("releases/CURRENT"), damage);
      assertThatThrownBy(() -> ViewServer.start(output, 0))
          .isInstanceOfSatisfying(
              InclusionException.class,
              e -> assertThat(e.remedy()).contains("inclusion releases promote RELEASE"))
          .hasMessageContaining("CURRENT names no release that has a map");
    }
  }
}
