package dev.gatehouse.index.http;

import dev.gatehouse.advisories.AdvisoryCopy;
import dev.gatehouse.vetting.Vetting;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.eclipse.jetty.http.HttpHeader;

/**
 * {@code /api/advisories}: the records that this index goes by, for one that cannot ask their
 * source.
 */
final class AdvisoriesEndpoint implements Endpoint {
  private static final int CHUNK = 64 * 1024;

  private final Vetting vetting;

  AdvisoriesEndpoint(Vetting vetting) {
    this.vetting = vetting;
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    Path source =
        vetting
            .advisoriesFile()
            .orElseThrow(
                () ->
                    new Problem(
                            404,
                            "no-advisories",
                            "This index has no advisories but those that are built in",
                            "It follows no source, or could not read it yet.",
                            "Name one under [advisories] in gatehouse.toml.")
                        .asException());
    exchange
        .set(
            HttpHeader.CONTENT_TYPE,
            AdvisoryCopy.isZip(source) ? "application/zip" : "application/json")
        .set(HttpHeader.CACHE_CONTROL, "no-store");
    if (exchange.isHead()) {
      exchange.end();
      return;
    }
    OutputStream out = new BufferedOutputStream(new Body(exchange), CHUNK);
    AdvisoryCopy.write(source, out);
    out.flush();
    exchange.succeeded();
  }

  /** The body of the answer, of a length that nobody knows before. */
  private static final class Body extends OutputStream {
    private final Exchange exchange;

    Body(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      exchange.write(ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
