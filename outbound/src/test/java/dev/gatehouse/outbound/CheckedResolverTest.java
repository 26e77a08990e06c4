package dev.gatehouse.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckedResolverTest {
  private final HttpClient client = new HttpClient();

  @AfterEach
  void stop() throws Exception {
    client.stop();
  }

  private static List<String> resolve(SocketAddressResolver names) {
    return resolve(names, Map.of());
  }

  private static List<String> resolve(SocketAddressResolver names, Map<String, Object> context) {
    CompletableFuture<List<InetSocketAddress>> found = new CompletableFuture<>();
    new CheckedResolver(names).resolve("example.test", 443, context, Promise.from(found));
    return found.join().stream().map(address -> address.getAddress().getHostAddress()).toList();
  }

  private static SocketAddressResolver answering(String... addresses) {
    return (host, port, context, promise) ->
        promise.succeeded(
            Arrays.stream(addresses)
                .map(text -> new InetSocketAddress(InetAddress.ofLiteral(text), port))
                .toList());
  }

  @Test
  void givesAllPublicAddressesInTheirOrder() {
    assertThat(resolve(answering("151.101.0.223", "151.101.64.223")))
        .containsExactly("151.101.0.223", "151.101.64.223");
  }

  @Test
  void leavesOutThePrivateOnesAmongThem() {
    assertThat(resolve(answering("10.0.0.1", "151.101.0.223", "::1")))
        .containsExactly("151.101.0.223");
  }

  @Test
  void refusesANameThatHasOnlyPrivateOnes() {
    assertThatThrownBy(() -> resolve(answering("169.254.169.254", "fd00::1")))
        .cause()
        .isInstanceOfSatisfying(
            OutboundException.class,
            e -> assertThat(e.code()).isEqualTo(OutboundException.Code.ADDRESS));
  }

  @Test
  void letsAProxyLieAnywhere() throws Exception {
    client.getProxyConfiguration().addProxy(new HttpProxy("proxy.example.com", 3128));
    assertThat(resolve(answering("10.0.0.1"), contextOfAConnection())).containsExactly("10.0.0.1");
  }

  @Test
  void refusesAProxysAddressWhereItIsAskedAsAServer() throws Exception {
    Map<String, Object> context = contextOfAConnection();
    assertThatThrownBy(() -> resolve(answering("10.0.0.1"), context))
        .hasCauseInstanceOf(OutboundException.class);
  }

  /** What the client says of the connection that it wants to make. */
  private Map<String, Object> contextOfAConnection() throws Exception {
    client.start();
    return Map.of(
        Destination.CONTEXT_KEY,
        client.resolveDestination(
            new org.eclipse.jetty.client.Origin("https", "pypi.example.com", 443)));
  }

  /** A name that changes between look-ups: what is given is what was checked. */
  @Test
  void looksANameUpOnceOnly() {
    int[] lookUps = {0};
    SocketAddressResolver changing =
        (host, port, context, promise) ->
            answering(lookUps[0]++ == 0 ? "151.101.0.223" : "127.0.0.1")
                .resolve(host, port, context, promise);
    assertThat(resolve(changing)).containsExactly("151.101.0.223");
    assertThat(lookUps[0]).isEqualTo(1);
  }

  @Test
  void passesOnThatThereIsNone() {
    assertThatThrownBy(
            () ->
                resolve(
                    (host, port, context, promise) ->
                        promise.failed(new UnknownHostException(host))))
        .hasCauseInstanceOf(UnknownHostException.class);
  }
}
