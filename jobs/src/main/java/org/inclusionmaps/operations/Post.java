package org.inclusionmaps.operations;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.inclusionmaps.config.OperationsSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends JSON to an address that the settings name. It tries three times, and then warns: nobody who
 * is told of a run can make it fail. A redirection is not followed, as it would take the secret
 * with it.
 */
final class Post {
  private static final Logger LOG = LoggerFactory.getLogger(Post.class);
  private static final int TRIES = 3;
  private static final int TOO_MANY = 429;

  private final Duration patience;
  private final Duration pause;
  private final Map<String, String> environment;

  /** Waits 10 seconds for an answer, each time, and 1 and 2 seconds between tries. */
  Post() {
    this(Duration.ofSeconds(10), Duration.ofSeconds(1), System.getenv());
  }

  Post(Duration patience, Duration pause, Map<String, String> environment) {
    this.patience = patience;
    this.pause = pause;
    this.environment = environment;
  }

  /**
   * Sends JSON.
   *
   * @param secret name of the variable of the environment with the token to send, if it is set
   * @return whether the other side took it
   */
  boolean send(String what, String address, String secret, String json) {
    String fault;
    try {
      fault = tries(request(URI.create(address), environment.get(secret), json));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fault = "interrupted";
    } catch (RuntimeException e) {
      fault = e.getClass().getSimpleName(); // its message may hold the address
    }
    if (!fault.isEmpty()) {
      String shown = OperationsSettings.shown(address);
      LOG.warn("{} was not told to {}: {}; the run is not touched by it", what, shown, fault);
    }
    return fault.isEmpty();
  }

  /** What was wrong with the last try; empty if it was taken. */
  private String tries(HttpRequest request) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
    String fault = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        int status = status(client, request);
        if (status / 100 == 2) {
          return "";
        }
        fault = "it answered " + status;
        if (status / 100 != 5 && status != TOO_MANY) {
          return fault; // the same request would get the same answer
        }
      } catch (ExecutionException e) {
        fault = Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName();
      } catch (TimeoutException | IOException e) {
        fault = e.getClass().getSimpleName();
      }
      if (attempt < TRIES) {
        Thread.sleep(pause.multipliedBy(attempt).toMillis());
      }
    }
    return fault;
  }

  /**
   * The status that is answered. All that is waited for are the headers: a body, which may never
   * end, says nothing more.
   */
  private int status(HttpClient client, HttpRequest request)
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    Future<HttpResponse<InputStream>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> headers = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      headers.body().close();
      return headers.statusCode();
    } finally {
      answer.cancel(/* mayInterruptIfRunning= */ true);
    }
  }

  private HttpRequest request(URI address, @Nullable String token, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(bare(address))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token.strip());
    } else if (address.getUserInfo() != null) {
      byte[] user = address.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
    }
    return request.build();
  }

  /** The address without user and password, which go into a header. */
  private static URI bare(URI address) {
    String user = address.getRawUserInfo();
    return user == null ? address : URI.create(address.toString().replace(user + "@", ""));
  }
}
