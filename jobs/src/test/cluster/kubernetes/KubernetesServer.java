import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;

/**
 * The part of Kubernetes' interface that makes, keeps and gives objects, on 127.0.0.1, until the
 * process ends. No pod is run. The line "ready ADDRESS" tells where; GET of a collection lists it.
 */
public final class KubernetesServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, ObjectNode> OBJECTS = new ConcurrentSkipListMap<>();

  private KubernetesServer() {}

  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", KubernetesServer::answer);
    server.start();
    System.out.println("ready http://127.0.0.1:" + server.getAddress().getPort());
    Thread.currentThread().join();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          ObjectNode object = (ObjectNode) JSON.readTree(body);
          keep(exchange, path + "/" + object.at("/metadata/name").asText(), object);
        }
        case "PUT", "PATCH" -> keep(exchange, path, (ObjectNode) JSON.readTree(body));
        case "DELETE" -> {
          OBJECTS.remove(path);
          say(exchange, 200, JSON.createObjectNode().put("kind", "Status"));
        }
        default -> {
          ObjectNode object = OBJECTS.get(path);
          if (object != null) {
            say(exchange, 200, object);
          } else {
            ObjectNode list = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "List");
            list.putArray("items")
                .addAll(
                    OBJECTS.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(path + "/"))
                        .map(Map.Entry::getValue)
                        .toList());
            say(exchange, 200, list);
          }
        }
      }
    } catch (RuntimeException e) {
      e.printStackTrace();
    }
  }

  private static void keep(HttpExchange exchange, String path, ObjectNode object)
      throws IOException {
    object.withObject("/metadata").put("uid", Integer.toHexString(path.hashCode()));
    OBJECTS.put(path, object);
    say(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, object);
  }

  private static void say(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
