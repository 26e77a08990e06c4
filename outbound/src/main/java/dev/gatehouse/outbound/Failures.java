package dev.gatehouse.outbound;

import dev.gatehouse.outbound.OutboundException.Code;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the HTTP client means. Its own messages print requests and connections, which
 * hold signed addresses, so that none of them is passed on; those of the JDK are.
 */
final class Failures {
  private static final int LONGEST_DETAIL = 200;

  private Failures() {}

  static OutboundException of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      OutboundException known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return new OutboundException(Code.TRUNCATED, "the connection failed", failure);
  }

  private static @Nullable OutboundException known(Throwable cause) {
    return switch (cause) {
      case OutboundException ours -> ours;
      case TimeoutException e -> timeout(e);
      case SocketTimeoutException e -> timeout(e);
      case InterruptedIOException e -> interrupted(e);
      case CancellationException e ->
          new OutboundException(Code.CANCELLED, "whoever asked wants no answer any more", e);
      case RejectedExecutionException e ->
          new OutboundException(Code.TIMEOUT, "too many requests wait for it already", e);
      case UnknownHostException e ->
          new OutboundException(Code.UNREACHABLE, "its name cannot be resolved", e);
      case UnresolvedAddressException e ->
          new OutboundException(Code.UNREACHABLE, "its name cannot be resolved", e);
      case NoRouteToHostException e ->
          new OutboundException(Code.UNREACHABLE, "there is no way to it" + detail(e), e);
      case ConnectException e -> notConnected(e);
      case SSLException e ->
          new OutboundException(Code.TLS, "the TLS connection failed" + detail(e), e);
      case HttpResponseException e -> unfit(e);
      case EOFException e -> ended(e);
      case ClosedChannelException e -> ended(e);
      case SocketException e ->
          new OutboundException(Code.TRUNCATED, "the connection broke" + detail(e), e);
      default -> null;
    };
  }

  static OutboundException timeout(Throwable cause) {
    return new OutboundException(Code.TIMEOUT, "it did not answer in time", cause);
  }

  static OutboundException interrupted(Throwable cause) {
    return new OutboundException(Code.TIMEOUT, "the wait was interrupted", cause);
  }

  private static OutboundException ended(Throwable cause) {
    return new OutboundException(
        Code.TRUNCATED, "the connection ended before the answer did", cause);
  }

  /** The system's reasons all come as one type. */
  private static OutboundException notConnected(ConnectException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("refused")
        ? new OutboundException(Code.REFUSED, "the connection was refused", e)
        : new OutboundException(Code.UNREACHABLE, "it cannot be connected to" + detail(e), e);
  }

  /** What the parser minds stands where the reason phrase would. */
  private static OutboundException unfit(HttpResponseException e) {
    if (e.getResponse().getRequest().getMethod().equals("CONNECT")) {
      return new OutboundException(
          Code.UNREACHABLE,
          "the proxy answered with the status " + e.getResponse().getStatus(),
          "Check the proxy that the environment names, its user and its password.",
          e);
    }
    String reason = String.valueOf(e.getResponse().getReason());
    return reason.equals("Early EOF")
        ? ended(e)
        : new OutboundException(Code.MALFORMED, "its answer is no proper HTTP", e);
  }

  private static String detail(Exception e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return "";
    }
    String line = message.replaceAll("\\p{Cntrl}", " ");
    return ": " + line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
  }
}
