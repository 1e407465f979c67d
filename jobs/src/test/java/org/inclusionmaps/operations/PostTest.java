package org.inclusionmaps.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PostTest {
  private static final String SECRET = "A_TOKEN";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/good", exchange -> answer(exchange, 200));
    server.createContext("/broken", exchange -> answer(exchange, 503));
    server.createContext("/refusing", exchange -> answer(exchange, 401));
    server.createContext("/later", exchange -> answer(exchange, asked.isEmpty() ? 503 : 200));
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", address("/good"));
          answer(exchange, 307);
        });
    server.createContext(
        "/slow",
        exchange -> {
          note(exchange);
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    for (Socket socket : open) {
      socket.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private void note(HttpExchange exchange) throws IOException {
    asked.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
  }

  private void answer(HttpExchange exchange, int status) throws IOException {
    note(exchange);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static boolean send(String address) {
    return new Post(Duration.ofSeconds(2), Duration.ofMillis(1), Map.of(SECRET, "token"))
        .send("a test", address, SECRET, "{}");
  }

  @Test
  void whatIsTakenIsSentOnceWithItsSecret() {
    assertThat(send(address("/good"))).isTrue();
    assertThat(asked).containsExactly("/good Bearer token {}");
  }

  @Test
  void aServerThatFailsIsAskedThreeTimes() {
    assertThat(send(address("/broken"))).isFalse();
    assertThat(asked).hasSize(3);
  }

  @Test
  void aServerThatRecoversIsAskedNoMore() {
    assertThat(send(address("/later"))).isTrue();
    assertThat(asked).hasSize(2);
  }

  @Test
  void aRefusalIsNotAskedAgain() {
    assertThat(send(address("/refusing"))).isFalse();
    assertThat(asked).hasSize(1);
  }

  @Test
  void aRedirectionDoesNotGetTheSecret() {
    assertThat(send(address("/elsewhere"))).isFalse();
    assertThat(asked).singleElement().asString().startsWith("/elsewhere");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    assertThat(
            new Post(Duration.ofMillis(200), Duration.ofMillis(1), Map.of())
                .send("a test", address("/slow"), SECRET, "{}"))
        .isFalse();
    assertThat(asked).hasSize(3);
  }

  /** Answers each connection with some bytes, and then neither writes nor closes. */
  private String halfAnswering(ServerSocket server, String answer) {
    threads.execute(
        () -> {
          try {
            while (true) {
              Socket socket = server.accept();
              open.add(socket);
              asked.add("connection");
              socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
              socket.getOutputStream().flush();
            }
          } catch (IOException e) {
            return; // the test is over
          }
        });
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  @Test
  @Timeout(30)
  void aBodyThatNeverEndsIsNotWaitedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String address = halfAnswering(silent, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
      assertThat(send(address)).isTrue();
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  @Timeout(30)
  void headersThatNeverEndAreGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      String address = halfAnswering(silent, "HTTP/1.1 200 OK\r\nContent-Le");
      assertThat(
              new Post(Duration.ofMillis(200), Duration.ofMillis(1), Map.of())
                  .send("a test", address, SECRET, "{}"))
          .isFalse();
      assertThat(asked).hasSize(3);
    }
  }

  @Test
  void aServerThatIsNotThereIsGivenUp() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(send("http://127.0.0.1:" + port + "/")).isFalse();
  }

  @Test
  void userAndPasswordOfAnAddressAreSentAsAHeader() {
    String address = address("/good").replace("//", "//me:pass@");
    assertThat(
            new Post(Duration.ofSeconds(2), Duration.ofMillis(1), Map.of())
                .send("a test", address, SECRET, "{}"))
        .isTrue();
    assertThat(asked).containsExactly("/good Basic bWU6cGFzcw== {}");
  }
}
