package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** What a failure of the HTTP client means. */
final class Failures {
  private Failures() {}

  static OutboundException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      OutboundException known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return new OutboundException(
        Code.TRUNCATED, "the connection failed: " + failure.getMessage(), failure);
  }

  private static @Nullable OutboundException known(Throwable cause) {
    return switch (cause) {
      case OutboundException ours -> ours;
      case TimeoutException e -> timeout(e);
      case SocketTimeoutException e -> timeout(e);
      case UnknownHostException e ->
          new OutboundException(Code.UNREACHABLE, "its name cannot be resolved", e);
      case UnresolvedAddressException e ->
          new OutboundException(Code.UNREACHABLE, "its name cannot be resolved", e);
      case NoRouteToHostException e ->
          new OutboundException(Code.UNREACHABLE, "there is no way to it: " + e.getMessage(), e);
      case ConnectException e ->
          new OutboundException(Code.REFUSED, "the connection was refused", e);
      case SSLException e ->
          new OutboundException(Code.TLS, "the TLS connection failed: " + e.getMessage(), e);
      case HttpResponseException e ->
          new OutboundException(Code.MALFORMED, "the answer is malformed: " + e.getMessage(), e);
      case HttpException e ->
          new OutboundException(Code.MALFORMED, "the answer is malformed: " + e.getReason(), cause);
      case EOFException e ->
          new OutboundException(Code.TRUNCATED, "the connection ended before the answer did", e);
      case ClosedChannelException e ->
          new OutboundException(Code.TRUNCATED, "the connection ended before the answer did", e);
      case SocketException e ->
          new OutboundException(Code.TRUNCATED, "the connection broke: " + e.getMessage(), e);
      default -> null;
    };
  }

  static OutboundException timeout(Throwable cause) {
    return new OutboundException(Code.TIMEOUT, "it did not answer in time", cause);
  }
}
